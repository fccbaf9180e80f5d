-- A mailbox may send a few emails a day at first, and a few more every so many days (domain/basics/ramp.ts). Its limit of today is
-- reckoned from facts by the engine and kept here: whoever asks for a limit reads limit_today.
alter table mailboxes
  add column ramp            jsonb, -- start, step, everyDays, ceiling; null: no ramp
  add column ramp_began_at   timestamptz,
  add column ramp_limit      int, -- of today
  add column ramp_standing   jsonb, -- the days that counted, and why it does not grow
  add column ramp_due_at     timestamptz, -- when it is reckoned next; null once it has reached its ceiling
  add column limit_today     int generated always as (least(daily_limit, ramp_limit)) stored,
  add check (num_nonnulls(ramp, ramp_began_at, ramp_limit, ramp_standing) in (0, 4));

create index mailboxes_ramping on mailboxes (ramp_due_at) where ramp_due_at is not null and revoked_at is null;

create or replace function keep_mailbox() returns trigger language plpgsql as $$
begin
  insert into row_history (team_id, subject_id, until_at, was)
  values (old.team_id, old.id, cadenza_now(),
          jsonb_build_object('is_active', old.is_active, 'inactive_reason', old.inactive_reason, 'revoked_at', old.revoked_at,
            'daily_limit', old.limit_today, 'hourly_limit', old.hourly_limit, 'gap_seconds', old.gap_seconds,
            'backoff_until', old.backoff_until, 'backoff_reason', old.backoff_reason, 'user_id', old.user_id));
  return null;
end
$$;

drop trigger mailboxes_kept on mailboxes;
create trigger mailboxes_kept after update on mailboxes for each row
  when ((old.is_active, old.inactive_reason, old.revoked_at, old.limit_today, old.hourly_limit, old.gap_seconds,
         old.backoff_until, old.backoff_reason, old.user_id)
        is distinct from
        (new.is_active, new.inactive_reason, new.revoked_at, new.limit_today, new.hourly_limit, new.gap_seconds,
         new.backoff_until, new.backoff_reason, new.user_id))
  execute function keep_mailbox();

-- Whose ramps are to be reckoned.
create function teams_with_ramps_due(at timestamptz) returns table (team_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select distinct m.team_id::text from mailboxes m where m.ramp_due_at <= at and m.revoked_at is null;
  end;
grant create on schema public to cadenza_across;
alter function teams_with_ramps_due(timestamptz) owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function teams_with_ramps_due(timestamptz) from public;
grant execute on function teams_with_ramps_due(timestamptz) to cadenza_app;
