-- A change of a rule is acknowledged only when the gates that were open when it was committed have ended: one that has read
-- the old rule may still let its mail go until then. Gates hold a shared lock of their team; whoever has changed a rule
-- looks who holds it and waits for those, so nothing is locked meanwhile and gates never wait for each other.
create function open_gates(team text) returns setof text
  language sql volatile
begin atomic
  select l.pid || ' ' || l.virtualtransaction
    from pg_locks l
   where l.locktype = 'advisory' and l.mode = 'ShareLock' and l.granted and l.objsubid = 1 and l.pid <> pg_backend_pid()
     and l.database = (select oid from pg_database where datname = current_database())
     and (l.classid::bigint << 32 | l.objid::bigint) = hashtextextended('gates ' || team, 0);
end;

-- Told to the connection that did it, whichever way the row was written: the server heeds it where a caller waits for the answer.
create function note_rule_change() returns trigger language plpgsql as $$
begin
  raise notice using errcode = 'CZ001', message = 'a rule of sending was changed';
  return null;
end
$$;

create trigger rule_changed after update or delete on sequences for each statement execute function note_rule_change();
create trigger rule_changed after update or delete on sequence_steps for each statement execute function note_rule_change();
create trigger rule_changed after update or delete on step_touches for each statement execute function note_rule_change();
create trigger rule_changed after update on templates for each statement execute function note_rule_change();
create trigger rule_changed after update or delete on schedules for each statement execute function note_rule_change();
create trigger rule_changed after insert or update or delete on schedule_windows for each statement execute function note_rule_change();
create trigger rule_changed after update or delete on rulesets for each statement execute function note_rule_change();
create trigger rule_changed after insert on sequence_excluded_contact_stages for each statement execute function note_rule_change();
create trigger rule_changed after insert on sequence_excluded_account_stages for each statement execute function note_rule_change();
create trigger rule_changed after update of domain_daily_limit, touch_limits on teams for each statement execute function note_rule_change();
create trigger rule_changed after update of deactivated_at on users for each statement execute function note_rule_change();
create trigger rule_changed after update of account_stage_id on accounts for each statement execute function note_rule_change();
create trigger rule_changed after update of replied_at on enrollments for each statement execute function note_rule_change();
create trigger rule_changed after update of account_id, contact_stage_id, email, email_status, email_unsubscribed, do_not_contact,
  bounced_at, paused_until, job_change_detected_at, time_zone on contacts for each statement execute function note_rule_change();
