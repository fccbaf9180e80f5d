-- Changing 100,000 enrollments at once takes ten times as long as changing 10,000, not a hundred times.
--
-- Statement triggers see the rows before and after a change as tables without statistics. The planner expects one row in
-- each and joined them in nested loops: 6,000 people took 22 s. Two rules keep every such function linear, and a test of
-- the catalog holds all of them to it:
--   1. Rows before and after are joined by a full join inside a materialized part. Postgres can run a full join by hash or
--      by merge only, and no condition outside the part can turn it into another kind.
--   2. Other tables are never joined with them. They are reached by arrays of ids, which is an index scan for one id and a
--      hashed filter for many.

create or replace function follow_enrollments() returns trigger language plpgsql as $$
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
    update messages set delivery = 'cancelled', is_queued = false, look_at = null, hold_code = null, updated_at = cadenza_now()
     where team_id = any(teams) and enrollment_id = any(ids) and delivery = 'planned';
  end if;
  return null;
end
$$;

create or replace function keep_enrollments() returns trigger language plpgsql as $$
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
  insert into pasts (team_id, subject_id, until_at, was)
  select team_id, id, cadenza_now(),
         jsonb_build_object('state', state, 'inactive_reason', inactive_reason, 'failure_reason', failure_reason,
           'step_id', current_step_id, 'mailbox_id', mailbox_id, 'due_at', due_at, 'paused_at', paused_at,
           'resume_at', resume_at, 'finished_at', finished_at, 'failed_at', failed_at, 'removed_at', removed_at)
    from changed where is_otherwise;
  return null;
end
$$;

-- Reasons are few, and enrollments many: one statement for each reason.
create or replace procedure withdraw_tasks(teams text[], ids text[], reasons text[]) language plpgsql as $$
declare
  why text;
  whose text[];
begin
  for why, whose in select n.reason, array_agg(n.id) from unnest(ids, reasons) as n (id, reason) group by 1 order by 1 loop
    with gone as (
      update tasks t set status = 'skipped', skipped_at = cadenza_now(), withdrawn_because = why, skip_at = null,
             updated_at = cadenza_now()
       where t.team_id = any(teams) and t.enrollment_id = any(whose) and t.status = 'scheduled' and t.created_from = 'sequence'
      returning t.team_id, t.id, t.type, t.contact_id, t.sequence_id)
    insert into events (team_id, id, type, occurred_at, cause, subject_type, subject_id, data)
    select team_id, new_ident(), 'task.skipped', cadenza_now(), 'clock', 'task', id,
           jsonb_build_object('type', type, 'contact_id', contact_id, 'sequence_id', sequence_id, 'reason', why)
      from gone;
  end loop;

  update messages set delivery = 'cancelled', updated_at = cadenza_now()
   where team_id = any(teams) and enrollment_id = any(ids) and delivery = 'draft' and step_id is not null;
end
$$;

create or replace function withdraw_from_left_steps() returns trigger language plpgsql as $$
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

-- For each row by itself it cost an update, and with it every trigger of enrollments, for each person who was paused.
-- A row does not wake itself: one that has begun to wait in this very change goes on waiting, unless another row of the
-- same contact was freed too.
create or replace function wake_who_waits() returns trigger language plpgsql as $$
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
drop trigger enrollments_free on enrollments;
create trigger enrollments_free after update on enrollments
  referencing old table as rows_before new table as rows_after
  for each statement execute function wake_who_waits();

create or replace function forget_pasts() returns trigger language plpgsql as $$
declare
  teams text[];
  ids text[];
begin
  select array_agg(distinct team_id::text), array_agg(id::text) into teams, ids from rows_gone;
  if ids is not null then
    delete from pasts where team_id = any(teams) and subject_id = any(ids);
  end if;
  return null;
end
$$;

-- People are told company by company, because each company has values of its own. Few companies change at once.
create or replace function tell_people() returns trigger language plpgsql as $$
declare
  company record;
begin
  for company in
    with changed as materialized (
      select n.team_id, n.id, n.people_marks, n.estimated_num_employees, n.annual_revenue,
             (o.people_marks, o.estimated_num_employees, o.annual_revenue)
             is distinct from (n.people_marks, n.estimated_num_employees, n.annual_revenue) as is_otherwise
        from before_change o full join after_change n on n.team_id = o.team_id and n.id = o.id
    )
    select * from changed where is_otherwise order by team_id, id
  loop
    update people
       set organization_marks = company.people_marks, organization_employees = company.estimated_num_employees,
           organization_revenue = company.annual_revenue
     where team_id = company.team_id and organization_id = company.id;
  end loop;
  return null;
end
$$;
