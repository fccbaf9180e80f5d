-- What happened while a workflow was set aside, or could not be taken by it: it is looked at again once the workflow is tried again.
-- The place in the history is the team's, and does not wait for one workflow.
create table workflow_missed (
  team_id      ident not null,
  workflow_id  ident not null,
  event_id     ident not null,
  primary key (team_id, workflow_id, event_id),
  foreign key (team_id, workflow_id) references workflows (team_id, id) on delete cascade
);
call guard_table('workflow_missed');

-- Whatever a team has to do for its workflows, with what was missed.
grant create on schema public to cadenza_across;
create or replace function teams_with_workflow_work(at timestamptz) returns table (team_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select t.team_id
      from (select distinct w.team_id from workflows w) t
     where exists (select 1 from workflows w where w.team_id = t.team_id and w.is_active and w.next_run_at <= at)
        or exists (select 1 from workflow_payloads p where p.team_id = t.team_id and p.taken_at is null)
        or exists (select 1 from workflow_runs r where r.team_id = t.team_id and r.status = 'finding')
        or exists (select 1 from workflow_missed m where m.team_id = t.team_id)
        or exists (select 1 from workflow_found f
                    where f.team_id = t.team_id
                      and (f.runs_anyway
                        or exists (select 1 from workflows w
                                    where w.team_id = f.team_id and w.id = f.workflow_id and w.is_active)))
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
revoke create on schema public from cadenza_across;
