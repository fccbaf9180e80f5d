-- Whoever is through with a sequence, and until when an answer is waited for: after that they count as unresponsive, once.
alter domain mail_event drop constraint mail_event_check;
alter domain mail_event add check (value in ('delivered', 'opened', 'clicked', 'replied', 'interested', 'demoed', 'bounced',
   'spam_blocked', 'unsubscribed', 'out_of_office', 'finished', 'not_sent', 'unresponsive'));
create table awaited_answers (
  team_id        ident not null,
  enrollment_id  ident not null,
  until_at       timestamptz not null,
  primary key (team_id, enrollment_id),
  foreign key (team_id, enrollment_id) references enrollments (team_id, id) on delete cascade
);
create index awaited_answers_until on awaited_answers (team_id, until_at);
call guard_table('awaited_answers');

create function teams_with_unanswered(at timestamptz) returns table (team_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select t.id from teams t
     where exists (select from awaited_answers w where w.team_id = t.id and w.until_at <= at);
  end;

grant create on schema public to cadenza_across;
alter function teams_with_unanswered owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function teams_with_unanswered from public;
grant execute on function teams_with_unanswered to cadenza_app;

-- The domains that mailboxes send from: the key their mails are signed with, and what the DNS said of them when it was asked.
create table sending_domains (
  team_id           ident not null references teams (id),
  domain            text not null, -- in lower case, as it stands in the addresses
  selector          text,
  key_type          text check (key_type in ('rsa', 'ed25519')),
  private_key       bytea, -- sealed
  public_key        text,
  key_set_at        timestamptz,
  facts             jsonb,
  checked_at        timestamptz,
  check_at          timestamptz not null, -- when it is asked again
  primary key (team_id, domain),
  check (num_nonnulls(selector, key_type, private_key, public_key, key_set_at) in (0, 5))
);
call guard_table('sending_domains');

create function domain_of(address text) returns text
  language sql immutable parallel safe
  return lower(split_part(address, '@', -1));

create function teams_with_domains_to_check(at timestamptz) returns table (team_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select distinct m.team_id::text from mailboxes m
     where m.revoked_at is null and m.type <> 'catcher'
       and not exists (select from sending_domains d
                        where d.team_id = m.team_id and d.domain = domain_of(m.email) and d.check_at > at);
  end;

grant create on schema public to cadenza_across;
alter function teams_with_domains_to_check owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function teams_with_domains_to_check from public;
grant execute on function teams_with_domains_to_check to cadenza_app;

-- Answers are taken for spam now and then: the junk folder is read as well.
alter table mailbox_folders drop constraint mailbox_folders_role_check;
alter table mailbox_folders add check (role in ('inbox', 'sent', 'junk'));

-- Whoever may be written to again was not stopped: what is sent from now on is sent to somebody who wants it.
create function forget_stop() returns trigger language plpgsql as $$
begin
  new.stopped_at := null;
  return new;
end
$$;
create trigger contacts_welcome before update on contacts for each row
  when (new.stopped_at is not null and new.email_unsubscribed is not true and not new.do_not_contact and new.bounced_at is null)
  execute function forget_stop();

-- A mail whose time a person has chosen goes along to the other mailbox; it is not planned anew.
create or replace function plan_enrollment() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if new.state is distinct from old.state then
      new.state_since := cadenza_now();
    elsif new.state = 'active' and new.mailbox_id is distinct from old.mailbox_id
      and (new.due_at, new.current_step_id) is not distinct from (old.due_at, old.current_step_id)
      and exists (select from messages m
                   where m.team_id = new.team_id and m.enrollment_id = new.id and m.step_id = new.current_step_id
                     and m.copy_of is null and m.delivery = 'planned' and m.due_at_manually_changed) then
      return new;
    end if;
  end if;
  new.plan_at := case when new.state = 'active' then new.due_at - interval '1 day' end;
  return new;
end
$$;

create function mails_go_along() returns trigger language plpgsql as $$
begin
  update messages set mailbox_id = new.mailbox_id, from_email = new.send_from_email, is_queued = false, look_at = cadenza_now(),
         composed_at = null, internet_message_id = null, token = null, in_reply_to = null, thread_root = null, reference_ids = '{}',
         hold_code = null, hold_evidence = null, held_since = null, updated_at = cadenza_now()
   where team_id = new.team_id and enrollment_id = new.id and step_id = new.current_step_id
     and delivery = 'planned' and due_at_manually_changed;
  return null;
end
$$;
create trigger enrollments_moved after update on enrollments for each row
  when (new.state = 'active' and old.state = 'active' and new.mailbox_id is distinct from old.mailbox_id)
  execute function mails_go_along();

-- Of a person who was deleted: by what the address that a mail went to is known again, for whoever opts out by that mail.
alter table messages add column reader_digest text;

-- Whether the mailbox's server delivers `box+anything@` to it: then answers come back under a name that says which mail it was.
alter table mailboxes add column plus_addressing boolean not null default false;
