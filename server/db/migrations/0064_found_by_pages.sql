-- Whom a batch has found and nobody has come to yet, in the order in which they were found. They become candidates as their first
-- action is done, so each is written once. Whatever holds them up makes candidates of them who wait.
create table workflow_found (
  team_id      ident not null,
  run_id       ident not null,
  page         int not null,
  workflow_id  ident not null,
  version      int not null,
  runs_anyway  boolean not null,
  found_at     timestamptz not null,
  entities   text[] not null,
  contacts  text[] not null,
  owners    text[] not null,
  primary key (team_id, run_id, page),
  foreign key (team_id, run_id) references workflow_runs (team_id, id) on delete cascade
);
create index workflow_found_of on workflow_found (team_id, workflow_id);
call guard_table('workflow_found');

-- As 0056 has it, with those found.
create or replace function teams_with_workflow_work(at timestamptz) returns table (team_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select t.team_id
      from (select distinct w.team_id from workflows w) t
     where exists (select 1 from workflows w where w.team_id = t.team_id and w.is_active and w.next_run_at <= at)
        or exists (select 1 from workflow_payloads p where p.team_id = t.team_id and p.taken_at is null)
        or exists (select 1 from workflow_runs r where r.team_id = t.team_id and r.status = 'finding')
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
