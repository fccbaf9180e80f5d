-- Whoever joins a sequence while another one is busy with them may wait for it. When that is done with them they are looked at
-- again: the clock resumes them, unless yet another one has them.
create index enrollments_waiting on enrollments (team_id, contact_id)
  where state = 'paused' and inactive_reason = 'in another sequence';

create function wake_who_waits() returns trigger language plpgsql as $$
begin
  update enrollments set resume_at = cadenza_now()
   where team_id = new.team_id and contact_id = new.contact_id and id <> new.id
     and state = 'paused' and inactive_reason = 'in another sequence' and resume_at is null;
  return null;
end
$$;
create trigger enrollments_free after update of state on enrollments for each row
  when (old.state in ('active', 'paused') and new.state is distinct from old.state)
  execute function wake_who_waits();
