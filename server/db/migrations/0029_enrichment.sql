-- Who else is asked about people and companies: providers that a team connects with keys of its own, in its order; every
-- question put to them; and requests whose answer comes later.

create table enrichment_providers (
  team_id       ident not null references teams (id),
  id            ident not null,
  name          text not null,
  kind          text not null check (kind in ('apollo', 'http')),
  position      int not null,
  base_url      text,           -- of whoever speaks as Apollo does
  mapping       jsonb,          -- of whoever does not
  sealed_key    bytea not null,
  is_enabled    boolean not null default true,
  timeout_ms    int not null,
  retries       int not null,
  price         int not null,   -- in credits, for an answer that finds something
  ceiling       int,            -- credits for one person or company in 30 days; null: none
  failures      int not null default 0, -- in a row
  paused_until  timestamptz,    -- it asked for peace, or is broken
  created_at    timestamptz not null,
  updated_at    timestamptz not null,
  primary key (team_id, id)
);
create unique index enrichment_providers_name on enrichment_providers (team_id, lower(name));
call guard_table('enrichment_providers');

-- What was asked is kept as a digest, what was answered as the id of the record that learnt it: nobody lives on in here.
create table provider_calls (
  team_id      ident not null,
  id           ident not null,
  provider_id  ident not null,
  question     bytea not null,
  outcome      text not null check (outcome in ('hit', 'miss', 'failed')),
  error        text,
  record_id    ident,
  price        int not null,
  took_ms      int not null,
  called_at    timestamptz not null,
  primary key (team_id, id),
  foreign key (team_id, provider_id) references enrichment_providers (team_id, id) on delete cascade
);
create index provider_calls_question on provider_calls (team_id, question, provider_id, called_at desc);
create index provider_calls_age on provider_calls (team_id, provider_id, called_at);
call guard_table('provider_calls');

create table enrichment_requests (
  team_id          ident not null references teams (id),
  id               bigint not null,
  user_id          ident not null,
  type             text not null check (type in ('phone', 'waterfall')),
  wish             jsonb not null,
  webhook_url      text,
  status           text not null default 'pending' check (status in ('pending', 'success', 'failed')),
  failure          text,
  result           jsonb,
  attempts         int not null default 0, -- to deliver it
  last_attempt_at  timestamptz,
  created_at       timestamptz not null,
  expires_at       timestamptz not null,
  primary key (team_id, id),
  foreign key (team_id, user_id) references users (team_id, id)
);
create index enrichment_requests_age on enrichment_requests (team_id, expires_at);
call guard_table('enrichment_requests');
