-- A record that was deleted leaves its id and nothing else, so that asking for it can say so.
create table tombstones (
  team_id      ident not null,
  kind         text not null,
  id           ident not null,
  deleted_by   ident,
  deleted_at   timestamptz not null,
  merged_into  ident,
  primary key (team_id, kind, id),
  check (kind in ('contact', 'account', 'task', 'deal', 'label', 'sequence', 'message')),
  foreign key (team_id) references teams (id)
);
create index tombstones_merged_into on tombstones (team_id, kind, merged_into) where merged_into is not null;
call guard_table('tombstones');
