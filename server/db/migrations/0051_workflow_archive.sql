-- A workflow that is put away: it takes nobody and does nothing, and its runs stay to be read.
alter table workflows add column archived_at timestamptz;
alter table workflows add constraint archived_is_off check (archived_at is null or not is_active);
