-- A transaction that goes on with thousands of rows of its own counts them itself (`own`). Where it is taken back, as a promise is, how many
-- there were stays written down, and what was known of them does not. So a table is also counted where most of its rows were
-- written since, whatever room those have left that are gone, and where most of those that were counted are there no more.
create function count_grown_table(own boolean) returns text
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
     and (now.pages > 2 * c.relpages + 32
          or not own and pg_stat_get_mod_since_analyze(c.oid) > 2 * greatest(c.reltuples, 0) + 500
          or not own and c.reltuples > 2 * pg_stat_get_live_tuples(c.oid) + 1000)
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
revoke execute on function count_grown_table(boolean) from public;
grant execute on function count_grown_table(boolean) to cadenza_app;

create or replace function count_grown_table() returns text
  language sql security definer set search_path = public, pg_temp
as $$
  select count_grown_table(false)
$$;
