-- For whoever checks: when the enrollment was due as its mail was let go, and what proves that a mail in doubt arrived.
alter table messages add column was_due_at timestamptz;

create view audit.dues as
  select m.id::text as send_id, m.was_due_at as due_at from messages m
   where m.dot_at is not null and m.was_due_at is not null and m.copy_of is null;

create view audit.doubts as
  select a.id::text as attempt_id, a.message_id::text as send_id, a.started_at, a.dot_at, a.outcome from send_attempts a;

create view audit.proofs as
  select e.message_id::text as send_id, e.at, e.type as kind from message_events e
   where e.type in ('open', 'click', 'pause', 'referral', 'unsubscribe')
  union all
  select i.message_id::text, i.received_at, i.kind from incoming_mails i
   where i.message_id is not null and i.certainty = 'sure' and i.tied_by in ('message_id', 'token');
grant select on audit.dues, audit.doubts, audit.proofs to cadenza_audit;
