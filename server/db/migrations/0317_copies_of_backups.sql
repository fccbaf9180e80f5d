-- Copies of backups in the bucket of an S3-compatible storage: where the copy of a run lies, and why it could not be made. The address
-- is kept with it, so that a change of the bucket copies the newest backup there.

alter table backup_runs
  add column copied_to      text,
  add column copied_at      timestamptz, -- when the copy was read back whole; only then it is one
  add column copy_tried_at  timestamptz, -- when the last attempt began, or failed
  add column copy_error     text,
  add column copies_deleted int,         -- how many older copies were deleted after it
  add check ((copied_to is null) = (copied_at is null)),
  add check (copied_at is null or verified_at is not null);
