-- Where an edit is not for the people who are in a sequence, the steps as they were stay theirs: they become an earlier version of
-- the sequence, and new rows are what it consists of from then on. Nobody is moved for it, so it takes as long with a million people
-- as with one, and a mail on its way finds its step where it was.
create table sequence_versions (
  team_id      ident not null,
  id           ident not null,
  sequence_id  ident not null,
  kept_at      timestamptz not null,
  kept_by      ident,
  primary key (team_id, id),
  foreign key (team_id, sequence_id) references sequences (team_id, id) on delete cascade,
  foreign key (team_id, kept_by) references users (team_id, id)
);
create index sequence_versions_sequence on sequence_versions (team_id, sequence_id, kept_at);
call guard_table('sequence_versions');

-- Null: the sequence as it is for whoever joins.
alter table sequence_steps add column version_id ident,
  add foreign key (team_id, version_id) references sequence_versions (team_id, id) on delete cascade,
  drop constraint sequence_steps_team_id_sequence_id_position_key,
  add unique nulls not distinct (team_id, sequence_id, version_id, position) deferrable initially deferred;

create or replace view reporting.steps as
  select id::text as step_id, sequence_id::text, position, type, wait_time, wait_mode, is_on, version_id::text as earlier_version_id
    from public.sequence_steps;
