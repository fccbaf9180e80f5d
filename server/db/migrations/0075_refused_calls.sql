-- Refused calls are few among millions of events, and an admin looks for them by themselves.
create index events_refused on events (team_id, written_in, position) where type = 'access.refused';
