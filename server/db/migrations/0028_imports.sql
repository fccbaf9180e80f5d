-- Files that are brought in. The file lies here, in pieces, until it is done: any engine can go on with it, and a backup has
-- it. What became of each row stays for as long as it can be undone, and is forgotten with whoever it is about.

create table imports (
  team_id          ident not null,
  id               ident not null, -- of its progress, too
  user_id          ident not null,
  kind             text not null,
  file_name        text,
  size             bigint not null,
  encoding         text not null,
  mark_length      int not null,
  delimiter        text not null,
  columns          jsonb not null, -- in the file's order: its name, and the field it goes to
  options          jsonb not null,
  total            int not null,
  last_row         int not null default 1, -- of the file: all up to it have had their turn
  created          int not null default 0,
  updated          int not null default 0,
  unchanged        int not null default 0,
  skipped          int not null default 0,
  enrolled         int not null default 0,
  not_enrolled     int not null default 0,
  codes            jsonb not null default '{}', -- how many rows ended with which
  enrollment_codes jsonb not null default '{}',
  created_at       timestamptz not null,
  undo_id          ident, -- of the progress that takes it back
  undone_at        timestamptz,
  primary key (team_id, id),
  foreign key (team_id, id) references progress (team_id, id) on delete cascade,
  foreign key (team_id, undo_id) references progress (team_id, id),
  foreign key (team_id, user_id) references users (team_id, id)
);
create index imports_created on imports (team_id, created_at desc, id desc);
call guard_table('imports');

create table import_pieces (
  team_id    ident not null,
  import_id  ident not null,
  position   int not null,
  content    bytea not null,
  primary key (team_id, import_id, position),
  foreign key (team_id, import_id) references imports (team_id, id) on delete cascade
);
call guard_table('import_pieces');

create table import_rows (
  team_id          ident not null,
  import_id        ident not null,
  row              int not null,
  verdict          text not null check (verdict in ('created', 'updated', 'unchanged', 'skipped')),
  code             text,
  record_id        ident,
  same_as          int, -- the first row about the same record
  enrollment       text check (enrollment in ('enrolled', 'not_enrolled')),
  enrollment_code  text,
  touched_at       timestamptz not null,
  difference       jsonb, -- what was changed: before and after
  left_out         jsonb,
  undone           text,
  primary key (team_id, import_id, row),
  foreign key (team_id, import_id) references imports (team_id, id) on delete cascade
);
create index import_rows_record on import_rows (team_id, record_id, import_id) where record_id is not null;
call guard_table('import_rows');

-- Counts by word, added up.
create function added(counts jsonb, more jsonb) returns jsonb
  language sql immutable
  return counts || coalesce(
    (select jsonb_object_agg(key, value::bigint + coalesce((counts ->> key)::bigint, 0)) from jsonb_each_text(more)), '{}');
