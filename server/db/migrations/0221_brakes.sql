-- A brake holds emails of a mailbox, a sequence or a whole team, because too many came back (domain/gate/brakes.ts). Set and lifted by a
-- loop of the engine, never while an email is sent: the gate reads those that are on.
create table brakes (
  team_id     ident not null,
  id          ident not null,
  scope       text not null,
  subject_id  ident not null, -- the mailbox, the sequence, or the team
  level       text not null,
  cause       text not null,
  figures     jsonb not null, -- as they were when it was set
  since       timestamptz not null,
  ended_at    timestamptz,
  end_reason  text,
  ended_by    ident, -- a user who lifted it
  primary key (team_id, id),
  check (scope in ('mailbox', 'sequence', 'team')),
  check (level in ('first_steps', 'paused')),
  check (cause in ('bounces', 'complaints', 'blocks', 'replies')),
  check (end_reason in ('recovered', 'raised', 'rule_off', 'user')),
  check ((ended_at is null) = (end_reason is null)),
  foreign key (team_id) references teams (id),
  foreign key (team_id, ended_by) references users (team_id, id)
);
create unique index brakes_on on brakes (team_id, scope, subject_id) where ended_at is null;
create index brakes_since on brakes (team_id, since desc);
call guard_table('brakes');
create trigger rule_changed after insert or update or delete on brakes for each statement execute function note_rule_change();

-- As the team has set them; what it has not set is as brakes begin.
alter table teams add column brake_rules jsonb not null default '{}';

-- When each team's figures are looked at next. A team without a row was never looked at, and a time far ahead is from before the clock
-- was set back.
create table brake_looks (
  team_id  ident primary key,
  look_at  timestamptz not null,
  foreign key (team_id) references teams (id)
);
call guard_table('brake_looks');

create function teams_with_brakes_to_watch(at timestamptz) returns table (team_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select t.id::text from teams t
     where not exists (select from brake_looks l
                        where l.team_id = t.id and l.look_at > at and l.look_at <= at + interval '6 minutes');
  end;
grant create on schema public to cadenza_across;
alter function teams_with_brakes_to_watch(timestamptz) owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function teams_with_brakes_to_watch(timestamptz) from public;
grant execute on function teams_with_brakes_to_watch(timestamptz) to cadenza_app;
