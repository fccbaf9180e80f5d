-- A team that moves in from Apollo, or from another server that speaks its API: one row for each source, and what was copied so far.
create table team_moves (
  team_id     ident not null,
  id          ident not null,
  user_id     ident not null, -- who started it; owns what has no owner here
  source      text not null, -- the address
  source_key  bytea, -- sealed; null once everything is copied
  with_notes  boolean not null,
  phase       text not null, -- what the last run does or did
  progress_id ident not null, -- the job of that run
  copy_id     ident not null, -- part of the idempotency keys; another one after undoing
  api_key_id  ident, -- with which that run calls our own API
  kind        text, -- what it is at, how far
  done        int not null default 0,
  total       int not null default 0,
  sent        jsonb, -- records in a call whose answer is not known yet
  report      jsonb,
  undone      jsonb,
  created_at  timestamptz not null,
  updated_at  timestamptz not null,
  primary key (team_id, id),
  check (phase in ('look', 'copy', 'undo')),
  foreign key (team_id) references teams (id),
  foreign key (team_id, user_id) references users (team_id, id),
  foreign key (team_id, progress_id) references progress (team_id, id) on delete cascade
);
call guard_table('team_moves');
create unique index team_moves_source on team_moves (team_id, source);
create index team_moves_user on team_moves (team_id, user_id);
create index team_moves_progress on team_moves (team_id, progress_id);

create table team_move_records (
  team_id   ident not null,
  move_id   ident not null,
  kind      text not null,
  from_id   text not null, -- at the source
  to_id     text not null, -- here
  made      boolean not null, -- false: it was there before
  primary key (team_id, move_id, kind, from_id),
  foreign key (team_id, move_id) references team_moves (team_id, id) on delete cascade
);
call guard_table('team_move_records');
