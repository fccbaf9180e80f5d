-- What the engine puts aside because it failed: the one row or the one team, for a while that grows with each failure. Everything
-- else goes on.
create table set_aside (
  team_id     ident not null references teams (id) on delete cascade,
  loop        text not null,
  subject_id  text not null, -- the team's own id where the whole team is put aside
  tries       int not null,
  since       timestamptz not null,
  until       timestamptz not null,
  error_code  text,
  error       text not null,
  primary key (team_id, loop, subject_id)
);
call guard_table('set_aside');

-- Across teams, for whoever runs the installation: how many are aside in which loop.
create function set_aside_by_loop(now timestamptz) returns table (loop text, teams bigint, subjects bigint)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select a.loop, count(distinct a.team_id), count(*) from set_aside a where a.until > now group by a.loop;
  end;

grant create on schema public to cadenza_across;
alter function set_aside_by_loop owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function set_aside_by_loop from public;
grant execute on function set_aside_by_loop to cadenza_app;
