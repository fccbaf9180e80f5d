-- How things stood before they were changed, so that anybody can be shown as they stood at a moment (docs/time-travel.md).
--
-- What a row said until then is written down whenever something changes that is asked about later. A mail on its ordinary way
-- out writes nothing here: its own row keeps when it was let go and sent. No names, addresses or words of a mail: a person who
-- is deleted must not live on in here.

create table history_began (
  only_row  boolean primary key default true check (only_row),
  at        timestamptz not null default cadenza_now()
);
insert into history_began default values;
grant select on history_began to cadenza_app, cadenza_across;

create table pasts (
  team_id     ident not null references teams (id),
  subject_id  ident not null,
  place       bigint generated always as identity,
  until_at    timestamptz not null,
  was         jsonb not null,
  primary key (team_id, subject_id, place)
);
call guard_table('pasts');
revoke update on pasts from cadenza_app;

create function keep_enrollments() returns trigger language plpgsql as $$
begin
  insert into pasts (team_id, subject_id, until_at, was)
  select o.team_id, o.id, cadenza_now(),
         jsonb_build_object('state', o.state, 'inactive_reason', o.inactive_reason, 'failure_reason', o.failure_reason,
           'step_id', o.current_step_id, 'mailbox_id', o.mailbox_id, 'due_at', o.due_at, 'paused_at', o.paused_at,
           'resume_at', o.resume_at, 'finished_at', o.finished_at, 'failed_at', o.failed_at, 'removed_at', o.removed_at)
    from rows_before o join rows_after n on n.team_id = o.team_id and n.id = o.id
   where (n.state, n.inactive_reason, n.failure_reason, n.current_step_id, n.mailbox_id, n.due_at, n.resume_at)
         is distinct from (o.state, o.inactive_reason, o.failure_reason, o.current_step_id, o.mailbox_id, o.due_at, o.resume_at);
  return null;
end
$$;
create trigger enrollments_kept after update on enrollments
  referencing old table as rows_before new table as rows_after
  for each statement execute function keep_enrollments();

-- Only what was planned: what became of a mail that was let go stands in its own row, and in its attempts.
create function keep_message() returns trigger language plpgsql as $$
begin
  insert into pasts (team_id, subject_id, until_at, was)
  values (old.team_id, old.id, cadenza_now(),
          jsonb_build_object('delivery', old.delivery, 'due_at', old.due_at, 'hold_code', old.hold_code,
            'hold_evidence', old.hold_evidence, 'held_since', old.held_since, 'look_at', old.look_at,
            'mailbox_id', old.mailbox_id, 'not_sent_reason', old.not_sent_reason));
  return null;
end
$$;
create trigger messages_kept after update on messages for each row
  when (old.copy_of is null
        and (old.due_at is distinct from new.due_at or old.hold_code is distinct from new.hold_code
          or old.hold_code is not null and old.look_at is distinct from new.look_at
          or old.mailbox_id is distinct from new.mailbox_id
          or old.delivery <> new.delivery
             and not (old.delivery = 'planned' and new.delivery = 'claimed' or old.delivery = 'claimed' and new.delivery = 'dot'
                   or old.delivery = 'dot' and new.delivery = 'sent')))
  execute function keep_message();

create function keep_contact() returns trigger language plpgsql as $$
begin
  insert into pasts (team_id, subject_id, until_at, was)
  values (old.team_id, old.id, cadenza_now(),
          jsonb_build_object('stage_id', old.contact_stage_id, 'owner_id', old.owner_id, 'account_id', old.account_id,
            'email_status', old.email_status, 'is_unsubscribed', coalesce(old.email_unsubscribed, false),
            'is_do_not_contact', old.do_not_contact, 'bounced_at', old.bounced_at, 'has_email', old.email is not null));
  return null;
end
$$;
create trigger contacts_kept after update on contacts for each row
  when ((old.contact_stage_id, old.owner_id, old.account_id, old.email_status, coalesce(old.email_unsubscribed, false),
         old.do_not_contact, old.bounced_at, old.email is null)
        is distinct from
        (new.contact_stage_id, new.owner_id, new.account_id, new.email_status, coalesce(new.email_unsubscribed, false),
         new.do_not_contact, new.bounced_at, new.email is null))
  execute function keep_contact();

create function keep_mailbox() returns trigger language plpgsql as $$
begin
  insert into pasts (team_id, subject_id, until_at, was)
  values (old.team_id, old.id, cadenza_now(),
          jsonb_build_object('is_active', old.is_active, 'inactive_reason', old.inactive_reason, 'revoked_at', old.revoked_at,
            'daily_limit', old.daily_limit, 'hourly_limit', old.hourly_limit, 'gap_seconds', old.gap_seconds,
            'rests_until', old.rests_until, 'rest_reason', old.rest_reason, 'user_id', old.user_id));
  return null;
end
$$;
create trigger mailboxes_kept after update on mailboxes for each row
  when ((old.is_active, old.inactive_reason, old.revoked_at, old.daily_limit, old.hourly_limit, old.gap_seconds,
         old.rests_until, old.rest_reason, old.user_id)
        is distinct from
        (new.is_active, new.inactive_reason, new.revoked_at, new.daily_limit, new.hourly_limit, new.gap_seconds,
         new.rests_until, new.rest_reason, new.user_id))
  execute function keep_mailbox();

-- Nothing is kept of what is gone.
create function forget_pasts() returns trigger language plpgsql as $$
begin
  delete from pasts p using rows_gone o where p.team_id = o.team_id and p.subject_id = o.id;
  return null;
end
$$;
create trigger enrollments_forgotten after delete on enrollments
  referencing old table as rows_gone for each statement execute function forget_pasts();
create trigger messages_forgotten after delete on messages
  referencing old table as rows_gone for each statement execute function forget_pasts();
create trigger contacts_forgotten after delete on contacts
  referencing old table as rows_gone for each statement execute function forget_pasts();
