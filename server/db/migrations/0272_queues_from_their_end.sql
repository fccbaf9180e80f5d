-- Emails leave a queue from its front, and what has left stays there as dead entries until the table is vacuumed. Looked at from its end,
-- a queue shows at once that it has an email. The order is asked for in a query of its own, since `exists` pays no regard to one.
grant create on schema public to cadenza_across;
create or replace function mailboxes_with_queues() returns table (team_id text, mailbox_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select b.team_id, b.id from mailboxes b
     where (select m.id from messages m
             where m.team_id = b.team_id and m.mailbox_id = b.id and m.delivery = 'planned' and m.is_queued
             order by m.rank desc, m.enrollment_id desc, m.id desc limit 1) is not null;
  end;
revoke create on schema public from cadenza_across;
