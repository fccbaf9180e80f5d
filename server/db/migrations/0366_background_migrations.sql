-- How far the background migrations are. Of the installation, not of a team, and no part of a backup: they begin again in a restored database.

create table background_migrations (
  number           int primary key,
  name             text not null,
  began_at         timestamptz not null default now(),
  moved_at         timestamptz not null default now(),
  pass             int not null default 1,    -- it ends with a pass that finds nothing left
  block            bigint not null default 0, -- of the table, the first one that this pass has not looked at
  blocks           bigint not null,           -- when the pass began
  changed          bigint not null default 0, -- rows, in all passes
  changed_in_pass  bigint not null default 0,
  failed_in_pass   bigint not null default 0, -- blocks whose rows could not be changed
  error            text,                      -- of the last of them
  ended_at         timestamptz
);
grant select on background_migrations to cadenza_app;
