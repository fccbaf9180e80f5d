-- What was foreseen, to be laid over what happened.
create table forecasts (
  team_id       ident not null references teams (id),
  id            ident not null,
  user_id       ident not null,
  created_at    timestamptz not null,
  days          int not null,
  seed          int not null,
  reply_rate    float8 not null,
  sequence_ids  text[] not null,
  what_if       jsonb not null,
  totals        jsonb not null,
  told          jsonb not null,
  primary key (team_id, id),
  foreign key (team_id, user_id) references users (team_id, id)
);
create index forecasts_by_time on forecasts (team_id, created_at desc, id desc);
call guard_table('forecasts');
