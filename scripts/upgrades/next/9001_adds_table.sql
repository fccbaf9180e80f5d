create table next_notes (
  team_id ident not null references teams (id),
  id ident not null,
  text text,
  primary key (team_id, id)
);
call guard_table('next_notes');
