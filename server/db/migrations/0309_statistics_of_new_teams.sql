-- Statistics know a table's teams as they were when it was last counted. PostgreSQL takes a team that has come since for one without
-- rows: then every index that begins with the team is as good as another, and to find a few rows all of the team are read, again for
-- each contact that is looked up. So a table is counted anew where a team has grown in it, however large the table is: at 500 rows of the
-- team, and when it has four times as many; from some thousands on every plan is right.
create table counted_teams (
  team_id    ident not null,
  table_name text not null,
  num_rows   int not null, -- when the table was last counted because of this team
  primary key (team_id, table_name),
  foreign key (team_id) references teams (id)
);
call guard_table('counted_teams');
create policy noting on counted_teams to cadenza_across using (true) with check (true);
grant insert, update on counted_teams to cadenza_across;

grant create on schema public to cadenza_across;

-- New rows stand in the last pages, mostly. Whose they are is told by a few of those, and how many a team has by its index.
create function take_grown_teams(wanted text) returns boolean
  language plpgsql security definer set search_path = public, pg_temp
as $$
declare
  first_page bigint := greatest(0, pg_relation_size(wanted::regclass) / current_setting('block_size')::int - 32);
  grown record;
  known int;
  found_rows int;
  is_any boolean := false;
begin
  for grown in execute format('select team_id from %I where ctid >= %L::tid group by 1 having count(*) >= 20', wanted, '(' || first_page || ',0)')
  loop
    select c.num_rows into known from counted_teams c where c.team_id = grown.team_id and c.table_name = wanted;
    known := coalesce(known, 0);
    continue when 4 * known + 500 > 10000;
    execute format('select count(*) from (select from %I where team_id = $1 limit 10000) r', wanted)
       into found_rows using grown.team_id;
    continue when found_rows < 4 * known + 500;
    insert into counted_teams (team_id, table_name, num_rows) values (grown.team_id, wanted, found_rows)
        on conflict (team_id, table_name) do update set num_rows = excluded.num_rows;
    is_any := true;
  end loop;
  return is_any;
end
$$;
revoke execute on function take_grown_teams(text) from public;
grant execute on function take_grown_teams(text) to current_user;
alter function take_grown_teams(text) owner to cadenza_across;
revoke create on schema public from cadenza_across;

create or replace function count_grown_table(own boolean) returns text
  language plpgsql security definer set search_path = public, pg_temp
as $$
declare
  wanted text;
  candidate record;
begin
  perform set_config('lock_timeout', '200ms', true);
  if not pg_try_advisory_xact_lock(hashtextextended('counting tables', 0)) then
    return null; -- another engine is doing it
  end if;
  for candidate in
    select c.relname, now.pages > 2 * c.relpages + 32
             or not own and pg_stat_get_mod_since_analyze(c.oid) > 2 * greatest(c.reltuples, 0) + 500
             or not own and c.reltuples > 2 * pg_stat_get_live_tuples(c.oid) + 1000 as is_other,
           own or pg_stat_get_mod_since_analyze(c.oid) >= 300 as may_have_grown, c.reltuples < 20000 as is_small
      from pg_class c
     cross join lateral (select pg_relation_size(c.oid) / current_setting('block_size')::int as pages) now
     where c.relnamespace = 'public'::regnamespace
       and c.relname in ('contacts', 'contact_emails', 'accounts', 'suppressions', 'enrollments', 'enrollment_states',
                         'messages', 'send_attempts', 'message_events', 'tasks', 'events')
     order by now.pages - c.relpages desc, c.relname
  loop
    if candidate.is_small and candidate.is_other then
      perform take_grown_teams(candidate.relname);
    elsif not candidate.may_have_grown or not take_grown_teams(candidate.relname) then
      continue;
    end if;
    wanted := candidate.relname;
    exit;
  end loop;
  if wanted is not null then
    execute format('analyze %I', wanted);
  end if;
  return wanted;
exception when lock_not_available then
  return null; -- the table is being analyzed, and then it is counted
end
$$;
