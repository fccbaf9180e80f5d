-- Mails that go out once: the slot of each enrollment and step, every attempt to fill it, and who is at work on it.

-- The clock of whatever must be told in order: read after the locks were taken, so that of two things that exclude each
-- other the later one has the later time. Only tests move it (`cadenza.ahead_ms`).
create function cadenza_now() returns timestamptz
  language sql volatile parallel safe
  return clock_timestamp() + coalesce(nullif(current_setting('cadenza.ahead_ms', true), ''), '0')::float8 * interval '1 millisecond';

-- An engine that has not been heard of for a few seconds is gone, and what it had claimed is free again. By the real clock.
create table engines (
  id          ident primary key,
  started_at  timestamptz not null default clock_timestamp(),
  beat_at     timestamptz not null default clock_timestamp()
);
grant select, insert, update, delete on engines to cadenza_app;
grant select on engines to cadenza_across;

create function engine_is_alive(wanted text) returns boolean
  language sql stable
  return exists (select from engines e where e.id = wanted and e.beat_at > clock_timestamp() - interval '4 seconds');

-- Which copy of the database may send; see the fence.
alter table installation add column sending_fence text, add column sending_held_since timestamptz;

-- When somebody may be written to again or no more is told by these, whoever writes the rows.
alter table contacts add column stopped_at timestamptz; -- since nobody may write to them; null for whoever was made so
alter table suppressions add column in_force_from timestamptz not null default cadenza_now();

create function note_stop() returns trigger language plpgsql as $$
begin
  new.stopped_at := cadenza_now();
  return new;
end
$$;
create trigger contacts_stopped before update on contacts for each row
  when ((new.email_unsubscribed is true and old.email_unsubscribed is distinct from true)
     or (new.do_not_contact and not old.do_not_contact)
     or (new.bounced_at is not null and old.bounced_at is null))
  execute function note_stop();

alter table mailboxes
  add column open_tracking     boolean not null default false,
  add column click_tracking    boolean not null default false,
  add column failures          int not null default 0, -- in a row, of the connection and not of one mail
  add column rests_until       timestamptz, -- its server is left alone until then
  add column rest_reason       text,
  add column limited_until     timestamptz, -- it was told that a limit is reached, and is not told again before
  add column copies_to_sent    boolean; -- proved that what it sends can be found in its Sent folder; null: not known

alter table enrollments
  add column state_since timestamptz not null default cadenza_now(),
  add column waits_from  timestamptz, -- when the step before was done, skipped or sent; null: nothing was yet
  add column plan_at     timestamptz; -- when the engine looks at them next; null: it has planned the current step, or need not
create index enrollments_plan on enrollments (team_id, plan_at) include (current_step_id) where state = 'active' and plan_at is not null;

-- Whatever moves somebody makes the engine look again, a day before the step is due, so that what will go out can be seen.
create function plan_enrollment() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if new.state is distinct from old.state then
      new.state_since := cadenza_now();
    end if;
  end if;
  new.plan_at := case when new.state = 'active' then new.due_at - interval '1 day' end;
  return new;
end
$$;
create trigger enrollments_planned before insert on enrollments for each row
  when (new.state = 'active') execute function plan_enrollment();
create trigger enrollments_replanned before update on enrollments for each row
  when (new.state is distinct from old.state or new.due_at is distinct from old.due_at
     or new.current_step_id is distinct from old.current_step_id or new.mailbox_id is distinct from old.mailbox_id)
  execute function plan_enrollment();
update enrollments set plan_at = due_at - interval '1 day' where state = 'active';

-- In which state an enrollment was, from when to when. Where it is now stands in its own row.
create table enrollment_states (
  team_id        ident not null,
  enrollment_id  ident not null,
  from_at        timestamptz not null,
  to_at          timestamptz not null,
  state          text not null,
  reason         text,
  primary key (team_id, enrollment_id, from_at),
  foreign key (team_id, enrollment_id) references enrollments (team_id, id) on delete cascade
);
call guard_table('enrollment_states');

drop index messages_sequence;
drop index messages_sequence_sent;
drop index messages_sent;
alter table messages add column delivery text;
update messages set delivery = case status when 'drafted' then 'draft' when 'completed' then 'sent' when 'failed' then 'failed' else 'planned' end;
alter table messages drop column status;
alter table messages
  alter column delivery set not null,
  add check (delivery in ('draft', 'planned', 'claimed', 'dot', 'sent', 'unconfirmed', 'failed', 'skipped', 'cancelled')),
  -- What the wire says of it; null for what nobody is told of.
  add column status text generated always as (case delivery
    when 'draft' then 'drafted' when 'sent' then 'completed' when 'failed' then 'failed'
    when 'skipped' then case when failed_at is not null then 'failed' end when 'cancelled' then null else 'scheduled' end) stored,
  add column copy_of              ident, -- the mail of which this one goes to somebody in cc or bcc
  -- Where it stands in its mailbox's queue, and when it is looked at next while it has to wait.
  add column rank                 double precision not null default 0,
  add column is_queued            boolean not null default false,
  add column look_at              timestamptz,
  add column hold_code            text,
  add column hold_evidence        jsonb,
  add column held_since           timestamptz,
  add column tries                int not null default 0, -- how often a server said later
  -- Who is at work on it. Fenced by the attempt's id, never by time.
  add column engine_id            ident,
  add column attempt_id           ident,
  add column dot_at               timestamptz, -- when it was let go; null again where the server refused it
  -- Fixed when it is first claimed, and the same in every attempt.
  add column composed_at          timestamptz,
  add column internet_message_id  text,
  add column token                text, -- ties whatever comes back to this mail
  add column in_reply_to          text,
  add column reference_ids        text[] not null default '{}',
  add column thread_root          text,
  add column cc_emails            text[] not null default '{}',
  add column bcc_emails           text[] not null default '{}',
  add column attachment_ids       text[] not null default '{}',
  -- What the server said, and how sure we are.
  add column confirmation         text check (confirmation in ('confirmed', 'unconfirmed', 'assumed')),
  add column server_said          text,
  add column queue_id             text,
  add column asked_at             timestamptz, -- the owner was asked what became of it
  -- What was in force when it was let go, for whoever checks.
  add column schedule_tz          text,
  add column window_start         time,
  add column window_end           time,
  add column window_dows          int[],
  add column min_gap              interval,
  add foreign key (team_id, copy_of) references messages (team_id, id) on delete cascade;

-- What was sent before there were slots.
update messages set dot_at = completed_at, confirmation = 'confirmed' where delivery = 'sent';
update messages set look_at = due_at where delivery = 'planned';

create index messages_sequence on messages (team_id, sequence_id, status);
create index messages_sequence_sent on messages (team_id, sequence_id, completed_at) include (step_id) where completed_at is not null;
create index messages_sequence_dot on messages (team_id, sequence_id, dot_at) include (step_id) where dot_at is not null;
create index messages_dot on messages (team_id, mailbox_id, dot_at) where dot_at is not null;
create unique index messages_slot on messages (team_id, enrollment_id, step_id)
  where enrollment_id is not null and step_id is not null and copy_of is null;
create index messages_planned on messages (team_id, look_at) where delivery = 'planned' and not is_queued;
create index messages_queue on messages (team_id, mailbox_id, rank, id) where delivery = 'planned' and is_queued;
create index messages_underway on messages (team_id, engine_id) where delivery in ('claimed', 'dot');
create index messages_unclear on messages (team_id, dot_at) where delivery = 'unconfirmed';
create unique index messages_internet_id on messages (team_id, internet_message_id) where internet_message_id is not null and copy_of is null;
create unique index messages_token on messages (token) where token is not null;
create index messages_copies on messages (team_id, copy_of) where copy_of is not null;

-- Every time somebody set out to send a mail, and how far they came.
create table send_attempts (
  team_id        ident not null,
  id             ident not null,
  message_id     ident not null,
  mailbox_id     ident,
  engine_id      ident,
  started_at     timestamptz not null default cadenza_now(),
  dot_at         timestamptz,
  ended_at       timestamptz,
  outcome        text check (outcome in ('accepted', 'rejected_4xx', 'rejected_5xx', 'failed_before_dot', 'ambiguous')),
  phase          text,
  why            text,
  smtp_code      int,
  enhanced_code  text,
  server_said    text,
  -- Long enough after an ambiguous end it was looked for and not found, so it was tried again.
  proved_absent_at timestamptz,
  primary key (team_id, id),
  foreign key (team_id, message_id) references messages (team_id, id) on delete cascade
);
create index send_attempts_message on send_attempts (team_id, message_id, started_at);
call guard_table('send_attempts');

-- What was seen of a mail after it was sent. A machine that fetches a picture or follows a link is told apart.
create table message_events (
  team_id      ident not null,
  id           ident not null,
  message_id   ident not null,
  contact_id   ident,
  type         text not null check (type in ('open', 'click', 'reply', 'bounce', 'unsubscribe')),
  at           timestamptz not null,
  is_machine   boolean not null default false,
  user_agent   text,
  link         int, -- which of the mail's links
  detail       jsonb not null default '{}', -- ids, codes and words of ours; nothing a person wrote
  primary key (team_id, id),
  foreign key (team_id, message_id) references messages (team_id, id) on delete cascade,
  foreign key (team_id, contact_id) references contacts (team_id, id) on delete set null (contact_id)
);
create index message_events_message on message_events (team_id, message_id, at, id);
create index message_events_contact on message_events (team_id, contact_id) where contact_id is not null;
call guard_table('message_events');

-- Where the links of a mail lead whose clicks are counted.
create table message_links (
  team_id     ident not null,
  message_id  ident not null,
  position    int not null,
  url         text not null,
  primary key (team_id, message_id, position),
  foreign key (team_id, message_id) references messages (team_id, id) on delete cascade
);
call guard_table('message_links');

-- Nothing that is planned outlives what it was planned for, whichever statement changed that.
create function follow_enrollments() returns trigger language plpgsql as $$
declare
  teams text[];
  ids text[];
begin
  insert into enrollment_states (team_id, enrollment_id, from_at, to_at, state, reason)
  select o.team_id, o.id, o.state_since, n.state_since, o.state, o.inactive_reason
    from rows_before o join rows_after n on n.team_id = o.team_id and n.id = o.id
   where n.state is distinct from o.state;

  select array_agg(distinct n.team_id::text), array_agg(n.id::text) into teams, ids
    from rows_before o join rows_after n on n.team_id = o.team_id and n.id = o.id
   where o.plan_at is null and o.state = 'active'
     and (n.state <> 'active' or n.plan_at is not null);
  if ids is not null then
    update messages set delivery = 'cancelled', is_queued = false, look_at = null, hold_code = null, updated_at = cadenza_now()
     where team_id = any(teams) and enrollment_id = any(ids) and delivery = 'planned';
  end if;
  return null;
end
$$;
create trigger enrollments_followed after update on enrollments
  referencing old table as rows_before new table as rows_after
  for each statement execute function follow_enrollments();

-- What the engine asks across teams.
create function teams_with_plans_due(at timestamptz) returns table (team_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select t.id from teams t
     where exists (select from enrollments e
                    where e.team_id = t.id and e.state = 'active' and e.plan_at is not null and e.plan_at <= at);
  end;

create function teams_with_mails_due(at timestamptz) returns table (team_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select t.id from teams t
     where exists (select from messages m
                    where m.team_id = t.id and m.delivery = 'planned' and not m.is_queued and m.look_at <= at);
  end;

create function mailboxes_with_queues() returns table (team_id text, mailbox_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select b.team_id, b.id from mailboxes b
     where b.revoked_at is null
       and exists (select from messages m
                    where m.team_id = b.team_id and m.mailbox_id = b.id and m.delivery = 'planned' and m.is_queued);
  end;

-- Teams with mails that somebody was at work on who is gone.
create function teams_with_orphans() returns table (team_id text)
  language sql volatile security definer set search_path = public, pg_temp
  begin atomic
    select t.id from teams t
     where exists (select from messages m
                    where m.team_id = t.id and m.delivery in ('claimed', 'dot')
                      and (not engine_is_alive(m.engine_id::text)
                        or coalesce(m.dot_at, m.updated_at) < cadenza_now() - interval '20 minutes'));
  end;

create function teams_with_unclear() returns table (team_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select t.id from teams t
     where exists (select from messages m where m.team_id = t.id and m.delivery = 'unconfirmed');
  end;

-- Whose mail a token in a link or an address belongs to.
create function find_message_by_token(wanted text) returns table (team_id text, message_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select m.team_id, m.id from messages m where m.token = wanted;
  end;

grant create on schema public to cadenza_across;
alter function find_message_by_token owner to cadenza_across;
alter function teams_with_plans_due owner to cadenza_across;
alter function teams_with_mails_due owner to cadenza_across;
alter function mailboxes_with_queues owner to cadenza_across;
alter function teams_with_orphans owner to cadenza_across;
alter function teams_with_unclear owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function find_message_by_token, teams_with_plans_due, teams_with_mails_due, mailboxes_with_queues, teams_with_orphans, teams_with_unclear from public;
grant execute on function find_message_by_token, teams_with_plans_due, teams_with_mails_due, mailboxes_with_queues, teams_with_orphans, teams_with_unclear to cadenza_app;

-- A step that is switched off has no mails planned; switched on again, everybody at it is looked at anew.
create function follow_step() returns trigger language plpgsql as $$
begin
  if new.is_on then
    update enrollments set plan_at = due_at - interval '1 day'
     where team_id = new.team_id and current_step_id = new.id and state = 'active' and plan_at is null;
  else
    update messages set delivery = 'cancelled', is_queued = false, look_at = null, hold_code = null, updated_at = cadenza_now()
     where team_id = new.team_id and step_id = new.id and delivery = 'planned';
  end if;
  return null;
end
$$;
create trigger sequence_steps_switched after update on sequence_steps for each row
  when (new.is_on is distinct from old.is_on) execute function follow_step();

-- What waited to be reviewed need not wait for the next look.
create function follow_review() returns trigger language plpgsql as $$
begin
  update messages set look_at = cadenza_now()
   where team_id = new.team_id and step_id = new.step_id and delivery = 'planned' and hold_code = 'needs_review';
  return null;
end
$$;
create trigger step_touches_reviewed after insert or update on step_touches for each row
  when (new.status = 'approved' and new.weight > 0) execute function follow_review();
