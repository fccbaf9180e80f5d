-- What the metrics and the findings of the whole installation are made of. It answers counts and ids, and no names or addresses.
create function installation_figures()
  returns table (figure text, team_id text, subject text, amount bigint, oldest_seconds float8)
  language sql volatile security definer set search_path = public, pg_temp
  begin atomic
    select 'queue', m.team_id::text, m.mailbox_id::text, count(*),
           extract(epoch from cadenza_now() - min(coalesce(m.next_check_at, m.due_at, m.created_at)))::float8
      from messages m where m.delivery = 'planned' and m.is_queued group by m.team_id, m.mailbox_id
    union all
    select 'held', null, m.hold_code, count(*), extract(epoch from cadenza_now() - min(m.held_since))::float8
      from messages m where m.delivery = 'planned' and m.hold_code is not null group by m.hold_code
    union all
    select 'unconfirmed', null, null, count(*), extract(epoch from cadenza_now() - min(m.released_at))::float8
      from messages m where m.delivery = 'unconfirmed'
    union all
    select 'webhooks', null, null, count(*), extract(epoch from cadenza_now() - min(d.created_at))::float8
      from webhook_deliveries d where d.status = 'pending'
    union all
    select 'mailboxes', null, case when b.is_active then 'active' else 'inactive' end, count(*), null
      from mailboxes b where b.revoked_at is null group by b.is_active
    union all
    select 'engines', null, null, count(*), null from engines e where engine_is_alive(e.id::text);
  end;
grant create on schema public to cadenza_across;
alter function installation_figures() owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function installation_figures() from public;
grant execute on function installation_figures() to cadenza_app;
