-- Whether a sandbox answers the programs of a team as Apollo does, and on which of its plans. No row: it does not.
create table sandbox_profiles (
  team_id    ident primary key,
  is_strict  boolean not null,
  plan       text not null,
  check (plan in ('free', 'basic', 'professional', 'organization')),
  foreign key (team_id) references teams (id)
);
call guard_table('sandbox_profiles');
