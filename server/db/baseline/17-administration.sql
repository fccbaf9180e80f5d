create table account_stages (
  team_id                      ident not null,
  id                           ident not null,
  name                         text not null,
  position                     int not null,
  category                     text,
  default_exclude_for_leadgen  boolean not null default false,
  is_meeting_set               boolean not null default false,
  primary key (team_id, id),
  check (category in ('in_progress', 'succeeded', 'failed')),
  foreign key (team_id) references teams (id)
);
create unique index account_stages_name on account_stages (team_id, lower(name));
call guard_table('account_stages');
create policy reporting on account_stages for select to cadenza_views using (team_id = (select reporting.team() as team));
grant select on account_stages to cadenza_views;

create table contact_stages (
  team_id                  ident not null,
  id                       ident not null,
  name                     text not null,
  position                 int not null,
  category                 text,
  ignore_trigger_override  boolean not null default false,
  is_meeting_set           boolean not null default false,
  primary key (team_id, id),
  check (category in ('in_progress', 'succeeded', 'failed')),
  foreign key (team_id) references teams (id)
);
create unique index contact_stages_name on contact_stages (team_id, lower(name));
call guard_table('contact_stages');
create policy reporting on contact_stages for select to cadenza_views using (team_id = (select reporting.team() as team));
grant select on contact_stages to cadenza_views;

create table deal_field_values (
  team_id        ident not null,
  deal_id        ident not null,
  field_id       ident not null,
  text_value     text,
  number_value   numeric,
  date_value     date,
  moment_value   timestamptz,
  boolean_value  boolean,
  option_ids     text[],
  primary key (team_id, deal_id, field_id),
  check (num_nonnulls(text_value, number_value, date_value, moment_value, boolean_value, option_ids) = 1),
  foreign key (team_id, deal_id) references deals (team_id, id) on delete cascade,
  foreign key (team_id, field_id) references custom_fields (team_id, id) on delete cascade
);
create index deal_field_values_field on deal_field_values (team_id, field_id);
call guard_table('deal_field_values');

-- The states of an enrollment, from when to when. Its current state is in its own row.
create table enrollment_states (
  team_id        ident not null,
  enrollment_id  ident not null,
  from_at        timestamptz not null,
  to_at          timestamptz not null,
  state          text not null,
  reason         text,
  primary key (team_id, enrollment_id, from_at),
  foreign key (team_id, enrollment_id) references enrollments (team_id, id) on delete cascade
);
call guard_table('enrollment_states');

create table history_began (
  only_row  boolean primary key default true,
  at        timestamptz not null default cadenza_now(),
  check (only_row)
);
grant select on history_began to cadenza_app;
grant select on history_began to cadenza_across;

-- Answers kept for 24 hours by Idempotency-Key, written in the transaction of their effect: an
-- effect without its answer, or an answer without its effect, cannot exist.
create table idempotent_answers (
  team_id       ident not null,
  caller_id     ident not null,
  key           text not null,
  request_hash  bytea not null,
  status        int not null,
  answer        bytea not null, -- sealed: it may hold a key that is shown once
  created_at    timestamptz not null,
  primary key (team_id, caller_id, key),
  foreign key (team_id) references teams (id)
);
create index idempotent_answers_age on idempotent_answers (team_id, created_at);
call guard_table('idempotent_answers');

-- One row: this installation. The set-up token is kept as a hash and deleted once used. The fingerprint shows a wrong key
-- file before anything is decrypted with it.
create table installation (
  only_row              boolean primary key default true,
  id                    ident not null,
  setup_token_hash      bytea,
  setup_completed_at    timestamptz,
  key_fingerprint       bytea,
  created_at            timestamptz not null,
  sending_leave         text, -- Which copy of the database may send: see the clone guard.
  sending_held_since    timestamptz,
  sending_place         text, -- the database itself; null: nothing was sent from it yet
  sending_home          text, -- the data folder it lives in, where it is our own
  sending_addresses     text[] not null default '{}', -- addresses by which a server outside was reached
  sending_count         bigint not null default 0, -- moves on while mails go out; engines remember it outside
  sending_held_because  text[] not null default '{}',
  -- The key of digests, sealed. It stays when the key of secrets changes, because some digests cannot be made again.
  digest_key            bytea,
  claims_written_at     timestamptz, -- Whether the bars that stood before there were claims have been written down as such.
  check (only_row)
);
grant insert, select, update on installation to cadenza_app;

create table note_deals (
  team_id  ident not null,
  note_id  ident not null,
  deal_id  ident not null,
  primary key (team_id, note_id, deal_id),
  foreign key (team_id, deal_id) references deals (team_id, id) on delete cascade,
  foreign key (team_id, note_id) references notes (team_id, id) on delete cascade
);
create index note_deals_deal on note_deals (team_id, deal_id);
call guard_table('note_deals');

create table row_history (
  team_id     ident not null,
  subject_id  ident not null,
  place       bigint generated always as identity not null,
  until_at    timestamptz not null,
  was         jsonb not null,
  primary key (team_id, subject_id, place),
  foreign key (team_id) references teams (id)
);
call guard_table('row_history');
revoke update on row_history from cadenza_app;

-- What happens to a contact moves it to a stage. A sequence may say otherwise, event by event.
create table ruleset_stage_triggers (
  team_id     ident not null,
  ruleset_id  ident not null,
  event       mail_event not null,
  stage_id    ident not null,
  primary key (team_id, ruleset_id, event),
  foreign key (team_id, ruleset_id) references rulesets (team_id, id) on delete cascade,
  foreign key (team_id, stage_id) references contact_stages (team_id, id) on delete cascade
);
create index ruleset_stage_triggers_stage on ruleset_stage_triggers (team_id, stage_id);
call guard_table('ruleset_stage_triggers');

create table sequence_excluded_account_stages (
  team_id      ident not null,
  sequence_id  ident not null,
  stage_id     ident not null,
  primary key (team_id, sequence_id, stage_id),
  foreign key (team_id, sequence_id) references sequences (team_id, id) on delete cascade,
  foreign key (team_id, stage_id) references account_stages (team_id, id) on delete cascade
);
call guard_table('sequence_excluded_account_stages');

-- Contacts in one of these stages are not mailed.
create table sequence_excluded_contact_stages (
  team_id      ident not null,
  sequence_id  ident not null,
  stage_id     ident not null,
  primary key (team_id, sequence_id, stage_id),
  foreign key (team_id, sequence_id) references sequences (team_id, id) on delete cascade,
  foreign key (team_id, stage_id) references contact_stages (team_id, id) on delete cascade
);
call guard_table('sequence_excluded_contact_stages');

-- Which server wrote these rows. A database restored from a dump into another server keeps the numbers of
-- transactions that the new one has not reached, so its events would lie in the future: unseen by the feed,
-- and by webhooks, for as long as it takes to get there.
create table written_by (
  only_row           boolean primary key default true,
  system_identifier  text not null,
  epoch              text not null default new_ident(),
  former_epoch       text,
  unnamed_epoch      text, -- Of places that were handed out before they named one.
  check (only_row)
);
grant select on written_by to cadenza_app;

alter table accounts add foreign key (team_id, account_stage_id) references account_stages (team_id, id);

alter table contacts add foreign key (team_id, contact_stage_id) references contact_stages (team_id, id);

alter table sequence_stage_triggers add foreign key (team_id, stage_id) references contact_stages (team_id, id) on delete cascade;

-- A transaction that writes thousands of rows counts them itself (`own`). When it is rolled back, as a promise is, the count of written
-- rows stays and the statistics do not. So a table is also counted where most of its rows were written since, and where most of the
-- counted rows no longer exist.
create function count_grown_table(own boolean) returns text
  language plpgsql security definer set search_path = public, pg_temp
as $$
declare
  wanted text;
begin
  perform set_config('lock_timeout', '200ms', true);
  if not pg_try_advisory_xact_lock(hashtextextended('counting tables', 0)) then
    return null; -- another engine is doing it
  end if;
  select c.relname into wanted
    from pg_class c
   cross join lateral (select pg_relation_size(c.oid) / current_setting('block_size')::int as pages) now
   where c.relnamespace = 'public'::regnamespace and c.reltuples < 20000
     and c.relname in ('contacts', 'contact_emails', 'accounts', 'suppressions', 'enrollments', 'enrollment_states',
                       'messages', 'send_attempts', 'message_events', 'tasks', 'events')
     and (now.pages > 2 * c.relpages + 32
          or not own and pg_stat_get_mod_since_analyze(c.oid) > 2 * greatest(c.reltuples, 0) + 500
          or not own and c.reltuples > 2 * pg_stat_get_live_tuples(c.oid) + 1000)
   order by now.pages - c.relpages desc, c.relname
   limit 1;
  if wanted is not null then
    execute format('analyze %I', wanted);
  end if;
  return wanted;
exception when lock_not_available then
  return null; -- the table is being analyzed, and then it is counted
end
$$;
revoke execute on function count_grown_table(boolean) from public;
grant execute on function count_grown_table(boolean) to cadenza_app;

-- The identity of this database: its server, the database, the table that says so (a restored dump creates another one), and the
-- timeline, which forks at a point-in-time recovery or a failover.
create function sending_place() returns text
  language sql volatile
  return concat_ws(' ', (select system_identifier from pg_control_system()),
                   (select oid from pg_database where datname = current_database()),
                   to_regclass('public.installation')::oid,
                   substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8));

-- Whether an engine with this permission, which has seen this count, may release an email.
create function may_send(leave text, seen bigint) returns boolean
  language sql volatile
  return (select i.sending_held_since is null and i.sending_leave is not distinct from leave
             and (i.sending_place is null or i.sending_place = sending_place())
             and i.sending_count >= seen
            from installation i);

-- As 0009 has it, with the places of workflows too.
create procedure welcome_restored_events()
  language plpgsql
as $$
declare
  here text := (select system_identifier::text from pg_control_system());
begin
  if exists (select 1 from written_by where system_identifier = here) then
    return;
  end if;
  -- Row security also applies to the owner, except for as long as this takes.
  alter table events no force row level security;
  alter table webhook_cursors no force row level security;
  alter table webhook_subscriptions no force row level security;
  alter table workflow_cursors no force row level security;
  alter table workflows no force row level security;
  alter table activity_cursors no force row level security;
  alter table events alter column position set generated by default;
  update events e
     set former_written_in = e.written_in, former_position = e.position, written_in = '3', position = n.place
    from (select team_id, id, row_number() over (order by written_in, position) as place from events) n
   where e.team_id = n.team_id and e.id = n.id;
  alter table events alter column position set generated always;
  update webhook_cursors c set written_in = '3', position = restored_place(c.team_id, c.written_in, c.position);
  update workflow_cursors c set written_in = '3', position = restored_place(c.team_id, c.written_in, c.position);
  update activity_cursors c set written_in = '3', position = restored_place(c.team_id, c.written_in, c.position);
  update webhook_subscriptions s
     set starts_in = '3:3:', starts_after = (
       select coalesce(min(e.position) filter (
                where not pg_visible_in_snapshot(e.former_written_in, s.starts_in)
                  and not (e.former_written_in = '3' and e.former_position <= coalesce(s.starts_after, 0))) - 1, max(e.position), 0)
         from events e where e.team_id = s.team_id);
  update workflows s
     set starts_in = '3:3:', starts_after = (
       select coalesce(min(e.position) filter (
                where not pg_visible_in_snapshot(e.former_written_in, s.starts_in)
                  and not (e.former_written_in = '3' and e.former_position <= coalesce(s.starts_after, 0))) - 1, max(e.position), 0)
         from events e where e.team_id = s.team_id);
  alter table events force row level security;
  alter table webhook_cursors force row level security;
  alter table webhook_subscriptions force row level security;
  alter table workflow_cursors force row level security;
  alter table workflows force row level security;
  alter table activity_cursors force row level security;
  update written_by set system_identifier = here, former_epoch = epoch, epoch = new_ident();
end
$$;

create trigger rule_changed after insert on sequence_excluded_contact_stages for each statement execute function note_rule_change();

create trigger rule_changed after insert on sequence_excluded_account_stages for each statement execute function note_rule_change();
