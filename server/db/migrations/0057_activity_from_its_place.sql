-- As 0041 has it, from its place on: the planner, sure to meet something new at once, read the whole feed where there was nothing.
create or replace function teams_with_activity() returns table (team_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select t.id from teams t
      left join activity_cursors c on c.team_id = t.id
     where c.written_in > pg_snapshot_xmax(pg_current_snapshot()) -- from another server; and read from the beginning
        or exists (select from (
             select from events e
              where e.team_id = t.id and e.written_in < pg_snapshot_xmin(pg_current_snapshot())
                and (e.written_in, e.position) > (coalesce(c.written_in, '3'), coalesce(c.position, 0))
              order by e.written_in, e.position limit 1) news);
  end;
