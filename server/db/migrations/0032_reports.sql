-- Reports about a time: what counts by when it happened is found by when it happened.
--
-- Easy to get wrong here: under row security an index is only asked what is known to tell nothing about rows of others, and
-- Postgres does not know that of coalesce; of case it does. And it reckons with what it knows of an expression only where the
-- index has no condition: without that it takes a day for a third of the table.

create index messages_went on messages (team_id,
  (case when completed_at is not null then completed_at when dot_at is not null then dot_at else failed_at end));
create index messages_to_go on messages (team_id, (case when due_at is not null then due_at else created_at end))
  where status in ('scheduled', 'failed');

create index calls_happened on calls (team_id, (case when started_at is not null then started_at else created_at end));
create index tasks_done on tasks (team_id, completed_at) where status = 'completed';
create index tasks_passed_over on tasks (team_id, skipped_at) where status = 'skipped' and withdrawn_because is null;
