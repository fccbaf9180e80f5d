-- Whoever stands at no step of their sequence is found without reading everybody.
create index enrollments_lost on enrollments (team_id, sequence_id)
  where current_step_id is null and state in ('active', 'paused', 'failed');

-- A mailbox that was taken away is looked at as well: its mails are waited for three days, and then they are given up by name.
create or replace function mailboxes_with_queues() returns table (team_id text, mailbox_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select b.team_id, b.id from mailboxes b
     where exists (select from messages m
                    where m.team_id = b.team_id and m.mailbox_id = b.id and m.delivery = 'planned' and m.is_queued);
  end;
