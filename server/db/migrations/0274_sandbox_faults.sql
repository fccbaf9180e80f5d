-- What goes wrong in a sandbox: of the entries that match and have times left, the first one happens.
create table sandbox_faults (
  team_id     ident not null,
  position    int not null,
  place       text not null,
  settings    jsonb not null,
  times_left  int, -- null: every time
  primary key (team_id, position),
  check (place in ('smtp', 'api')),
  check (times_left >= 0),
  foreign key (team_id) references teams (id)
);
call guard_table('sandbox_faults');
