-- The ground everything stands on: ids, row security as one call per table, and the tables of
-- people, keys and what they did.

create domain ident as text collate "C" check (value ~ '^[0-9a-f]{24}$');

-- The team this transaction works for; null outside any team, and then nothing is visible.
create function current_team() returns text
  language sql stable parallel safe
  return nullif(current_setting('cadenza.team_id', true), '');

-- An id made in SQL, for statements that make many at once; the same shape as ids.ts makes.
create function new_ident() returns ident
  language sql volatile parallel safe
  return lpad(to_hex(extract(epoch from clock_timestamp())::bigint), 8, '0')
      || substr(replace(gen_random_uuid()::text, '-', ''), 1, 12)
      || substr(replace(gen_random_uuid()::text, '-', ''), 1, 4);

-- Puts a team's table under guard. Every migration that creates one calls this.
--
-- The application sees and writes rows of the current team only, and cannot move a row into
-- another. cadenza_across may read, for the functions it owns and the audit views.
create procedure guard_table(name regclass, column_name text default 'team_id')
  language plpgsql
as $$
begin
  execute format('alter table %s enable row level security', name);
  execute format('alter table %s force row level security', name);
  execute format(
    'create policy team on %s to cadenza_app using (%I = current_team()) with check (%I = current_team())',
    name, column_name, column_name
  );
  execute format('create policy across on %s for select to cadenza_across using (true)', name);
  execute format('grant select, insert, update, delete on %s to cadenza_app', name);
  execute format('grant select on %s to cadenza_across', name);
end
$$;

grant usage on schema public to cadenza_app, cadenza_across;

-- One row: this installation. The set-up token is kept as a hash, and gone once used. The
-- fingerprint tells a wrong key file from a right one before anything is decrypted with it.
create table installation (
  only_row              boolean primary key default true check (only_row),
  id                    ident not null,
  setup_token_hash      bytea,
  setup_completed_at    timestamptz,
  key_fingerprint       bytea,
  created_at            timestamptz not null
);
grant select, insert, update on installation to cadenza_app;

create table teams (
  id          ident primary key,
  name        text not null,
  time_zone   text not null default 'UTC',
  created_at  timestamptz not null,
  -- Whether mails end with a line to unsubscribe by, and its words. People may say otherwise for their own.
  includes_opt_out  boolean not null default false,
  opt_out_template  text
);
call guard_table('teams', 'id');

create table users (
  team_id            ident not null references teams (id),
  id                 ident not null,
  email              text not null,
  first_name         text,
  last_name          text,
  title              text,
  role               text not null check (role in ('admin', 'member')),
  is_operator        boolean not null default false,
  password_hash      text, -- null until the person has chosen one
  created_at         timestamptz not null,
  updated_at         timestamptz not null,
  last_signed_in_at  timestamptz,
  deactivated_at     timestamptz,
  includes_opt_out   boolean, -- null: as the team has it
  opt_out_template   text,
  primary key (team_id, id)
);
create unique index users_email on users (team_id, lower(email));
create index users_sign_in on users (lower(email)) where password_hash is not null;
call guard_table('users');

create table sessions (
  team_id     ident not null,
  id          ident not null,
  user_id     ident not null,
  token_hash  bytea not null unique,
  user_agent  text,
  address     text,
  created_at  timestamptz not null,
  expires_at  timestamptz not null,
  ended_at    timestamptz,
  primary key (team_id, id),
  foreign key (team_id, user_id) references users (team_id, id)
);
create index sessions_user on sessions (team_id, user_id);
create index sessions_expiry on sessions (team_id, expires_at);
call guard_table('sessions');

-- One-time links: to join, or to choose a new password.
create table invitations (
  team_id      ident not null,
  id           ident not null,
  user_id      ident not null,
  purpose      text not null check (purpose in ('join', 'reset')),
  token_hash   bytea not null unique,
  created_by   ident,
  created_at   timestamptz not null,
  expires_at   timestamptz not null,
  used_at      timestamptz,
  revoked_at   timestamptz,
  primary key (team_id, id),
  foreign key (team_id, user_id) references users (team_id, id),
  foreign key (team_id, created_by) references users (team_id, id)
);
create index invitations_user on invitations (team_id, user_id);
call guard_table('invitations');

create table api_keys (
  team_id       ident not null,
  id            ident not null,
  name          text not null,
  prefix        text not null,
  key_hash      bytea not null unique,
  is_master     boolean not null,
  is_bootstrap  boolean not null default false,
  scopes        text[] not null default '{}',
  user_id       ident, -- acts as this person; null: the team's longest-standing admin
  created_by    ident,
  created_at    timestamptz not null,
  last_used_at  timestamptz,
  expires_at    timestamptz,
  revoked_at    timestamptz,
  primary key (team_id, id),
  foreign key (team_id, user_id) references users (team_id, id),
  foreign key (team_id, created_by) references users (team_id, id),
  check (is_master or cardinality(scopes) > 0)
);
create index api_keys_user on api_keys (team_id, user_id);
call guard_table('api_keys');

-- Calls counted per endpoint in three windows at once, each opened by the first call in it.
create table api_usage (
  team_id         ident not null references teams (id),
  scope           text not null,
  minute_started  timestamptz not null,
  minute_count    bigint not null,
  hour_started    timestamptz not null,
  hour_count      bigint not null,
  day_started     timestamptz not null,
  day_count       bigint not null,
  primary key (team_id, scope)
);
call guard_table('api_usage');

-- What happened: one row per change, written in the change's own transaction, never altered.
--
-- A feed must neither miss a row nor show rows in a changing order. Positions are drawn before
-- commit, so a reader could pass over one that commits later; written_in lets a reader stop at
-- the oldest transaction still open.
create table events (
  team_id       ident not null references teams (id),
  id            ident not null,
  position      bigint generated always as identity,
  written_in    xid8 not null default pg_current_xact_id(),
  type          text not null,
  occurred_at   timestamptz not null,
  user_id       ident,
  api_key_id    ident,
  cause         text not null,
  address       text,
  request_id    text,
  subject_type  text not null,
  subject_id    ident not null,
  data          jsonb not null default '{}',
  primary key (team_id, id)
);
create index events_position on events (team_id, written_in, position);
create index events_subject on events (team_id, subject_id, position);
create index events_user on events (team_id, user_id, position);
call guard_table('events');
revoke update, delete on events from cadenza_app;

-- Whether somebody who asked for these types (`contact.created`, `contact.*`, `*`) means this one.
create function event_matches(type text, wanted text[]) returns boolean
  language sql immutable parallel safe
  return type = any(wanted) or '*' = any(wanted) or split_part(type, '.', 1) || '.*' = any(wanted);

-- Answers kept for 24 hours by Idempotency-Key, written in the transaction of their effect: an
-- effect without its answer, or an answer without its effect, cannot exist.
create table idempotent_answers (
  team_id        ident not null references teams (id),
  caller_id      ident not null,
  key            text not null,
  request_hash   bytea not null,
  status         int not null,
  answer         bytea not null, -- sealed: it may hold a key that is shown once
  created_at     timestamptz not null,
  primary key (team_id, caller_id, key)
);
create index idempotent_answers_age on idempotent_answers (team_id, created_at);
call guard_table('idempotent_answers');

-- Failed sign-ins by address of the account, known or not: kept as a hash, forgotten after a day.
create table sign_in_failures (
  account_hash    bytea primary key,
  failures        int not null,
  last_failed_at  timestamptz not null
);
create index sign_in_failures_age on sign_in_failures (last_failed_at);
grant select, insert, update, delete on sign_in_failures to cadenza_app;
