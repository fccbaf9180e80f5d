-- Who has seen that a job failed. Each person marks it for themselves: the one who started it, and each admin.
create table progress_seen (
  team_id      ident not null references teams (id),
  progress_id  ident not null,
  user_id      ident not null,
  seen_at      timestamptz not null,
  primary key (team_id, progress_id, user_id),
  foreign key (team_id, progress_id) references progress (team_id, id) on delete cascade,
  foreign key (team_id, user_id) references users (team_id, id)
);
call guard_table('progress_seen');
create index progress_failed on progress (team_id, finished_at) where status = 'failed';
