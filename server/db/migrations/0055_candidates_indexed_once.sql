-- Once for each trigger and record, and what a workflow made of a record, are the same index read from two ends.
do $$
declare
  old text;
begin
  select conname into strict old from pg_constraint
   where conrelid = 'workflow_candidates'::regclass and contype = 'u';
  execute format('alter table workflow_candidates drop constraint %I', old);
end $$;
alter table workflow_candidates
  add constraint workflow_candidates_once unique (team_id, workflow_id, entity_id, trigger_key);
drop index workflow_candidates_entity;
