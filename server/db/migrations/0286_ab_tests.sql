-- A/B tests of steps: the engine looks at each from time to time, until one variant is surely better or the test ends.

create table ab_tests (
  team_id         ident not null,
  id              ident not null,
  sequence_id     ident not null,
  step_id         ident not null,
  metric          text not null,
  started_at      timestamptz not null,
  started_by      ident,
  ends_at         timestamptz, -- null: when one has won, or a user stops it
  look_at         timestamptz, -- when the engine looks next; null once it is over
  ended_at        timestamptz,
  outcome         text,
  winner_touch_id ident,
  variants        jsonb, -- as they were counted at the end
  primary key (team_id, id),
  check (metric in ('replied', 'clicked', 'demoed')),
  check (outcome in ('won', 'even', 'undecided', 'stopped', 'changed')),
  check ((ended_at is null) = (outcome is null)),
  check ((ended_at is null) = (look_at is not null)),
  foreign key (team_id) references teams (id),
  foreign key (team_id, sequence_id) references sequences (team_id, id) on delete cascade,
  foreign key (team_id, step_id) references sequence_steps (team_id, id) on delete cascade,
  foreign key (team_id, started_by) references users (team_id, id)
);
create unique index ab_tests_running on ab_tests (team_id, step_id) where ended_at is null;
create index ab_tests_step on ab_tests (team_id, step_id, started_at desc);
create index ab_tests_sequence on ab_tests (team_id, sequence_id);
create index ab_tests_due on ab_tests (look_at) where look_at is not null;
create index ab_tests_by on ab_tests (team_id, started_by) where started_by is not null;
call guard_table('ab_tests');

create function teams_with_ab_tests_due(at timestamptz) returns table (team_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select distinct t.team_id from ab_tests t where t.look_at <= at;
  end;
grant create on schema public to cadenza_across;
alter function teams_with_ab_tests_due(timestamp with time zone) owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function teams_with_ab_tests_due(timestamp with time zone) from public;
grant execute on function teams_with_ab_tests_due(timestamp with time zone) to cadenza_app;
