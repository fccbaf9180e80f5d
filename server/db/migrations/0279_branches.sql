-- Branches: a step with a condition and two paths. What is on a path names its branch.

alter table sequence_steps
  add column parent_id ident, -- the branch on whose path it is
  add column path      text,
  add column condition jsonb, -- what decides between the paths of a branch
  drop constraint sequence_steps_type_check,
  add constraint sequence_steps_type_check check (type in ('auto_email', 'manual_email', 'call', 'action_item', 'linkedin_step_connect', 'linkedin_step_message', 'linkedin_step_view_profile', 'linkedin_step_interact_post', 'branch')),
  add constraint sequence_steps_path_check check (path in ('yes', 'no') and parent_id is not null or path is null and parent_id is null),
  add constraint sequence_steps_condition_check check ((type = 'branch') = (condition is not null)),
  add constraint sequence_steps_parent_fkey foreign key (team_id, parent_id) references sequence_steps (team_id, id) deferrable initially deferred;

-- Which path a contact took. Decided again only where the contact is moved back to the branch.
create table branch_decisions (
  team_id        ident not null,
  enrollment_id  ident not null,
  step_id        ident not null,
  path           text not null,
  held           boolean[] not null, -- of each rule, in their order, whether what it asks about was so
  decided_at     timestamptz not null,
  primary key (team_id, enrollment_id, step_id),
  check (path in ('yes', 'no')),
  foreign key (team_id) references teams (id),
  foreign key (team_id, enrollment_id) references enrollments (team_id, id) on delete cascade,
  foreign key (team_id, step_id) references sequence_steps (team_id, id) on delete cascade
);
create index branch_decisions_step on branch_decisions (team_id, step_id, path);
call guard_table('branch_decisions');

-- Contacts who wait at a branch whose condition changes are looked at again.
create function ask_again() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  update enrollments set plan_at = cadenza_now()
   where team_id = new.team_id and current_step_id = new.id and state = 'active' and plan_at > cadenza_now()
     and due_at <= cadenza_now();
  return null;
end
$$;
create trigger sequence_steps_asked after update on sequence_steps for each row
  when (new.condition is distinct from old.condition) execute function ask_again();

create or replace view reporting.steps as
  select id::text as step_id, sequence_id::text, position, type, wait_time, wait_mode, is_on, version_id::text as earlier_version_id,
         parent_id::text as branch_step_id, path
    from public.sequence_steps;
