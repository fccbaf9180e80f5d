-- Steps that people do: one open task for each enrollment and step, which lives no longer than they stand there.

alter table tasks
  add column skip_at            timestamptz, -- when the engine looks whether it has been left undone for too long; null: never
  add column withdrawn_because  text; -- whoever it was about left the step: nobody has skipped it, and it may be opened again

create index tasks_enrollment on tasks (team_id, enrollment_id) where enrollment_id is not null;
create unique index tasks_of_step on tasks (team_id, enrollment_id, step_id)
  where status = 'scheduled' and created_from = 'sequence' and enrollment_id is not null and step_id is not null;
create index tasks_to_skip on tasks (team_id, skip_at) where status = 'scheduled' and skip_at is not null;
create index if not exists tasks_message on tasks (team_id, message_id) where message_id is not null;

-- The open tasks of people who have left a step, and the mails that were drafted for them. A pause keeps both.
create procedure withdraw_tasks(teams text[], ids text[], reasons text[]) language plpgsql as $$
begin
  with gone as (
    update tasks t set status = 'skipped', skipped_at = cadenza_now(), withdrawn_because = n.reason, skip_at = null,
           updated_at = cadenza_now()
      from unnest(ids, reasons) as n (id, reason)
     where t.team_id = any(teams) and t.enrollment_id = n.id and t.status = 'scheduled' and t.created_from = 'sequence'
    returning t.team_id, t.id, t.type, t.contact_id, t.sequence_id, n.reason)
  insert into events (team_id, id, type, occurred_at, cause, subject_type, subject_id, data)
  select team_id, new_ident(), 'task.skipped', cadenza_now(), 'clock', 'task', id,
         jsonb_build_object('type', type, 'contact_id', contact_id, 'sequence_id', sequence_id, 'reason', reason)
    from gone;

  update messages set delivery = 'cancelled', updated_at = cadenza_now()
   where team_id = any(teams) and enrollment_id = any(ids) and delivery = 'draft' and step_id is not null;
end
$$;

create function withdraw_from_left_steps() returns trigger language plpgsql as $$
declare
  teams text[];
  ids text[];
  reasons text[];
begin
  select array_agg(distinct n.team_id::text), array_agg(n.id::text),
         array_agg(case when n.state in ('active', 'paused') then 'moved' else n.state end)
    into teams, ids, reasons
    from rows_before o
    join rows_after n on n.team_id = o.team_id and n.id = o.id
    left join sequence_steps p on p.team_id = o.team_id and p.id = o.current_step_id
   where p.type is distinct from 'auto_email' -- its mail has no task
     and o.state in ('active', 'paused')
     and (n.state not in ('active', 'paused') or n.current_step_id is distinct from o.current_step_id);
  if ids is not null then
    call withdraw_tasks(teams, ids, reasons);
  end if;
  return null;
end
$$;
create trigger enrollments_tasks_withdrawn after update on enrollments
  referencing old table as rows_before new table as rows_after
  for each statement execute function withdraw_from_left_steps();

-- Contacts are merged: of two enrollments in one sequence one goes, while its tasks are the other contact's by now.
create function withdraw_before_delete() returns trigger language plpgsql as $$
begin
  call withdraw_tasks(array[old.team_id::text], array[old.id::text], array['removed']);
  return old;
end
$$;
create trigger enrollments_gone before delete on enrollments for each row execute function withdraw_before_delete();

-- What was said of skipping is asked anew by the engine, which counts in days of the schedule.
create function follow_auto_skip() returns trigger language plpgsql as $$
begin
  update tasks set skip_at = case when new.auto_skip_in_days is null then null else due_at end
   where team_id = new.team_id and step_id = new.id and status = 'scheduled' and created_from = 'sequence';
  return null;
end
$$;
create trigger sequence_steps_skipping after update on sequence_steps for each row
  when (new.auto_skip_in_days is distinct from old.auto_skip_in_days) execute function follow_auto_skip();

-- Sequences whose people are to be planned anew, because a schedule or a step's wait was changed; done in batches, by id.
create table replans (
  team_id      ident not null,
  sequence_id  ident not null,
  step_ids     text[], -- null: whichever step they wait at
  asked_at     timestamptz not null,
  done_until   text not null default '', -- whoever comes after this id is to be looked at
  primary key (team_id, sequence_id),
  foreign key (team_id, sequence_id) references sequences (team_id, id) on delete cascade
);
call guard_table('replans');

create procedure ask_to_replan(team text, sequence text, steps text[]) language plpgsql as $$
begin
  insert into replans as r (team_id, sequence_id, step_ids, asked_at) values (team, sequence, steps, cadenza_now())
  on conflict (team_id, sequence_id) do update
     set done_until = '',
         step_ids = case when r.step_ids is null or excluded.step_ids is null then null else r.step_ids || excluded.step_ids end;
end
$$;

create function replan_step() returns trigger language plpgsql as $$
begin
  call ask_to_replan(new.team_id::text, new.sequence_id::text, array[new.id::text]);
  return null;
end
$$;
-- A step that is of another kind now: what was to be done for the old one is not, and the engine looks at everybody again.
create function follow_step_type() returns trigger language plpgsql as $$
declare
  ids text[];
begin
  with again as (
    update enrollments set plan_at = due_at - interval '1 day'
     where team_id = new.team_id and current_step_id = new.id and state in ('active', 'paused')
    returning id)
  select array_agg(id::text) into ids from again;
  if ids is not null then
    call withdraw_tasks(array[new.team_id::text], ids, array_fill('moved'::text, array[cardinality(ids)]));
  end if;
  return null;
end
$$;
create trigger sequence_steps_of_another_kind after update on sequence_steps for each row
  when (new.type is distinct from old.type) execute function follow_step_type();

create trigger sequence_steps_replanned after update on sequence_steps for each row
  when ((new.wait_time, new.wait_mode, new.exact_at, new.type) is distinct from (old.wait_time, old.wait_mode, old.exact_at, old.type))
  execute function replan_step();

create function replan_sequence() returns trigger language plpgsql as $$
begin
  call ask_to_replan(new.team_id::text, new.id::text, null);
  return null;
end
$$;
create trigger sequences_replanned after update on sequences for each row
  when (new.schedule_id is distinct from old.schedule_id) execute function replan_sequence();

create function teams_with_tasks_to_skip(at timestamptz) returns table (team_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select t.id from teams t
     where exists (select from tasks k
                    where k.team_id = t.id and k.status = 'scheduled' and k.skip_at is not null and k.skip_at <= at);
  end;

create function teams_with_replans() returns table (team_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select distinct r.team_id::text from replans r;
  end;

grant create on schema public to cadenza_across;
alter function teams_with_tasks_to_skip owner to cadenza_across;
alter function teams_with_replans owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function teams_with_tasks_to_skip, teams_with_replans from public;
grant execute on function teams_with_tasks_to_skip, teams_with_replans to cadenza_app;
