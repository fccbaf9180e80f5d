-- Which step of which list a mail was when it was let go. Lists are put in another order, and steps taken away under those who wait
-- there: whether one came before another is a question about the list of that moment, and not about today's.
alter table messages
  add column step_no int,
  add column step_order text;

grant create on schema audit to cadenza_across;
drop view audit.sends;
create view audit.sends as
  select m.id::text as send_id, m.team_id::text, m.enrollment_id::text, e.generation, m.contact_id::text, m.sequence_id::text,
         coalesce(m.step_no, p.position) as step_no, m.mailbox_id::text, m.to_email as to_address,
         m.internet_message_id as message_id, m.thread_root,
         case when m.delivery = 'cancelled' and c.position > p.position then 'skipped' else m.delivery end as state,
         m.due_at as scheduled_at, case when e.id is not null then m.dot_at end as dot_at,
         coalesce(m.completed_at, m.failed_at) as finished_at,
         m.schedule_tz, m.window_start, m.window_end, m.window_dows, m.min_gap,
         coalesce(m.step_order, (select md5(string_agg(o.id, ',' order by o.position)) from sequence_steps o
                                  where o.team_id = p.team_id and o.sequence_id = p.sequence_id
                                    and o.version_id is not distinct from p.version_id)) as step_order
    from messages m
    left join enrollments e on e.team_id = m.team_id and e.id = m.enrollment_id
    left join sequence_steps p on p.team_id = m.team_id and p.id = m.step_id
    left join sequence_steps c on c.team_id = e.team_id and c.id = e.current_step_id
   where m.delivery <> 'draft' and m.copy_of is null;
alter view audit.sends owner to cadenza_across;
grant select on audit.sends to cadenza_audit;
revoke create on schema audit from cadenza_across;
