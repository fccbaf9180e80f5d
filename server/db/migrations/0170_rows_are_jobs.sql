-- A lookup that was acknowledged and a pause that was asked for are done even where their job is gone: after a restore, or once
-- all its tries have failed. The row says what is still to do; these indexes find it.

create index enrichment_requests_open on enrichment_requests (team_id, created_at)
  where status = 'pending' or (webhook_url is not null and attempts = 0);

-- Those from before had a job each.
alter table message_events no force row level security;
update message_events set detail = detail || '{"newcomers_seen": true}' where type = 'pause';
alter table message_events force row level security;

create index message_events_pauses on message_events (team_id, at)
  where type = 'pause' and not detail ? 'newcomers_seen';
