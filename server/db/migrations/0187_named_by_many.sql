-- Whoever deletes a step, task, deal or company has every row that names it looked for. Without an index each of them reads the
-- whole table. Most tasks and calls name none of these, so the indexes are small.

create index tasks_step on tasks (team_id, step_id) where step_id is not null;
create index tasks_sequence on tasks (team_id, sequence_id) where sequence_id is not null;
create index tasks_deal on tasks (team_id, deal_id) where deal_id is not null;
create index calls_task on calls (team_id, task_id) where task_id is not null;
create index calls_deal on calls (team_id, deal_id) where deal_id is not null;
create index accounts_parent on accounts (team_id, parent_account_id) where parent_account_id is not null;
