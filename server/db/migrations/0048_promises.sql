-- What was said of adding people before they were added, kept with the request that then did it.
create table promises (
  team_id      ident not null references teams (id),
  id           ident not null,
  sequence_id  ident not null,
  step_id      ident, -- the first step, which it is about
  user_id      ident not null,
  created_at   timestamptz not null,
  days         int not null,
  people       int not null,
  at_least     boolean not null,
  told         jsonb not null,
  request_id   ident, -- null: nobody has been added on it
  primary key (team_id, id),
  foreign key (team_id, sequence_id) references sequences (team_id, id) on delete cascade,
  foreign key (team_id, user_id) references users (team_id, id)
);
create index promises_of_sequence on promises (team_id, sequence_id, created_at desc) where request_id is not null;
create index promises_by_age on promises (team_id, created_at);
call guard_table('promises');
