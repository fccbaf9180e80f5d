-- Lists as people have arranged them: what they are narrowed to, which columns, in which order.
create table saved_views (
  team_id     ident not null references teams (id),
  id          ident not null,
  user_id     ident not null,
  subject     text not null,
  name        text not null,
  filter      jsonb not null default '{}',
  columns     text[],
  sort        text,
  is_shared   boolean not null default false,
  created_at  timestamptz not null,
  updated_at  timestamptz not null,
  primary key (team_id, id),
  foreign key (team_id, user_id) references users (team_id, id)
);
create unique index saved_views_name on saved_views (team_id, user_id, subject, lower(name));
call guard_table('saved_views');

-- Companies by name, ended by the id as every order of a list is.
create index accounts_by_name on accounts (team_id, lower(coalesce(name, domain, '')), id);
