-- Until when the last reading of an inbox is taken for recent enough to send from its mailbox: by the database's clock, from the moment
-- at which that reading began.
alter table mailboxes add column inbox_read_at timestamptz, add column inbox_fresh_until timestamptz;

-- Of all connected mailboxes that are read: how many are behind, and how long ago the one was read that waits longest.
create function inbox_lag() returns table (behind bigint, longest_seconds float8)
  language sql volatile security definer set search_path = public, pg_temp
  begin atomic
    select count(*) filter (where b.inbox_fresh_until is null or b.inbox_fresh_until <= c.at),
           coalesce(extract(epoch from max(c.at - coalesce(b.inbox_read_at, b.created_at))), 0)
      from mailboxes b, (select cadenza_now() as at offset 0) c
     where b.revoked_at is null and b.is_active and b.imap_host is not null and b.type <> 'catcher';
  end;

grant create on schema public to cadenza_across;
alter function inbox_lag owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function inbox_lag from public;
grant execute on function inbox_lag to cadenza_app;
