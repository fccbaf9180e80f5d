-- Backups by the schedule and on request: when each ran, its file, and why it failed. Of the installation, not of a team, and no part of a
-- backup: the files belong to the server that wrote them.

create table backup_runs (
  id           ident primary key,
  asked_at     timestamptz, -- when a person asked for it; null: by the schedule
  started_at   timestamptz, -- null: asked for, and not begun
  ended_at     timestamptz,
  file         text,        -- its name in the folder
  bytes        bigint,
  sha256       text,
  verified_at  timestamptz, -- when it was read back whole; only then it is a backup
  error        text,
  deleted      int,         -- how many older files were deleted after it
  check (asked_at is not null or started_at is not null),
  check (ended_at is null or (verified_at is null) <> (error is null))
);
-- One at a time, whichever processes begin one or are asked for one.
create unique index backup_runs_unfinished on backup_runs ((true)) where ended_at is null;
grant insert, select, update, delete on backup_runs to cadenza_app;
