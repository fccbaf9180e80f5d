-- The copy fence: which database sending was allowed from, so that a copy, or an older state that was put back, is noticed.

alter table installation
  add column sending_place         text,                        -- the database itself; null: nobody has sent from it yet
  add column sending_home          text,                        -- the data folder it lives in, where it is our own
  add column sending_addresses     text[] not null default '{}', -- by which somebody else's server was reached
  add column sending_count         bigint not null default 0,   -- moves on while mails go out; engines remember it outside
  add column sending_held_because  text[] not null default '{}';

-- This database and no other: its server, itself, the table that says so (a dump that is read back makes another one), and
-- the time line, which forks where a server was put back to an earlier moment or another one took over.
create function sending_place() returns text
  language sql volatile
  return concat_ws(' ', (select system_identifier from pg_control_system()),
                   (select oid from pg_database where datname = current_database()),
                   to_regclass('public.installation')::oid,
                   substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8));

-- Whether a mail may be let go by an engine that was given this leave, and has seen the count stand there.
create function may_send(leave text, seen bigint) returns boolean
  language sql volatile
  return (select i.sending_held_since is null and i.sending_fence is not distinct from leave
             and (i.sending_place is null or i.sending_place = sending_place())
             and i.sending_count >= seen
            from installation i);
