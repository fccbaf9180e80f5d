-- A device is told only while the session that it was added in has not been ended: signing out and a new password end what it is
-- told, in the same transaction. A session that is merely over after two weeks ends nothing, and its row stays, so that a new password
-- ends it too.

alter table push_subscriptions
  add column session_id ident, -- null: added before this was kept
  add foreign key (team_id, session_id) references sessions (team_id, id);
create index push_subscriptions_session on push_subscriptions (team_id, session_id);

create function end_devices_of_session() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  delete from push_subscriptions where team_id = new.team_id and session_id = new.id;
  return null;
end
$$;
create trigger sessions_end_devices after update of ended_at on sessions for each row
  when (new.ended_at is not null and old.ended_at is null) execute function end_devices_of_session();
