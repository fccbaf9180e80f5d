-- How each user has arranged the tables of the web app. A row is there once a user has changed a table.
create table table_layouts (
  team_id     ident not null,
  user_id     ident not null,
  table_name  text not null,
  columns     text[],
  pinned      text[] not null default '{}',
  widths      jsonb not null default '{}',
  updated_at  timestamptz not null,
  primary key (team_id, user_id, table_name),
  foreign key (team_id) references teams (id),
  foreign key (team_id, user_id) references users (team_id, id)
);
call guard_table('table_layouts');

alter table saved_views add column pinned text[] not null default '{}', add column widths jsonb not null default '{}';
