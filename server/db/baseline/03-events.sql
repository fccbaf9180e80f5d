-- What happened: one row per change, written in the change's own transaction, never altered.
--
-- A feed must neither miss a row nor show rows in a changing order. Positions are drawn before
-- commit, so a reader could pass over one that commits later; written_in lets a reader stop at
-- the oldest transaction still open.
create table events (
  team_id            ident not null,
  id                 ident not null,
  position           bigint generated always as identity not null,
  written_in         xid8 not null default pg_current_xact_id(),
  type               text not null,
  occurred_at        timestamptz not null,
  user_id            ident,
  api_key_id         ident,
  cause              text not null,
  address            text,
  request_id         text,
  subject_type       text not null,
  subject_id         ident not null,
  data               jsonb not null default '{}',
  application_id     ident, -- The application that acted for the user.
  chain              text[], -- Through which workflows something came about, the first one first: so loops are seen.
  former_written_in  xid8,
  former_position    bigint,
  primary key (team_id, id),
  foreign key (team_id) references teams (id)
);
-- What happened to one contact in sequences, newest first.
create index events_contact on events (team_id, ((data ->> 'contact_id')), written_in desc, "position" desc) where data ? 'contact_id';
create index events_former on events (team_id, former_written_in, former_position) where former_position is not null;
create index events_position on events (team_id, written_in, "position");
-- Refused calls are few among millions of events, and admins search for them alone.
create index events_refused on events (team_id, written_in, "position") where type = 'access.refused';
create index events_sequence on events (team_id, ((data ->> 'sequence_id')), written_in desc, "position" desc) where data ? 'sequence_id';
create index events_subject on events (team_id, subject_id, "position");
create index events_user on events (team_id, user_id, "position");
call guard_table('events');
revoke update, delete on events from cadenza_app;
create policy reporting on events for select to cadenza_views using (team_id = (select reporting.team() as team));
grant select (team_id, id, type, occurred_at, user_id, cause, subject_type, subject_id, data) on events to cadenza_views;

-- Long work (`entity_progress_job`): what it is about, and how far it is.
create table progress (
  team_id       ident not null,
  id            ident not null,
  user_id       ident not null,
  job_type      text not null,
  entity_ids    text[] not null default '{}',
  params        jsonb not null default '{}', -- as the wire shows them
  instructions  jsonb not null default '{}', -- what the engine works by, in our own words
  status        text not null,
  total         int not null,
  done          int not null default 0,
  counts        jsonb not null default '{}',
  batch_size    int,
  failed_tries  int not null default 0, -- of the current batch
  error         text,
  result_path   text,
  created_at    timestamptz not null,
  updated_at    timestamptz not null,
  finished_at   timestamptz,
  primary key (team_id, id),
  check (status in ('pending', 'running', 'done', 'failed', 'cancelled')),
  foreign key (team_id) references teams (id),
  foreign key (team_id, user_id) references users (team_id, id)
);
create index progress_failed on progress (team_id, finished_at) where status = 'failed';
create index progress_status on progress (team_id, status, created_at);
call guard_table('progress');

-- One row per requested item, with exactly one outcome, written in the batch that made it.
create table progress_items (
  team_id      ident not null,
  progress_id  ident not null,
  position     int not null,
  item_key     text not null,
  outcome      text, -- null while it has not been its turn
  code         text,
  details      jsonb,
  primary key (team_id, progress_id, "position"),
  foreign key (team_id, progress_id) references progress (team_id, id) on delete cascade
);
create index progress_items_open on progress_items (team_id, progress_id, "position") where outcome is null;
-- The items that a job has yet to process.
create index progress_items_waiting on progress_items (team_id, item_key) where outcome is null;
call guard_table('progress_items');

-- Who has seen that a job failed. The user who started it and each admin mark it for themselves.
create table progress_seen (
  team_id      ident not null,
  progress_id  ident not null,
  user_id      ident not null,
  seen_at      timestamptz not null,
  primary key (team_id, progress_id, user_id),
  foreign key (team_id) references teams (id),
  foreign key (team_id, progress_id) references progress (team_id, id) on delete cascade,
  foreign key (team_id, user_id) references users (team_id, id)
);
call guard_table('progress_seen');

-- What the engine skips for now because it failed: one row or one team, for a time that grows with each failure. Everything else
-- continues.
create table set_aside (
  team_id     ident not null,
  loop        text not null,
  subject_id  text not null, -- the team's own id where the whole team is put aside
  tries       int not null,
  since       timestamptz not null,
  until       timestamptz not null,
  error_code  text,
  error       text not null,
  primary key (team_id, loop, subject_id),
  foreign key (team_id) references teams (id) on delete cascade
);
call guard_table('set_aside');

create table webhook_attempts (
  team_id          ident not null,
  subscription_id  ident not null,
  event_id         ident not null,
  attempt          int not null,
  at               timestamptz not null,
  status_code      int,
  error            text,
  took_ms          int,
  primary key (team_id, subscription_id, event_id, attempt)
);
call guard_table('webhook_attempts');

-- How far a team's events have been handed to its subscriptions.
create table webhook_cursors (
  team_id     ident primary key,
  written_in  xid8 not null,
  position    bigint not null,
  foreign key (team_id) references teams (id)
);
call guard_table('webhook_cursors');

-- One row per event and subscription, with its attempts beside it. A pending row is the job: an engine that claims it moves
-- next_attempt_at beyond the longest call, so the work of a killed process falls due again.
create table webhook_deliveries (
  team_id          ident not null,
  subscription_id  ident not null,
  event_id         ident not null,
  status           text not null,
  attempts         int not null default 0,
  next_attempt_at  timestamptz,
  created_at       timestamptz not null,
  finished_at      timestamptz,
  primary key (team_id, subscription_id, event_id),
  check ((status = 'pending') = (finished_at is null)),
  check (status in ('pending', 'delivered', 'given_up')),
  foreign key (team_id, event_id) references events (team_id, id)
);
create index webhook_deliveries_due on webhook_deliveries (team_id, subscription_id, next_attempt_at) where status = 'pending';
create index webhook_deliveries_newest on webhook_deliveries (team_id, subscription_id, created_at);
call guard_table('webhook_deliveries');

create table webhook_subscriptions (
  team_id          ident not null,
  id               ident not null,
  url              text not null,
  types            text[] not null,
  description      text,
  secret           bytea not null, -- sealed
  previous_secret  bytea, -- sealed; signs too while a rotation lasts
  rotated_at       timestamptz,
  is_active        boolean not null default true,
  inactive_reason  text,
  -- Events of transactions from here on are sent: those open when it was created or activated, and later ones.
  starts_in        pg_snapshot not null default pg_current_snapshot(),
  created_by       ident,
  created_at       timestamptz not null,
  updated_at       timestamptz not null,
  deleted_at       timestamptz, -- kept, so that its deliveries can still be accounted for
  starts_after     bigint,
  primary key (team_id, id),
  foreign key (team_id, created_by) references users (team_id, id),
  foreign key (team_id) references teams (id)
);
create index webhook_subscriptions_active on webhook_subscriptions (team_id) where is_active;
call guard_table('webhook_subscriptions');

-- How far a team's events have been read for workflow triggers.
create table workflow_cursors (
  team_id     ident primary key,
  written_in  xid8 not null,
  position    bigint not null,
  foreign key (team_id) references teams (id)
);
call guard_table('workflow_cursors');

alter table webhook_attempts add foreign key (team_id, subscription_id, event_id) references webhook_deliveries (team_id, subscription_id, event_id) on delete cascade;

alter table webhook_deliveries add foreign key (team_id, subscription_id) references webhook_subscriptions (team_id, id) on delete cascade;

-- Where a place of the epoch before is now: behind the last event that was not behind it.
create function restored_place(team text, was_written_in xid8, was_position bigint) returns bigint
  language sql stable
  begin atomic
    select coalesce((select e.position from events e
                      where e.team_id = team and e.former_position is not null
                        and (e.former_written_in, e.former_position) <= (was_written_in, was_position)
                      order by e.former_written_in desc, e.former_position desc limit 1), 0);
  end;

-- Across teams, for the operator: how many rows each loop skips for now.
create function set_aside_by_loop(now timestamptz) returns table (loop text, teams bigint, subjects bigint)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select a.loop, count(distinct a.team_id), count(*) from set_aside a where a.until > now group by a.loop;
  end;
grant create on schema public to cadenza_across;
alter function set_aside_by_loop(timestamp with time zone) owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function set_aside_by_loop(timestamp with time zone) from public;
grant execute on function set_aside_by_loop(timestamp with time zone) to cadenza_app;

-- Across teams, for the operator: the rows that each loop skips for now, by team.
create function set_aside_by_team(now timestamptz) returns table (team_id text, loop text, subjects bigint)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select a.team_id, a.loop, count(*) from set_aside a where a.until > now group by a.team_id, a.loop;
  end;
grant create on schema public to cadenza_across;
alter function set_aside_by_team(timestamp with time zone) owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function set_aside_by_team(timestamp with time zone) from public;
grant execute on function set_aside_by_team(timestamp with time zone) to cadenza_app;

-- Teams with events that are not handed to their subscriptions yet, or with deliveries that are due.
create function teams_with_webhook_work(at timestamptz) returns table (team_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select c.team_id
      from webhook_cursors c
     where exists (
             select 1 from events e
              where e.team_id = c.team_id
                and (e.written_in, e.position) > (c.written_in, c.position)
                and e.written_in < pg_snapshot_xmin(pg_current_snapshot())
                and exists (select 1 from webhook_subscriptions s where s.team_id = c.team_id and s.is_active))
        or exists (
             select 1 from webhook_subscriptions s
              join webhook_deliveries d on d.team_id = s.team_id and d.subscription_id = s.id
             where s.team_id = c.team_id and s.is_active and d.status = 'pending' and d.next_attempt_at <= at)
        or exists (
             select 1 from set_aside a
              join webhook_subscriptions s
                on s.team_id = a.team_id and s.is_active and s.id = split_part(a.subject_id, ' ', 2)
             where a.team_id = c.team_id and a.loop = 'send-webhooks' and a.until <= at
               and not exists (select 1 from webhook_deliveries d
                                where d.team_id = a.team_id and d.subscription_id = s.id
                                  and d.event_id = split_part(a.subject_id, ' ', 1)));
  end;
grant create on schema public to cadenza_across;
alter function teams_with_webhook_work(timestamp with time zone) owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function teams_with_webhook_work(timestamp with time zone) from public;
grant execute on function teams_with_webhook_work(timestamp with time zone) to cadenza_app;
