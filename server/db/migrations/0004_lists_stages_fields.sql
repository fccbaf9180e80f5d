-- What records are sorted by: lists, stages, custom fields, groups of people; what long work says of
-- itself; and what is left of a deleted record.

create extension if not exists pg_trgm;
create extension if not exists btree_gin;

-- A record that was deleted leaves its id and nothing else, so that asking for it can say so.
create table tombstones (
  team_id     ident not null references teams (id),
  kind        text not null check (kind in ('contact', 'account', 'task', 'deal', 'label', 'sequence')),
  id          ident not null,
  deleted_by  ident,
  deleted_at  timestamptz not null,
  primary key (team_id, kind, id)
);
call guard_table('tombstones');

-- Lists. A name means one list per modality, however it is capitalized.
create table labels (
  team_id           ident not null references teams (id),
  id                ident not null,
  modality          text not null check (modality in ('contacts', 'accounts', 'emailer_campaigns')),
  name              text not null,
  user_id           ident,
  book_of_business  boolean,
  created_at        timestamptz not null,
  updated_at        timestamptz not null,
  primary key (team_id, id),
  foreign key (team_id, user_id) references users (team_id, id)
);
create unique index labels_name on labels (team_id, modality, lower(name));
call guard_table('labels');

create table contact_stages (
  team_id                  ident not null references teams (id),
  id                       ident not null,
  name                     text not null,
  position                 int not null,
  category                 text check (category in ('in_progress', 'succeeded', 'failed')),
  ignore_trigger_override  boolean not null default false,
  is_meeting_set           boolean not null default false,
  primary key (team_id, id)
);
create unique index contact_stages_name on contact_stages (team_id, lower(name));
call guard_table('contact_stages');

create table account_stages (
  team_id                      ident not null references teams (id),
  id                           ident not null,
  name                         text not null,
  position                     int not null,
  category                     text check (category in ('in_progress', 'succeeded', 'failed')),
  default_exclude_for_leadgen  boolean not null default false,
  is_meeting_set               boolean not null default false,
  primary key (team_id, id)
);
create unique index account_stages_name on account_stages (team_id, lower(name));
call guard_table('account_stages');

create table custom_fields (
  team_id          ident not null references teams (id),
  id               ident not null,
  modality         text not null check (modality in ('contact', 'account', 'opportunity')),
  name             text not null,
  type             text not null check (type in
                     ('string', 'textarea', 'number', 'date', 'datetime', 'boolean', 'picklist', 'multipicklist')),
  text_max_length  int,
  position         int not null default 0,
  created_at       timestamptz not null,
  updated_at       timestamptz not null,
  primary key (team_id, id)
);
create unique index custom_fields_name on custom_fields (team_id, modality, lower(name));
call guard_table('custom_fields');

create table custom_field_options (
  team_id   ident not null,
  id        ident not null,
  field_id  ident not null,
  name      text not null,
  position  int not null,
  primary key (team_id, id),
  unique (team_id, field_id, id),
  foreign key (team_id, field_id) references custom_fields (team_id, id) on delete cascade
);
call guard_table('custom_field_options');

-- Groups of people within a team, whom records can be shared with.
create table subteams (
  team_id     ident not null references teams (id),
  id          ident not null,
  name        text not null,
  created_at  timestamptz not null,
  primary key (team_id, id)
);
create unique index subteams_name on subteams (team_id, lower(name));
call guard_table('subteams');

create table subteam_members (
  team_id     ident not null,
  subteam_id  ident not null,
  user_id     ident not null,
  primary key (team_id, subteam_id, user_id),
  foreign key (team_id, subteam_id) references subteams (team_id, id) on delete cascade,
  foreign key (team_id, user_id) references users (team_id, id)
);
create index subteam_members_user on subteam_members (team_id, user_id);
call guard_table('subteam_members');

-- Long work (`entity_progress_job`): what it is about, and how far it is.
create table progress (
  team_id       ident not null references teams (id),
  id            ident not null,
  user_id       ident not null,
  job_type      text not null,
  entity_ids    text[] not null default '{}',
  params        jsonb not null default '{}', -- as the wire shows them
  instructions  jsonb not null default '{}', -- what the engine works by, in our own words
  status        text not null check (status in ('pending', 'running', 'done', 'failed', 'cancelled')),
  total         int not null,
  done          int not null default 0,
  counts        jsonb not null default '{}',
  batch_size    int,
  failed_tries  int not null default 0, -- of the batch at hand
  error         text,
  result_path   text,
  created_at    timestamptz not null,
  updated_at    timestamptz not null,
  finished_at   timestamptz,
  primary key (team_id, id),
  foreign key (team_id, user_id) references users (team_id, id)
);
create index progress_status on progress (team_id, status, created_at);
call guard_table('progress');

-- One row per requested item, with exactly one outcome, written in the batch that made it.
create table progress_items (
  team_id      ident not null,
  progress_id  ident not null,
  position     int not null,
  item_key     text not null,
  outcome      text, -- null while it has not been its turn
  code         text,
  details      jsonb,
  primary key (team_id, progress_id, position),
  foreign key (team_id, progress_id) references progress (team_id, id) on delete cascade
);
create index progress_items_open on progress_items (team_id, progress_id, position) where outcome is null;
call guard_table('progress_items');

-- For whoever checks us from outside: every item of every long work, and how it ended.
grant create on schema audit to cadenza_across;
create view audit.job_items as
  select i.progress_id::text as job_id, i.item_key, i.outcome, p.status as job_state, p.total as job_total,
         i.team_id::text, i.code
    from progress_items i
    join progress p on p.team_id = i.team_id and p.id = i.progress_id;
alter view audit.job_items owner to cadenza_across;
grant select on audit.job_items to cadenza_audit;
revoke create on schema audit from cadenza_across;
