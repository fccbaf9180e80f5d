-- A schema of views for whoever wants to check us from outside, readable by cadenza_audit alone.
-- The views look across teams, so they belong to cadenza_across. Each part of the product adds
-- its own here; the columns are a promise to whoever checks us.
create schema audit;
grant usage on schema audit to cadenza_audit;
grant usage, create on schema audit to cadenza_across;

create view audit.events as
  select id::text as event_id, team_id::text, type, subject_id::text, occurred_at as created_at
    from events;
alter view audit.events owner to cadenza_across;
grant select on audit.events to cadenza_audit;

revoke create on schema audit from cadenza_across;
