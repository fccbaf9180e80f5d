-- Who wants to be told what happens, and how telling them went.

create table webhook_subscriptions (
  team_id          ident not null references teams (id),
  id               ident not null,
  url              text not null,
  types            text[] not null,
  description      text,
  secret           bytea not null, -- sealed
  previous_secret  bytea, -- sealed; signs too while a rotation lasts
  rotated_at       timestamptz,
  is_active        boolean not null default true,
  inactive_reason  text,
  -- Told are events of transactions from here on: those open when it was made or switched on, and later ones.
  starts_in        pg_snapshot not null default pg_current_snapshot(),
  created_by       ident,
  created_at       timestamptz not null,
  updated_at       timestamptz not null,
  deleted_at       timestamptz, -- kept, so that its deliveries can still be accounted for
  primary key (team_id, id),
  foreign key (team_id, created_by) references users (team_id, id)
);
create index webhook_subscriptions_active on webhook_subscriptions (team_id) where is_active;
call guard_table('webhook_subscriptions');

-- One per event and subscription; its attempts beside it. A pending row is the job: whoever claims it moves
-- next_attempt_at behind the longest a call may take, so what a killed process was at falls due again.
create table webhook_deliveries (
  team_id          ident not null,
  subscription_id  ident not null,
  event_id         ident not null,
  status           text not null check (status in ('pending', 'delivered', 'given_up')),
  attempts         int not null default 0,
  next_attempt_at  timestamptz,
  created_at       timestamptz not null,
  finished_at      timestamptz,
  primary key (team_id, subscription_id, event_id),
  foreign key (team_id, subscription_id) references webhook_subscriptions (team_id, id) on delete cascade,
  foreign key (team_id, event_id) references events (team_id, id),
  check ((status = 'pending') = (finished_at is null))
);
create index webhook_deliveries_due on webhook_deliveries (team_id, subscription_id, next_attempt_at) where status = 'pending';
create index webhook_deliveries_newest on webhook_deliveries (team_id, subscription_id, created_at);
call guard_table('webhook_deliveries');

create table webhook_attempts (
  team_id          ident not null,
  subscription_id  ident not null,
  event_id         ident not null,
  attempt          int not null,
  at               timestamptz not null,
  status_code      int,
  error            text,
  took_ms          int,
  primary key (team_id, subscription_id, event_id, attempt),
  foreign key (team_id, subscription_id, event_id)
    references webhook_deliveries (team_id, subscription_id, event_id) on delete cascade
);
call guard_table('webhook_attempts');

-- How far a team's events have been handed to its subscriptions.
create table webhook_cursors (
  team_id     ident primary key references teams (id),
  written_in  xid8 not null,
  position    bigint not null
);
call guard_table('webhook_cursors');

-- Teams with events that nobody has handed to their subscriptions yet, or with deliveries that are due.
create function teams_with_webhook_work(at timestamptz) returns table (team_id text)
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
             where s.team_id = c.team_id and s.is_active and d.status = 'pending' and d.next_attempt_at <= at);
  end;
grant create on schema public to cadenza_across;
alter function teams_with_webhook_work owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function teams_with_webhook_work from public;
grant execute on function teams_with_webhook_work to cadenza_app;

-- For whoever checks us from outside: every attempt, and a line for what ended without one.
grant create on schema audit to cadenza_across;
create view audit.event_deliveries as
  select d.event_id::text, d.subscription_id::text as endpoint_id, coalesce(a.attempt, 0) as attempt,
         case when a.attempt is null then d.status
              when a.status_code between 200 and 299 then 'delivered'
              else 'failed' end as status,
         coalesce(a.at, d.finished_at, d.created_at) as at,
         d.status <> 'pending' and coalesce(a.attempt, 0) = max(coalesce(a.attempt, 0)) over (
           partition by d.team_id, d.subscription_id, d.event_id) as terminal,
         d.team_id::text
    from webhook_deliveries d
    left join webhook_attempts a
      on a.team_id = d.team_id and a.subscription_id = d.subscription_id and a.event_id = d.event_id;
alter view audit.event_deliveries owner to cadenza_across;
grant select on audit.event_deliveries to cadenza_audit;
revoke create on schema audit from cadenza_across;

-- Which server wrote these rows. A database restored from a dump into another server keeps the numbers of
-- transactions that the new one has not reached, so its events would lie in the future: unseen by the feed,
-- and by webhooks, for as long as it takes to get there.
create table written_by (
  only_row           boolean primary key default true check (only_row),
  system_identifier  text not null
);
insert into written_by (system_identifier) select system_identifier::text from pg_control_system();

-- Called by the owner at every start. In a restored database what has been written comes before everything
-- that will be, in the order of its positions; cursors handed out before are read so too (events/store.ts).
create procedure welcome_restored_events()
  language plpgsql
as $$
declare
  here text := (select system_identifier::text from pg_control_system());
begin
  if exists (select 1 from written_by where system_identifier = here) then
    return;
  end if;
  -- The owner is under row security like everybody, except for as long as this takes.
  alter table events no force row level security;
  alter table webhook_cursors no force row level security;
  alter table webhook_subscriptions no force row level security;
  update webhook_cursors c
     set written_in = '3',
         position = (select coalesce(max(e.position), 0) from events e
                      where e.team_id = c.team_id and (e.written_in, e.position) <= (c.written_in, c.position));
  update webhook_subscriptions set starts_in = '3:3:';
  update events set written_in = '3';
  alter table events force row level security;
  alter table webhook_cursors force row level security;
  alter table webhook_subscriptions force row level security;
  update written_by set system_identifier = here;
end
$$;
