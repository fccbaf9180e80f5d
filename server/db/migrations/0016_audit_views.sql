-- What was sent, when and on whose word, for whoever checks us from outside. The columns are a promise to them.

-- Whoever is stopped twice was stopped the first time.
create or replace function note_stop() returns trigger language plpgsql as $$
begin
  if old.stopped_at is null
     or not (old.email_unsubscribed is true or old.do_not_contact or old.bounced_at is not null) then
    new.stopped_at := cadenza_now();
  end if;
  return new;
end
$$;

grant create on schema audit to cadenza_across;

-- Drafts are no sends, and whoever stands in copy gets a mail that is somebody else's slot. Of a mail outside a sequence,
-- or to somebody who was deleted, there is no time in a sequence against which its dot could be held. A step that was
-- passed over has been skipped, whatever was planned for it.
create view audit.sends as
  select m.id::text as send_id, m.team_id::text, m.enrollment_id::text, e.generation, m.contact_id::text, m.sequence_id::text,
         p.position as step_no, m.mailbox_id::text, m.to_email as to_address, m.internet_message_id as message_id, m.thread_root,
         case when m.delivery = 'cancelled' and c.position > p.position then 'skipped' else m.delivery end as state,
         m.due_at as scheduled_at, case when e.id is not null then m.dot_at end as dot_at,
         coalesce(m.completed_at, m.failed_at) as finished_at,
         m.schedule_tz, m.window_start, m.window_end, m.window_dows, m.min_gap
    from messages m
    left join enrollments e on e.team_id = m.team_id and e.id = m.enrollment_id
    left join sequence_steps p on p.team_id = m.team_id and p.id = m.step_id
    left join sequence_steps c on c.team_id = e.team_id and c.id = e.current_step_id
   where m.delivery <> 'draft' and m.copy_of is null;

-- What nobody could know at its end, and what was looked for long after and not found, or was given up by the mail's
-- owner, has no dot that counts.
create view audit.attempts as
  select a.id::text as attempt_id, a.message_id::text as send_id, a.started_at,
         case when a.proved_absent_at is null then a.dot_at end as dot_at, a.ended_at, a.outcome, a.smtp_code
    from send_attempts a
    join messages m on m.team_id = a.team_id and m.id = a.message_id and m.copy_of is null;

-- Only what still holds: not what somebody took back, resumed or began anew.
create view audit.stops as
  select c.id || ' ' || k.kind || ' ' || a.address as stop_id, c.team_id::text, c.id::text as contact_id,
         null::text as enrollment_id, a.address, k.kind, c.stopped_at as committed_at
    from contacts c
    cross join lateral (values ('unsubscribe', c.email_unsubscribed is true), ('do_not_contact', c.do_not_contact),
                               ('hard_bounce', c.bounced_at is not null)) as k (kind, holds)
    cross join lateral (select lower(c.email) as address where c.email is not null
                        union
                        select lower(x.email) from contact_emails x
                         where x.team_id = c.team_id and x.contact_id = c.id and k.kind <> 'hard_bounce') as a
   where k.holds and c.stopped_at is not null
  union all
  select s.id::text, s.team_id::text, null, null, s.value,
         case s.source when 'unsubscribe' then 'unsubscribe' when 'bounce' then 'hard_bounce' when 'complaint' then 'complaint'
                       else 'do_not_contact' end,
         s.in_force_from
    from suppressions s
   where s.kind = 'email'
  union all
  select e.id::text, e.team_id::text, e.contact_id::text, e.id::text, null,
         case when e.state = 'removed' then 'removed' when e.inactive_reason = 'replied' then 'reply' else 'finished' end,
         e.state_since
    from enrollments e
   where e.state in ('finished', 'removed');

create view audit.enrollment_states as
  select h.enrollment_id::text, h.team_id::text, e.sequence_id::text, e.contact_id::text, h.state as status, h.from_at, h.to_at
    from enrollment_states h
    join enrollments e on e.team_id = h.team_id and e.id = h.enrollment_id
  union all
  select e.id::text, e.team_id::text, e.sequence_id::text, e.contact_id::text, e.state, e.state_since, null
    from enrollments e;

create view audit.mailboxes as
  select id::text as mailbox_id, team_id::text, daily_limit, hourly_limit
    from mailboxes;

-- An event that nobody has subscribed to has ended, in nobody's hands.
create or replace view audit.event_deliveries as
  select d.event_id::text, d.subscription_id::text as endpoint_id, coalesce(a.attempt, 0) as attempt,
         case when a.attempt is null then d.status
              when a.status_code between 200 and 299 then 'delivered'
              else 'failed' end as status,
         coalesce(a.at, d.finished_at, d.created_at) as at,
         d.status <> 'pending' and coalesce(a.attempt, 0) = max(coalesce(a.attempt, 0)) over (
           partition by d.team_id, d.subscription_id, d.event_id) as terminal,
         d.team_id::text
    from webhook_deliveries d
    left join webhook_attempts a
      on a.team_id = d.team_id and a.subscription_id = d.subscription_id and a.event_id = d.event_id
  union all
  select e.id::text, null, 0, 'not_subscribed', e.occurred_at, true, e.team_id::text
    from events e
   where not exists (select from webhook_deliveries d where d.team_id = e.team_id and d.event_id = e.id)
     and not exists (select from webhook_subscriptions s
                      where s.team_id = e.team_id and s.is_active and event_matches(e.type, s.types)
                        and not pg_visible_in_snapshot(e.written_in, s.starts_in));

alter view audit.sends owner to cadenza_across;
alter view audit.attempts owner to cadenza_across;
alter view audit.stops owner to cadenza_across;
alter view audit.enrollment_states owner to cadenza_across;
alter view audit.mailboxes owner to cadenza_across;
grant select on audit.sends, audit.attempts, audit.stops, audit.enrollment_states, audit.mailboxes to cadenza_audit;
revoke create on schema audit from cadenza_across;
