-- What was put aside is looked for again also where nothing new has come: its own rows are behind the loop's place in the history.
create or replace function teams_with_activity() returns table (team_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select t.id from teams t
      left join activity_cursors c on c.team_id = t.id
     where c.written_in > pg_snapshot_xmax(pg_current_snapshot()) -- from another server; and read from the beginning
        or exists (select from (
             select from events e
              where e.team_id = t.id and e.written_in < pg_snapshot_xmin(pg_current_snapshot())
                and (e.written_in, e.position) > (coalesce(c.written_in, '3'), coalesce(c.position, 0))
              order by e.written_in, e.position limit 1) news)
        or exists (select from set_aside a
                    where a.team_id = t.id and a.loop = 'follow-activity' and a.subject_id <> t.id
                      and a.until <= cadenza_now());
  end;

create or replace function teams_with_webhook_work(at timestamptz) returns table (team_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select c.team_id
      from webhook_cursors c
     where exists (
             select 1 from events e
              where e.team_id = c.team_id
                and (e.written_in, e.position) > (c.written_in, c.position)
                and e.written_in < pg_snapshot_xmin(pg_current_snapshot())
                and exists (select 1 from webhook_subscriptions s where s.team_id = c.team_id and s.is_active))
        or exists (
             select 1 from webhook_subscriptions s
              join webhook_deliveries d on d.team_id = s.team_id and d.subscription_id = s.id
             where s.team_id = c.team_id and s.is_active and d.status = 'pending' and d.next_attempt_at <= at)
        or exists (
             select 1 from set_aside a
              join webhook_subscriptions s
                on s.team_id = a.team_id and s.is_active and s.id = split_part(a.subject_id, ' ', 2)
             where a.team_id = c.team_id and a.loop = 'send-webhooks' and a.until <= at
               and not exists (select 1 from webhook_deliveries d
                                where d.team_id = a.team_id and d.subscription_id = s.id
                                  and d.event_id = split_part(a.subject_id, ' ', 1)));
  end;

-- Across teams, for whoever runs the installation: what is aside of which team, in which loop.
create function set_aside_by_team(now timestamptz) returns table (team_id text, loop text, subjects bigint)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select a.team_id, a.loop, count(*) from set_aside a where a.until > now group by a.team_id, a.loop;
  end;

grant create on schema public to cadenza_across;
alter function set_aside_by_team owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function set_aside_by_team from public;
grant execute on function set_aside_by_team to cadenza_app;
