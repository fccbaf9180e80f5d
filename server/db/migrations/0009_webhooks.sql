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
  created_by       ident,
  created_at       timestamptz not null,
  updated_at       timestamptz not null,
  primary key (team_id, id),
  foreign key (team_id, created_by) references users (team_id, id)
);
call guard_table('webhook_subscriptions');

-- One per event and subscription; its attempts beside it.
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
  foreign key (team_id, event_id) references events (team_id, id)
);
create index webhook_deliveries_due on webhook_deliveries (team_id, next_attempt_at) where status = 'pending';
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
