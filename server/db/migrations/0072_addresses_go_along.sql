-- Whoever is to be mailed from another address of the same mailbox is so by the mail that waits for them, too; the thread stays the
-- same. What a person wrote to come from yet another address stays as they wrote it.
create function addresses_go_along() returns trigger language plpgsql as $$
begin
  update messages set from_email = new.send_from_email, composed_at = null, updated_at = cadenza_now()
   where team_id = new.team_id and enrollment_id = new.id and step_id = new.current_step_id and delivery = 'planned'
     and from_email is not distinct from old.send_from_email;
  return null;
end
$$;
create trigger enrollments_readdressed after update of send_from_email on enrollments for each row
  when (new.mailbox_id = old.mailbox_id and new.send_from_email is distinct from old.send_from_email)
  execute function addresses_go_along();
