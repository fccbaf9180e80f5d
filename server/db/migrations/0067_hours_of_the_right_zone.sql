-- Whoever turns out to live elsewhere waits no longer for the hours of the place where they do not.
create function follow_time_zone() returns trigger language plpgsql as $$
begin
  update enrollments set plan_at = cadenza_now()
   where team_id = new.team_id and contact_id = new.id and state = 'active' and plan_at > cadenza_now() and due_at <= cadenza_now();
  update messages set look_at = cadenza_now()
   where team_id = new.team_id and contact_id = new.id and delivery = 'planned' and hold_code = 'outside_window'
     and look_at > cadenza_now();
  return null;
end
$$;
create trigger contacts_elsewhere after update of time_zone on contacts for each row
  when (new.time_zone is distinct from old.time_zone) execute function follow_time_zone();
