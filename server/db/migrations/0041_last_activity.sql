-- How far the history has been read for when contacts and their companies were last active.
create table activity_cursors (
  team_id     ident primary key references teams (id),
  written_in  xid8 not null,
  position    bigint not null
);
call guard_table('activity_cursors');

create function teams_with_activity() returns table (team_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select t.id from teams t
      left join activity_cursors c on c.team_id = t.id
     where c.written_in > pg_snapshot_xmax(pg_current_snapshot()) -- from another server; and read from the beginning
        or exists (select from events e
                    where e.team_id = t.id and e.written_in < pg_snapshot_xmin(pg_current_snapshot())
                      and (e.written_in, e.position) > (coalesce(c.written_in, '3'), coalesce(c.position, 0)));
  end;
grant create on schema public to cadenza_across;
alter function teams_with_activity owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function teams_with_activity from public;
grant execute on function teams_with_activity to cadenza_app;
