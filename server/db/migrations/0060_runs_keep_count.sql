-- How many of a run's candidates stand where, kept with the run by whatever moves them: whoever follows a run asks several times
-- a second, and read all its candidates each time. By verdict, and where there is a reason by verdict and reason.
alter table workflow_runs add column counts jsonb not null default '{}';
update workflow_runs r
   set counts = coalesce((select jsonb_object_agg(concat_ws(' ', told.verdict, told.code), told.count)
                            from (select c.verdict, c.code, count(*) as count from workflow_candidates c
                                   where c.team_id = r.team_id and c.run_id = r.id group by c.verdict, c.code) told), '{}');
