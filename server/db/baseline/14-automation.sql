create table copilot_proposals (
  team_id        ident not null,
  id             ident not null,
  copilot_id     ident not null,
  contact_id     ident not null,
  day            date not null,
  position       int not null,
  score          int not null, -- as it was
  rank           int not null, -- with all that was added
  reasons        jsonb not null,
  traits         jsonb not null, -- what is learnt from, as it was seen
  mailbox_id     ident, -- null: one of the copilot's, in turn
  state          text not null default 'proposed',
  why            text, -- the reason given with a rejection, or why the contact was not added
  enrollment_id  ident,
  decided_at     timestamptz,
  decided_by     ident,
  created_at     timestamptz not null,
  primary key (team_id, id),
  unique (team_id, copilot_id, contact_id),
  check (state in ('proposed', 'approved', 'rejected', 'left_out')),
  foreign key (team_id, contact_id) references contacts (team_id, id) on delete cascade,
  foreign key (team_id, decided_by) references users (team_id, id),
  foreign key (team_id, mailbox_id) references mailboxes (team_id, id)
);
create index copilot_proposals_by_state on copilot_proposals (team_id, copilot_id, state, day desc, "position");
create index copilot_proposals_contact on copilot_proposals (team_id, contact_id);
call guard_table('copilot_proposals');

create table copilots (
  team_id      ident not null,
  id           ident not null,
  user_id      ident not null, -- in whose name people join
  name         text not null,
  filters      jsonb not null default '{}', -- as contacts are searched for, in the wire's words
  example_ids  text[] not null default '{}', -- contacts: more like these
  sequence_id  ident not null,
  mailbox_ids  text[] not null,
  per_day      int not null,
  is_reviewed  boolean not null, -- a user approves before contacts are added
  hour         int not null, -- by the team's clock
  is_active    boolean not null default false,
  propose_at   timestamptz, -- null while it is off
  proposed_on  date, -- by the team's calendar: once a day
  said         text, -- why the last day brought fewer than it might have
  created_at   timestamptz not null,
  updated_at   timestamptz not null,
  api_key_id   ident,
  grant_id     ident,
  primary key (team_id, id),
  check ((hour >= 0) and (hour <= 23)),
  check ((per_day >= 1) and (per_day <= 200)),
  foreign key (team_id, api_key_id) references api_keys (team_id, id),
  foreign key (team_id) references teams (id),
  foreign key (team_id, grant_id) references oauth_grants (team_id, id),
  foreign key (team_id, sequence_id) references sequences (team_id, id),
  foreign key (team_id, user_id) references users (team_id, id)
);
create index copilots_due on copilots (team_id, propose_at) where is_active;
call guard_table('copilots');

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
  verdict       text not null,
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
  runs_anyway   boolean not null default false, -- started by a user, also while the workflow is off
  created_at    timestamptz not null,
  finished_at   timestamptz,
  primary key (team_id, id),
  constraint workflow_candidates_once unique (team_id, workflow_id, entity_id, trigger_key),
  check ((verdict = 'waiting') = (finished_at is null)),
  check ((verdict = 'waiting') = (next_step is not null)),
  check (verdict in ('waiting', 'done', 'skipped', 'failed'))
);
create index workflow_candidates_due on workflow_candidates (team_id, due_at, id) where verdict = 'waiting';
create index workflow_candidates_run on workflow_candidates (team_id, run_id, verdict, id);
call guard_table('workflow_candidates');

-- What a batch has found and no engine has processed yet, in the order found. A row becomes a candidate when its first action is
-- done, so each is written once. When something holds the batch up, waiting rows become candidates too.
create table workflow_found (
  team_id      ident not null,
  run_id       ident not null,
  page         int not null,
  workflow_id  ident not null,
  version      int not null,
  runs_anyway  boolean not null,
  found_at     timestamptz not null,
  entities     text[] not null,
  contacts     text[] not null,
  owners       text[] not null,
  primary key (team_id, run_id, page)
);
create index workflow_found_of on workflow_found (team_id, workflow_id);
call guard_table('workflow_found');

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
  foreign key (team_id, contact_id) references contacts (team_id, id) on delete cascade,
  foreign key (team_id, user_id) references users (team_id, id)
);
create index workflow_notices_contact on workflow_notices (team_id, contact_id);
create index workflow_notices_newest on workflow_notices (team_id, user_id, created_at, id);
call guard_table('workflow_notices');

-- Data that came by webhook. It is deleted with its contact.
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
  foreign key (team_id, contact_id) references contacts (team_id, id) on delete cascade
);
create index workflow_payloads_contact on workflow_payloads (team_id, contact_id);
create index workflow_payloads_lately on workflow_payloads (team_id, workflow_id, received_at);
create index workflow_payloads_waiting on workflow_payloads (team_id, received_at) where taken_at is null;
call guard_table('workflow_payloads');

create table workflow_results (
  team_id       ident not null,
  candidate_id  ident not null,
  step          text not null,
  type          text not null,
  outcome       text not null,
  code          text,
  data          jsonb not null default '{}',
  at            timestamptz not null,
  primary key (team_id, candidate_id, step),
  check (outcome in ('done', 'skipped', 'failed')),
  foreign key (team_id, candidate_id) references workflow_candidates (team_id, id) on delete cascade
);
call guard_table('workflow_results');

create table workflow_runs (
  team_id        ident not null,
  id             ident not null,
  workflow_id    ident not null,
  version        int not null,
  cause          text not null,
  trigger_key    text not null,
  status         text not null,
  scheduled_for  timestamptz,
  num_missed     int not null default 0,
  num_found      int not null default 0,
  num_left_over  int not null default 0,
  entity_ids     text[], -- where the caller named them
  error          text,
  started_at     timestamptz not null,
  finished_at    timestamptz,
  -- How many candidates of a run are in each state, kept with the run by every writer: a client that follows a run asks several times
  -- a second, and each time all candidates were read. By verdict, and by reason where there is one.
  counts         jsonb not null default '{}',
  primary key (team_id, id),
  unique (team_id, workflow_id, trigger_key),
  check (cause in ('schedule', 'event', 'webhook', 'manual', 'rerun')),
  check (status in ('finding', 'running', 'done', 'failed', 'cancelled'))
);
create index workflow_runs_newest on workflow_runs (team_id, workflow_id, started_at, id);
create index workflow_runs_open on workflow_runs (team_id, status) where status in ('finding', 'running');
call guard_table('workflow_runs');

create table workflow_versions (
  team_id      ident not null,
  workflow_id  ident not null,
  version      int not null,
  definition   jsonb not null,
  user_id      ident not null,
  created_at   timestamptz not null,
  primary key (team_id, workflow_id, version)
);
call guard_table('workflow_versions');

create table workflows (
  team_id          ident not null,
  id               ident not null,
  user_id          ident not null, -- acted for
  name             text not null,
  entity           text not null,
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
  archived_at      timestamptz, -- An archived workflow: it takes no records and does nothing; its runs can still be read.
  api_key_id       ident,
  grant_id         ident,
  starts_after     bigint,
  primary key (team_id, id),
  constraint archived_is_off check ((archived_at is null) or (not is_active)),
  check (entity in ('contact', 'person', 'account')),
  foreign key (team_id, api_key_id) references api_keys (team_id, id),
  foreign key (team_id) references teams (id),
  foreign key (team_id, grant_id) references oauth_grants (team_id, id),
  foreign key (team_id, user_id) references users (team_id, id)
);
create index workflows_due on workflows (team_id, next_run_at) where is_active;
create unique index workflows_hooks on workflows (hook_token_hash);
call guard_table('workflows');

alter table model_suggestions add foreign key (team_id, proposal_id) references copilot_proposals (team_id, id) on delete cascade;

alter table copilot_proposals add foreign key (team_id, copilot_id) references copilots (team_id, id) on delete cascade;

alter table workflow_candidates add foreign key (team_id, run_id) references workflow_runs (team_id, id) on delete cascade;

alter table workflow_found add foreign key (team_id, run_id) references workflow_runs (team_id, id) on delete cascade;

alter table workflow_notices add foreign key (team_id, workflow_id) references workflows (team_id, id) on delete cascade;

alter table workflow_payloads add foreign key (team_id, workflow_id) references workflows (team_id, id) on delete cascade;

alter table workflow_runs add foreign key (team_id, workflow_id, version) references workflow_versions (team_id, workflow_id, version) on delete cascade;

alter table workflow_versions add foreign key (team_id, workflow_id) references workflows (team_id, id) on delete cascade;

-- Whose webhook this is, asked before a team is known.
create function find_workflow_hook(hash bytea) returns table (team_id text, workflow_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select w.team_id, w.id from workflows w where w.hook_token_hash = hash;
  end;
grant create on schema public to cadenza_across;
alter function find_workflow_hook(bytea) owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function find_workflow_hook(bytea) from public;
grant execute on function find_workflow_hook(bytea) to cadenza_app;

create function teams_with_copilots_due(at timestamptz) returns table (team_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select t.id from teams t
     where exists (select from copilots c where c.team_id = t.id and c.is_active and c.propose_at <= at);
  end;
grant create on schema public to cadenza_across;
alter function teams_with_copilots_due(timestamp with time zone) owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function teams_with_copilots_due(timestamp with time zone) from public;
grant execute on function teams_with_copilots_due(timestamp with time zone) to cadenza_app;

-- As 0056 has it, with those found.
create function teams_with_workflow_work(at timestamptz) returns table (team_id text)
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
grant create on schema public to cadenza_across;
alter function teams_with_workflow_work(timestamp with time zone) owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function teams_with_workflow_work(timestamp with time zone) from public;
grant execute on function teams_with_workflow_work(timestamp with time zone) to cadenza_app;
