create table sequence_shares (
  team_id       ident not null,
  sequence_id   ident not null,
  grantee_type  text not null,
  grantee_id    ident not null,
  access_type   text not null,
  primary key (team_id, sequence_id, grantee_type, grantee_id),
  check (access_type in ('can_view', 'can_edit', 'full_access')),
  check (grantee_type in ('user', 'team', 'subteam'))
);
call guard_table('sequence_shares');
