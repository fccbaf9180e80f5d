-- Devices of users that are told of replies and due tasks, by the push service of the browser's maker (Web Push).

create table push_subscriptions (
  team_id           ident not null,
  id                ident not null,
  user_id           ident not null,
  endpoint          text not null, -- where the push service takes notifications for this browser
  p256dh            text not null, -- the browser's public key
  auth              bytea not null, -- the browser's secret, sealed: without it no notification can be encrypted
  device            text, -- such as "Firefox on Linux"; null: unknown
  language          text not null default 'en', -- of the notifications
  wants_replies     boolean not null default true,
  wants_tasks       boolean not null default true,
  shows_names       boolean not null default false,
  tells_since       timestamptz not null, -- what came before was not asked for
  told              text[] not null default '{}', -- what it was told of the last hour, so that nothing is told twice
  created_at        timestamptz not null,
  last_delivered_at timestamptz,
  failures          int not null default 0, -- since the last delivery
  next_try_at       timestamptz, -- taken by an engine or waiting after a failure until then; null: neither
  primary key (team_id, id),
  unique (team_id, user_id, endpoint),
  check (language in ('en', 'de', 'es', 'fr')),
  foreign key (team_id) references teams (id),
  foreign key (team_id, user_id) references users (team_id, id)
);
create index push_subscriptions_endpoint on push_subscriptions (team_id, endpoint);
call guard_table('push_subscriptions');

-- The installation's key pair, which push services know it by (VAPID).
alter table installation
  add column push_public_key text,
  add column push_private_key bytea, -- sealed
  add check ((push_public_key is null) = (push_private_key is null));

create function teams_with_devices_to_tell(at timestamptz) returns table (team_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select distinct s.team_id from push_subscriptions s
     where (s.wants_replies or s.wants_tasks) and (s.next_try_at is null or s.next_try_at <= at);
  end;
grant create on schema public to cadenza_across;
alter function teams_with_devices_to_tell(timestamp with time zone) owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function teams_with_devices_to_tell(timestamp with time zone) from public;
grant execute on function teams_with_devices_to_tell(timestamp with time zone) to cadenza_app;
