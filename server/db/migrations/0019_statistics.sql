-- What goes by ids is planned once for a connection, and a table that was never counted is taken for empty then: the
-- plan reads all of a team to find a few of its rows, for as long as nobody counts. The server's own housekeeping comes round
-- once a minute at best, so a table that has doubled since is counted at once, while it is small. A large one is left to it: a plan for
-- twenty thousand rows is right for ten million.
--
-- Only who owns a table may count it, so this works as its owner; what it says is the table's name. Null: none is left.
create function count_grown_table() returns text
  language plpgsql security definer set search_path = public, pg_temp
as $$
declare
  wanted text;
begin
  perform set_config('lock_timeout', '200ms', true);
  if not pg_try_advisory_xact_lock(hashtextextended('counting tables', 0)) then
    return null; -- another engine is at it
  end if;
  select c.relname into wanted
    from pg_class c
   cross join lateral (select pg_relation_size(c.oid) / current_setting('block_size')::int as pages) now
   where c.relnamespace = 'public'::regnamespace and c.reltuples < 20000
     and c.relname in ('contacts', 'contact_emails', 'accounts', 'suppressions', 'enrollments', 'enrollment_states',
                       'messages', 'send_attempts', 'message_events', 'tasks', 'events')
     and now.pages > 2 * c.relpages + 32
   order by now.pages - c.relpages desc, c.relname
   limit 1;
  if wanted is not null then
    execute format('analyze %I', wanted);
  end if;
  return wanted;
exception when lock_not_available then
  return null; -- somebody is at work on the whole table, and has counted it when they are done
end
$$;
revoke execute on function count_grown_table from public;
grant execute on function count_grown_table to cadenza_app;

-- An attempt is written three times within a second: with room beside it, no index is touched again.
alter table send_attempts set (fillfactor = 50);
