-- Whose turn it is, in the very order in which turns are taken. All whom a batch finds are due at one moment, so without the id
-- everybody who waited was read for each page of them.
drop index workflow_candidates_due;
create index workflow_candidates_due on workflow_candidates (team_id, due_at, id) where verdict = 'waiting';
-- Whom a day has taken is counted by its runs.
drop index workflow_candidates_day;

-- As 0034 has it, in an order that the planner may not turn round: it read the whole feed where nobody listens to it, and whoever
-- is due once for each workflow, several times a second.
create or replace function teams_with_workflow_work(at timestamptz) returns table (team_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select t.team_id
      from (select distinct w.team_id from workflows w) t
     where exists (select 1 from workflows w where w.team_id = t.team_id and w.is_active and w.next_run_at <= at)
        or exists (select 1 from workflow_payloads p where p.team_id = t.team_id and p.taken_at is null)
        or exists (select 1 from workflow_runs r where r.team_id = t.team_id and r.status = 'finding')
        or exists (select 1 from workflow_candidates c
                    where c.team_id = t.team_id and c.verdict = 'waiting' and c.due_at <= at
                      and (c.runs_anyway
                        or exists (select 1 from workflows w
                                    where w.team_id = c.team_id and w.id = c.workflow_id and w.is_active)))
        or exists (select 1
                     from (select k.team_id, k.written_in, k.position from workflow_cursors k
                            where k.team_id = t.team_id
                              and exists (select 1 from workflows w
                                           where w.team_id = k.team_id and w.is_active and w.trigger ->> 'is' = 'event')
                           offset 0) k
                    cross join lateral (
                      select 1 from events e
                       where e.team_id = k.team_id and (e.written_in, e.position) > (k.written_in, k.position)
                         and e.written_in < pg_snapshot_xmin(pg_current_snapshot())
                       order by e.written_in, e.position limit 1) e);
  end;
