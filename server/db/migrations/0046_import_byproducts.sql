-- What an import made or changed besides the records that its rows became: companies that people or contacts named, open
-- positions and news that came with companies. Taking it back takes these back too.

create table import_byproducts (
  team_id      ident not null,
  import_id    ident not null,
  kind         text not null check (kind in ('account', 'organization', 'job_posting', 'article')),
  record_id    ident not null,
  was_made     boolean not null,
  differences  jsonb not null default '[]', -- what was changed, first to last; of an article, the companies it was laid to
  touched_at   timestamptz not null,
  undone       text,
  primary key (team_id, import_id, kind, record_id),
  foreign key (team_id, import_id) references imports (team_id, id) on delete cascade
);
call guard_table('import_byproducts');

-- Whoever told of an article last, told of it then.
alter table news_articles add column told_at timestamptz;
