create table awaited_answers (
  team_id        ident not null,
  enrollment_id  ident not null,
  until_at       timestamptz not null,
  primary key (team_id, enrollment_id)
);
create index awaited_answers_until on awaited_answers (team_id, until_at);
call guard_table('awaited_answers');

-- The whole enrollment before the change, and its revision after it: one that has changed since is not undone.
create table change_items (
  team_id        ident not null,
  change_id      ident not null,
  enrollment_id  ident not null,
  before         jsonb, -- null: the change made it
  revision       int not null,
  primary key (team_id, change_id, enrollment_id)
);
create index change_items_enrollment on change_items (team_id, enrollment_id);
call guard_table('change_items');

-- A change to many at once, and for a short while what was there before.
create table changes (
  team_id     ident not null,
  id          ident not null,
  kind        text not null,
  user_id     ident,
  made_at     timestamptz not null,
  undo_until  timestamptz, -- null: cannot be taken back
  undone_at   timestamptz,
  primary key (team_id, id),
  foreign key (team_id) references teams (id),
  foreign key (team_id, user_id) references users (team_id, id)
);
create index changes_age on changes (team_id, made_at);
call guard_table('changes');

-- One contact in one sequence (`contact_campaign_status`). Failure columns are history: the state says what is true now.
--
-- A contact that is removed or starts over leaves its row behind as `removed`, so its emails keep their row. Each contact has at
-- most one row per sequence in any other state.
create table enrollments (
  team_id               ident not null,
  id                    ident not null,
  sequence_id           ident not null,
  contact_id            ident not null,
  generation            int not null default 1,
  revision              int not null default 1, -- counts changes of the row, so that an undo knows whether it is still the same
  state                 text not null,
  inactive_reason       text,
  failure_reason        text,
  current_step_id       ident,
  mailbox_id            ident,
  send_from_email       text,
  company_key           text, -- the contact's own, kept here by a trigger, for finding colleagues in the same sequence
  added_by              ident,
  added_at              timestamptz not null,
  due_at                timestamptz, -- when the current step falls due; kept while paused, so that what was left of
  paused_at             timestamptz, -- the wait at paused_at is what is left when it is resumed
  resume_at             timestamptz,
  manually_set_unpause  boolean,
  finished_at           timestamptz,
  failed_at             timestamptz,
  removed_at            timestamptz,
  in_response_to        ident,
  allows_unverified     boolean not null default false, -- the caller who added the contact allowed an unverified address
  updated_at            timestamptz not null,
  state_since           timestamptz not null default cadenza_now(),
  waits_from            timestamptz, -- when the step before was done, skipped or sent; null: nothing was yet
  plan_at               timestamptz,
  -- Whether the contact has replied to emails of this sequence. The reply sets it, whatever happened to the contact then: also after
  -- the last step, and where a rule says that a reply does not finish contacts. An absence is no reply.
  replied_at            timestamptz,
  reply_class           text,
  -- Who added the contact said that it may have no address: its mails are skipped, and its calls and tasks happen.
  allows_no_email       boolean not null default false,
  allows_same_email     boolean not null default false,
  primary key (team_id, id),
  check ((state = 'removed') = (removed_at is not null)),
  check (state in ('active', 'paused', 'finished', 'failed', 'removed')),
  foreign key (team_id, added_by) references users (team_id, id),
  foreign key (team_id, contact_id) references contacts (team_id, id) on delete cascade,
  foreign key (team_id, current_step_id) references sequence_steps (team_id, id) on delete set null (current_step_id),
  foreign key (team_id) references teams (id),
  foreign key (team_id, mailbox_id) references mailboxes (team_id, id),
  foreign key (team_id, sequence_id) references sequences (team_id, id)
);
-- For searches, newest first: of one sequence, and of all.
create index enrollments_added on enrollments (team_id, sequence_id, added_at, id) where state <> 'removed';
create index enrollments_answered on enrollments (team_id, company_key, replied_at) where (replied_at is not null) and (company_key is not null) and (state <> 'removed');
create index enrollments_company on enrollments (team_id, sequence_id, company_key, state) where (company_key is not null) and (state <> 'removed');
create index enrollments_contact on enrollments (team_id, contact_id);
create index enrollments_due on enrollments (team_id, mailbox_id, due_at) include (current_step_id) where state = 'active';
-- Finds contacts that are at no step of their sequence without reading all.
create index enrollments_lost on enrollments (team_id, sequence_id) where (current_step_id is null) and (state in ('active', 'paused', 'failed'));
create index enrollments_newest on enrollments (team_id, added_at, id) where state <> 'removed';
create unique index enrollments_once on enrollments (team_id, sequence_id, contact_id) where state <> 'removed';
-- when the engine looks at them next; null: it has planned the current step, or need not
create index enrollments_plan on enrollments (team_id, plan_at) include (current_step_id) where (state = 'active') and (plan_at is not null);
-- Due contacts by sequence, so that the sequences of a team take turns: the first of one is found without reading the thousands
-- that are due in another.
create index enrollments_plan_turn on enrollments (team_id, sequence_id, plan_at) where (state = 'active') and (plan_at is not null);
create index enrollments_resume on enrollments (team_id, resume_at) where (state = 'paused') and (resume_at is not null);
create index enrollments_resume_turn on enrollments (team_id, sequence_id, resume_at) where (state = 'paused') and (resume_at is not null);
create index enrollments_state on enrollments (team_id, sequence_id, state);
create index enrollments_step on enrollments (team_id, current_step_id, state) where current_step_id is not null;
-- A contact added while another sequence is active for it may wait for that one. When it ends, the contact is checked again and
-- resumed, unless yet another sequence has it.
create index enrollments_waiting on enrollments (team_id, contact_id) where (state = 'paused') and (inactive_reason = 'in another sequence');
call guard_table('enrollments');
create policy reporting on enrollments for select to cadenza_views using (team_id = (select reporting.team() as team));
grant select on enrollments to cadenza_views;

-- What was said of adding people before they were added, kept with the request that then did it.
create table promises (
  team_id      ident not null,
  id           ident not null,
  sequence_id  ident not null,
  step_id      ident, -- the first step, which it is about
  user_id      ident not null,
  created_at   timestamptz not null,
  days         int not null,
  people       int not null,
  at_least     boolean not null,
  told         jsonb not null,
  request_id   ident, -- null: no contact has been added with it
  primary key (team_id, id),
  foreign key (team_id) references teams (id),
  foreign key (team_id, sequence_id) references sequences (team_id, id) on delete cascade,
  foreign key (team_id, user_id) references users (team_id, id)
);
create index promises_by_age on promises (team_id, created_at);
create index promises_of_sequence on promises (team_id, sequence_id, created_at desc) where request_id is not null;
call guard_table('promises');

-- One row per contact that a request named, kept for 90 days. The contact is any id of the request: it need not exist. Only ids are
-- stored here.
create table verdicts (
  team_id        ident not null,
  request_id     ident not null,
  contact_id     ident not null,
  sequence_id    ident not null,
  enrollment_id  ident, -- the enrollment of an added contact
  code           text, -- the first reason on the wire; null for an added contact
  reasons        jsonb not null default '[]', -- all of them: [{code, flag, evidence}]
  user_id        ident,
  decided_at     timestamptz not null,
  primary key (team_id, request_id, contact_id),
  foreign key (team_id) references teams (id),
  foreign key (team_id, sequence_id) references sequences (team_id, id) on delete cascade
);
create index verdicts_age on verdicts (team_id, decided_at);
create index verdicts_contact on verdicts (team_id, contact_id, decided_at desc);
create index verdicts_sequence on verdicts (team_id, sequence_id, decided_at desc, request_id, contact_id);
call guard_table('verdicts');

alter table tasks add foreign key (team_id, enrollment_id) references enrollments (team_id, id) on delete set null (enrollment_id);

alter table awaited_answers add foreign key (team_id, enrollment_id) references enrollments (team_id, id) on delete cascade;

alter table change_items add foreign key (team_id, change_id) references changes (team_id, id) on delete cascade;

alter table change_items add foreign key (team_id, enrollment_id) references enrollments (team_id, id) on delete cascade;

-- When a contact is to be mailed from another address of the same mailbox, its planned email changes too; the thread stays the same.
-- An email that a user wrote from yet another address keeps that address.
create function addresses_go_along() returns trigger language plpgsql as $$
begin
  update messages set from_email = new.send_from_email, composed_at = null, updated_at = cadenza_now()
   where team_id = new.team_id and enrollment_id = new.id and step_id = new.current_step_id and delivery = 'planned'
     and from_email is not distinct from old.send_from_email;
  return null;
end
$$;

-- Nothing that is planned outlives what it was planned for, whichever statement changed that.
create function follow_enrollments() returns trigger language plpgsql as $$
declare
  teams text[];
  ids text[];
begin
  with changed as materialized (
    select n.team_id, n.id, o.state as old_state, n.state, o.inactive_reason as old_reason, o.state_since as old_since,
           n.state_since, o.plan_at as old_plan_at, n.plan_at
      from rows_before o full join rows_after n on n.team_id = o.team_id and n.id = o.id
  ), kept as (
    insert into enrollment_states (team_id, enrollment_id, from_at, to_at, state, reason)
    select team_id, id, old_since, state_since, old_state, old_reason from changed where state is distinct from old_state
  )
  select array_agg(distinct team_id::text), array_agg(id::text) into teams, ids
    from changed
   where old_plan_at is null and old_state = 'active' and (state <> 'active' or plan_at is not null);
  if ids is not null then
    update messages set delivery = 'cancelled', is_queued = false, next_check_at = null, hold_code = null, updated_at = cadenza_now()
     where team_id = any(teams) and enrollment_id = any(ids) and delivery = 'planned';
  end if;
  return null;
end
$$;

create function keep_enrollments() returns trigger language plpgsql as $$
begin
  with changed as materialized (
    select o.team_id, o.id,
           (n.state, n.inactive_reason, n.failure_reason, n.current_step_id, n.mailbox_id, n.due_at, n.resume_at)
           is distinct from (o.state, o.inactive_reason, o.failure_reason, o.current_step_id, o.mailbox_id, o.due_at, o.resume_at)
             as is_otherwise,
           o.state, o.inactive_reason, o.failure_reason, o.current_step_id, o.mailbox_id, o.due_at, o.paused_at, o.resume_at,
           o.finished_at, o.failed_at, o.removed_at
      from rows_before o full join rows_after n on n.team_id = o.team_id and n.id = o.id
  )
  insert into row_history (team_id, subject_id, until_at, was)
  select team_id, id, cadenza_now(),
         jsonb_build_object('state', state, 'inactive_reason', inactive_reason, 'failure_reason', failure_reason,
           'step_id', current_step_id, 'mailbox_id', mailbox_id, 'due_at', due_at, 'paused_at', paused_at,
           'resume_at', resume_at, 'finished_at', finished_at, 'failed_at', failed_at, 'removed_at', removed_at)
    from changed where is_otherwise;
  return null;
end
$$;

create function mails_go_along() returns trigger language plpgsql as $$
begin
  update messages set mailbox_id = new.mailbox_id, from_email = new.send_from_email, is_queued = false, next_check_at = cadenza_now(),
         composed_at = null, internet_message_id = null, token = null, in_reply_to = null, thread_root = null, reference_ids = '{}',
         hold_code = null, hold_evidence = null, held_since = null, updated_at = cadenza_now()
   where team_id = new.team_id and enrollment_id = new.id and step_id = new.current_step_id
     and delivery = 'planned' and due_at_manually_changed;
  return null;
end
$$;

-- An email whose time a user has chosen moves to the other mailbox; it is not planned anew.
create function plan_enrollment() returns trigger language plpgsql as $$
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

-- What the engine asks across teams.
create function teams_with_plans_due(at timestamptz) returns table (team_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select t.id from teams t
     where exists (select from enrollments e
                    where e.team_id = t.id and e.state = 'active' and e.plan_at is not null and e.plan_at <= at);
  end;
grant create on schema public to cadenza_across;
alter function teams_with_plans_due(timestamp with time zone) owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function teams_with_plans_due(timestamp with time zone) from public;
grant execute on function teams_with_plans_due(timestamp with time zone) to cadenza_app;

-- Teams in which the pause of a contact is over.
create function teams_with_resumes_due(at timestamptz) returns table (team_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select t.id from teams t
     where exists (select from enrollments e
                    where e.team_id = t.id and e.state = 'paused' and e.resume_at is not null and e.resume_at <= at);
  end;
grant create on schema public to cadenza_across;
alter function teams_with_resumes_due(timestamp with time zone) owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function teams_with_resumes_due(timestamp with time zone) from public;
grant execute on function teams_with_resumes_due(timestamp with time zone) to cadenza_app;

create function teams_with_unanswered(at timestamptz) returns table (team_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select t.id from teams t
     where exists (select from awaited_answers w where w.team_id = t.id and w.until_at <= at);
  end;
grant create on schema public to cadenza_across;
alter function teams_with_unanswered(timestamp with time zone) owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function teams_with_unanswered(timestamp with time zone) from public;
grant execute on function teams_with_unanswered(timestamp with time zone) to cadenza_app;

-- A row trigger cost one update, and all triggers of enrollments, for each paused contact. A row does not resume itself: one that
-- began to wait in this same change keeps waiting, unless another row of the same contact was freed too.
create function wake_who_waits() returns trigger language plpgsql as $$
declare
  teams text[];
  contacts text[];
  themselves text[];
begin
  with changed as materialized (
    select n.team_id, n.id, n.contact_id, o.state as old_state, n.state, n.inactive_reason
      from rows_before o full join rows_after n on n.team_id = o.team_id and n.id = o.id
  ), freed as (
    select team_id, id, contact_id, state = 'paused' and inactive_reason = 'in another sequence' as waits,
           count(*) over (partition by team_id, contact_id) as of_contact
      from changed
     where old_state in ('active', 'paused') and state is distinct from old_state
  )
  select array_agg(distinct team_id::text), array_agg(contact_id::text),
         array_agg(id::text) filter (where waits and of_contact = 1)
    into teams, contacts, themselves
    from freed;
  if contacts is not null then
    update enrollments set resume_at = cadenza_now()
     where team_id = any(teams) and contact_id = any(contacts) and state = 'paused' and inactive_reason = 'in another sequence'
       and resume_at is null and (themselves is null or id <> all(themselves));
  end if;
  return null;
end
$$;

-- Contacts are merged: of two enrollments in one sequence one goes, while its tasks are the other contact's by now.
create function withdraw_before_delete() returns trigger language plpgsql as $$
begin
  if exists (select from tasks t where t.team_id = old.team_id and t.enrollment_id = old.id
                and t.status = 'scheduled' and t.created_from = 'sequence')
     or exists (select from messages m where m.team_id = old.team_id and m.enrollment_id = old.id
                   and m.delivery = 'draft' and m.step_id is not null) then
    call withdraw_tasks(array[old.team_id::text], array[old.id::text], array['removed']);
  end if;
  return old;
end
$$;

create function withdraw_from_left_steps() returns trigger language plpgsql as $$
declare
  teams text[];
  ids text[];
  steps text[];
  reasons text[];
  mailed text[];
begin
  with changed as materialized (
    select n.team_id, n.id, o.state as old_state, n.state, o.current_step_id as old_step_id, n.current_step_id
      from rows_before o full join rows_after n on n.team_id = o.team_id and n.id = o.id
  )
  select array_agg(distinct team_id::text), array_agg(id::text), array_agg(old_step_id::text),
         array_agg(case when state in ('active', 'paused') then 'moved' else state end)
    into teams, ids, steps, reasons
    from changed
   where old_state in ('active', 'paused')
     and (state not in ('active', 'paused') or current_step_id is distinct from old_step_id);
  if ids is null then
    return null;
  end if;

  -- The mail of an automatic step has no task.
  mailed := array(select p.id::text from sequence_steps p
                   where p.team_id = any(teams) and p.type = 'auto_email'
                     and p.id = any(array(select distinct s.id from unnest(steps) as s (id) where s.id is not null)));
  select array_agg(n.id), array_agg(n.reason) into ids, reasons
    from unnest(ids, steps, reasons) as n (id, step_id, reason)
   where n.step_id is null or n.step_id <> all(mailed);
  if ids is not null then
    call withdraw_tasks(teams, ids, reasons);
  end if;
  return null;
end
$$;

create trigger enrollments_followed after update on enrollments
  referencing old table as rows_before new table as rows_after
  for each statement execute function follow_enrollments();

create trigger enrollments_forgotten after delete on enrollments
  referencing old table as rows_gone for each statement execute function forget_pasts();

create trigger enrollments_free after update on enrollments
  referencing old table as rows_before new table as rows_after
  for each statement execute function wake_who_waits();

create trigger enrollments_gone before delete on enrollments for each row execute function withdraw_before_delete();

create trigger enrollments_kept after update on enrollments
  referencing old table as rows_before new table as rows_after
  for each statement execute function keep_enrollments();

create trigger enrollments_moved after update on enrollments for each row
  when (new.state = 'active' and old.state = 'active' and new.mailbox_id is distinct from old.mailbox_id)
  execute function mails_go_along();

create trigger enrollments_planned before insert on enrollments for each row
  when (new.state = 'active') execute function plan_enrollment();

create trigger enrollments_readdressed after update of send_from_email on enrollments for each row
  when (new.mailbox_id = old.mailbox_id and new.send_from_email is distinct from old.send_from_email)
  execute function addresses_go_along();

create trigger enrollments_replanned before update on enrollments for each row
  when (new.state is distinct from old.state or new.due_at is distinct from old.due_at
     or new.current_step_id is distinct from old.current_step_id or new.mailbox_id is distinct from old.mailbox_id)
  execute function plan_enrollment();

create trigger enrollments_tasks_withdrawn after update on enrollments
  referencing old table as rows_before new table as rows_after
  for each statement execute function withdraw_from_left_steps();

create trigger rule_changed after update of replied_at on enrollments for each statement execute function note_rule_change();
