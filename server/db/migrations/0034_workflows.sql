-- Workflows: what is done by itself with whomever it concerns.
--
-- Rows are the jobs. A candidate is there once for each workflow, trigger and record, whoever finds it how often; what was
-- done to it stands in a row per step, written in the transaction of its effect. So a process that is killed leaves whole
-- steps behind it, and the next one goes on where it was.

-- Through which workflows something came about, the first one first: so loops are seen.
alter table events add column chain text[];

create table workflows (
  team_id          ident not null references teams (id),
  id               ident not null,
  user_id          ident not null, -- acted for
  name             text not null,
  entity           text not null check (entity in ('contact', 'person', 'account')),
  version          int not null,
  trigger          jsonb not null, -- of this version
  is_active        boolean not null default false,
  inactive_reason  text,
  next_run_at      timestamptz,
  hook_token_hash  bytea,
  secret           bytea not null, -- sealed
  -- Events of transactions from here on trigger it: those open when it was switched on, and later ones.
  starts_in        pg_snapshot not null default pg_current_snapshot(),
  created_at       timestamptz not null,
  updated_at       timestamptz not null,
  activated_at     timestamptz,
  primary key (team_id, id),
  foreign key (team_id, user_id) references users (team_id, id)
);
create index workflows_due on workflows (team_id, next_run_at) where is_active;
create unique index workflows_hooks on workflows (hook_token_hash);
call guard_table('workflows');

create table workflow_versions (
  team_id      ident not null,
  workflow_id  ident not null,
  version      int not null,
  definition   jsonb not null,
  user_id      ident not null,
  created_at   timestamptz not null,
  primary key (team_id, workflow_id, version),
  foreign key (team_id, workflow_id) references workflows (team_id, id) on delete cascade
);
call guard_table('workflow_versions');

-- How far a team's events have been looked through for those that trigger something.
create table workflow_cursors (
  team_id     ident primary key references teams (id),
  written_in  xid8 not null,
  position    bigint not null
);
call guard_table('workflow_cursors');

create table workflow_runs (
  team_id        ident not null,
  id             ident not null,
  workflow_id    ident not null,
  version        int not null,
  cause          text not null check (cause in ('schedule', 'event', 'webhook', 'manual', 'rerun')),
  trigger_key    text not null,
  status         text not null check (status in ('finding', 'running', 'done', 'failed', 'cancelled')),
  scheduled_for  timestamptz,
  num_missed     int not null default 0,
  num_found      int not null default 0,
  num_left_over  int not null default 0,
  entity_ids     text[], -- where somebody named them
  error          text,
  started_at     timestamptz not null,
  finished_at    timestamptz,
  primary key (team_id, id),
  unique (team_id, workflow_id, trigger_key),
  foreign key (team_id, workflow_id, version) references workflow_versions (team_id, workflow_id, version) on delete cascade
);
create index workflow_runs_newest on workflow_runs (team_id, workflow_id, started_at, id);
create index workflow_runs_open on workflow_runs (team_id, status) where status in ('finding', 'running');
call guard_table('workflow_runs');

create table workflow_candidates (
  team_id       ident not null,
  id            ident not null,
  workflow_id   ident not null,
  run_id        ident not null,
  version       int not null,
  trigger_key   text not null,
  entity_id     ident not null,
  contact_id    ident, -- who it is by now, where actions are about contacts
  owner_id      ident, -- of the record, when it was taken
  verdict       text not null check (verdict in ('waiting', 'done', 'skipped', 'failed')),
  code          text,
  filters       jsonb not null default '[]',
  event_id      ident,
  payload_id    ident,
  payload_hash  text,
  chain         text[] not null,
  next_step     text,
  due_at        timestamptz,
  held_up       text,
  tries         int not null default 0,
  runs_anyway   boolean not null default false, -- asked for by somebody, also while the workflow is off
  created_at    timestamptz not null,
  finished_at   timestamptz,
  primary key (team_id, id),
  unique (team_id, workflow_id, trigger_key, entity_id),
  foreign key (team_id, run_id) references workflow_runs (team_id, id) on delete cascade,
  check ((verdict = 'waiting') = (finished_at is null)),
  check ((verdict = 'waiting') = (next_step is not null))
);
create index workflow_candidates_due on workflow_candidates (team_id, due_at) where verdict = 'waiting';
create index workflow_candidates_entity on workflow_candidates (team_id, workflow_id, entity_id, created_at);
create index workflow_candidates_day on workflow_candidates (team_id, workflow_id, created_at);
create index workflow_candidates_run on workflow_candidates (team_id, run_id, verdict, id);
call guard_table('workflow_candidates');

create table workflow_results (
  team_id       ident not null,
  candidate_id  ident not null,
  step          text not null,
  type          text not null,
  outcome       text not null check (outcome in ('done', 'skipped', 'failed')),
  code          text,
  data          jsonb not null default '{}',
  at            timestamptz not null,
  primary key (team_id, candidate_id, step),
  foreign key (team_id, candidate_id) references workflow_candidates (team_id, id) on delete cascade
);
call guard_table('workflow_results');

-- What came by webhook. Whom it is about takes it along when they are deleted.
create table workflow_payloads (
  team_id      ident not null,
  id           ident not null,
  workflow_id  ident not null,
  contact_id   ident,
  body         jsonb not null,
  hash         text not null,
  received_at  timestamptz not null,
  taken_at     timestamptz,
  outcome      text,
  primary key (team_id, id),
  foreign key (team_id, workflow_id) references workflows (team_id, id) on delete cascade,
  foreign key (team_id, contact_id) references contacts (team_id, id) on delete cascade
);
create index workflow_payloads_waiting on workflow_payloads (team_id, received_at) where taken_at is null;
create index workflow_payloads_lately on workflow_payloads (team_id, workflow_id, received_at);
create index workflow_payloads_contact on workflow_payloads (team_id, contact_id);
call guard_table('workflow_payloads');

create table workflow_notices (
  team_id       ident not null,
  id            ident not null,
  user_id       ident not null,
  workflow_id   ident not null,
  candidate_id  ident not null,
  entity_id     ident not null,
  contact_id    ident,
  text          text not null,
  created_at    timestamptz not null,
  read_at       timestamptz,
  primary key (team_id, id),
  foreign key (team_id, user_id) references users (team_id, id),
  foreign key (team_id, workflow_id) references workflows (team_id, id) on delete cascade,
  foreign key (team_id, contact_id) references contacts (team_id, id) on delete cascade
);
create index workflow_notices_newest on workflow_notices (team_id, user_id, created_at, id);
create index workflow_notices_contact on workflow_notices (team_id, contact_id);
call guard_table('workflow_notices');

-- Teams in which something is to be done: an event nobody has looked at, a payload nobody has taken, a time that has come, a
-- run that is looking for its candidates, a candidate whose next step is due.
create function teams_with_workflow_work(at timestamptz) returns table (team_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select t.team_id
      from (select distinct w.team_id from workflows w) t
     where exists (select 1 from workflows w where w.team_id = t.team_id and w.is_active and w.next_run_at <= at)
        or exists (select 1 from workflow_payloads p where p.team_id = t.team_id and p.taken_at is null)
        or exists (select 1 from workflow_runs r where r.team_id = t.team_id and r.status = 'finding')
        or exists (select 1 from workflow_candidates c
                     join workflows w on w.team_id = c.team_id and w.id = c.workflow_id
                    where c.team_id = t.team_id and c.verdict = 'waiting' and c.due_at <= at
                      and (w.is_active or c.runs_anyway))
        or exists (select 1
                     from workflow_cursors k
                     join events e on e.team_id = k.team_id
                      and (e.written_in, e.position) > (k.written_in, k.position)
                      and e.written_in < pg_snapshot_xmin(pg_current_snapshot())
                    where k.team_id = t.team_id
                      and exists (select 1 from workflows w
                                   where w.team_id = k.team_id and w.is_active and w.trigger ->> 'is' = 'event'));
  end;

-- Whose webhook this is, asked before a team is known.
create function find_workflow_hook(hash bytea) returns table (team_id text, workflow_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select w.team_id, w.id from workflows w where w.hook_token_hash = hash;
  end;

grant create on schema public to cadenza_across;
alter function teams_with_workflow_work owner to cadenza_across;
alter function find_workflow_hook owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function teams_with_workflow_work from public;
revoke execute on function find_workflow_hook from public;
grant execute on function teams_with_workflow_work to cadenza_app;
grant execute on function find_workflow_hook to cadenza_app;

-- As 0009 has it, with the places of workflows too.
create or replace procedure welcome_restored_events()
  language plpgsql
as $$
declare
  here text := (select system_identifier::text from pg_control_system());
begin
  if exists (select 1 from written_by where system_identifier = here) then
    return;
  end if;
  -- The owner is under row security like everybody, except for as long as this takes.
  alter table events no force row level security;
  alter table webhook_cursors no force row level security;
  alter table webhook_subscriptions no force row level security;
  alter table workflow_cursors no force row level security;
  alter table workflows no force row level security;
  update webhook_cursors c
     set written_in = '3',
         position = (select coalesce(max(e.position), 0) from events e
                      where e.team_id = c.team_id and (e.written_in, e.position) <= (c.written_in, c.position));
  update webhook_subscriptions set starts_in = '3:3:';
  update workflow_cursors c
     set written_in = '3',
         position = (select coalesce(max(e.position), 0) from events e
                      where e.team_id = c.team_id and (e.written_in, e.position) <= (c.written_in, c.position));
  update workflows set starts_in = '3:3:';
  update events set written_in = '3';
  alter table events force row level security;
  alter table webhook_cursors force row level security;
  alter table webhook_subscriptions force row level security;
  alter table workflow_cursors force row level security;
  alter table workflows force row level security;
  update written_by set system_identifier = here;
end
$$;
