-- The history of an enrollment leaves out what says nothing: when it ended, of one that has not ended, and when it was paused, of one that
-- is not. Half of what was written for each row was the names of such values, and to put them together took longer than to write them.
-- And where nobody waits for another sequence, nobody is looked for who does.

create or replace function follow_enrollments() returns trigger language plpgsql as $$
declare
  teams text[];
  unplanned text[];
  freed text[];
  waiting text[];
  moved text[];
  readdressed text[];
  addresses text[];
  gone text[];
  gone_from text[];
  reasons text[];
begin
  with changed as materialized (
    select n.team_id, n.id, n.contact_id, n.state, n.inactive_reason, n.current_step_id, n.state_since, n.plan_at,
           o.state as old_state, o.inactive_reason as old_reason, o.failure_reason as old_failure, o.current_step_id as old_step_id,
           o.mailbox_id as old_mailbox_id, o.due_at as old_due_at, o.paused_at as old_paused_at, o.resume_at as old_resume_at,
           o.finished_at as old_finished_at, o.failed_at as old_failed_at, o.removed_at as old_removed_at,
           o.state_since as old_since, o.plan_at as old_plan_at,
           n.state is distinct from o.state as is_otherwise,
           n.state is distinct from o.state or n.due_at is distinct from o.due_at or n.current_step_id is distinct from o.current_step_id
           or n.mailbox_id is distinct from o.mailbox_id or n.inactive_reason is distinct from o.inactive_reason
           or n.failure_reason is distinct from o.failure_reason or n.resume_at is distinct from o.resume_at as is_kept,
           n.state = 'active' and o.state = 'active' and n.mailbox_id is distinct from o.mailbox_id
             as is_moved,
           n.mailbox_id = o.mailbox_id and n.send_from_email is distinct from o.send_from_email as is_readdressed,
           o.send_from_email as old_send_from
      from rows_before o full join rows_after n on n.team_id = o.team_id and n.id = o.id
  ), states as (
    insert into enrollment_states (team_id, enrollment_id, from_at, to_at, state, reason)
    select team_id, id, old_since, state_since, old_state, old_reason from changed where is_otherwise and old_since < state_since
  ), history as (
    insert into row_history (team_id, subject_id, until_at, was)
    select team_id, id, cadenza_now(),
           jsonb_build_object('state', old_state, 'inactive_reason', old_reason, 'step_id', old_step_id, 'mailbox_id', old_mailbox_id,
             'due_at', old_due_at, 'resume_at', old_resume_at)
           || case when old_state = 'paused' or old_paused_at is not null
                   then jsonb_build_object('paused_at', old_paused_at) else '{}' end
           || case when old_state in ('active', 'paused') and old_failure is null
                        and coalesce(old_finished_at, old_failed_at, old_removed_at) is null then '{}'
                   else jsonb_build_object('failure_reason', old_failure, 'finished_at', old_finished_at, 'failed_at', old_failed_at,
                     'removed_at', old_removed_at) end
      from changed where is_kept
  )
  select array_agg(distinct team_id::text),
         array_agg(id::text) filter (where old_plan_at is null and old_state = 'active' and (state <> 'active' or plan_at is not null)),
         array_agg(contact_id::text) filter (where old_state in ('active', 'paused') and is_otherwise),
         array_agg(id::text) filter (where old_state in ('active', 'paused') and is_otherwise
                                       and state = 'paused' and inactive_reason = 'in another sequence'),
         array_agg(id::text) filter (where is_moved),
         array_agg(id::text) filter (where is_readdressed), array_agg(old_send_from) filter (where is_readdressed),
         array_agg(id::text) filter (where is_left), array_agg(old_step_id::text) filter (where is_left),
         array_agg(case when state in ('active', 'paused') then 'moved' else state end) filter (where is_left)
    into teams, unplanned, freed, waiting, moved, readdressed, addresses, gone, gone_from, reasons
    from (select *, old_state in ('active', 'paused')
                    and (state not in ('active', 'paused') or current_step_id is distinct from old_step_id) as is_left
            from changed) c
   where is_otherwise or is_kept or is_moved or is_readdressed or plan_at is distinct from old_plan_at;
  if moved is not null then
    call take_mails_along(teams, moved);
  end if;
  if readdressed is not null then
    call readdress_mails(teams, readdressed, addresses);
  end if;
  if unplanned is not null then
    update messages set delivery = 'cancelled', is_queued = false, next_check_at = null, hold_code = null, updated_at = cadenza_now()
     where team_id = any(teams) and enrollment_id = any(unplanned) and delivery = 'planned';
  end if;
  if freed is not null and exists (
    select from enrollments where team_id = any(teams) and state = 'paused' and inactive_reason = 'in another sequence') then
    call wake_who_waits(teams, freed, waiting);
  end if;
  if gone is not null then
    call withdraw_from_left_steps(teams, gone, gone_from, reasons);
  end if;
  return null;
end
$$;
