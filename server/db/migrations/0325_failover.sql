-- Whether a standby that takes over is trusted without a person (CADENZA_FAILOVER), and the last time that one was.
alter table installation
  add column sending_failover text not null default 'confirm' check (sending_failover in ('confirm', 'synchronous')),
  add column sending_switched_at timestamptz,
  add column sending_server_started timestamptz, -- When the server that is sent from was started: by another name it is the same one.
  add column sending_switches int not null default 0;

-- Whether a commit is answered only when a standby has it on its disk.
create function commits_reach_a_standby() returns boolean
  language sql stable
  return current_setting('synchronous_standby_names') <> '' and current_setting('synchronous_commit') in ('on', 'remote_apply');

-- As before; and where a standby may take over without a person, only while commits reach one.
create or replace function may_send(leave text, seen bigint) returns boolean
  language sql volatile
  return (select i.sending_held_since is null and i.sending_leave is not distinct from leave
             and (i.sending_place is null or i.sending_place = sending_place())
             and (i.sending_failover = 'confirm' or commits_reach_a_standby())
             and i.sending_count >= seen
            from installation i);
