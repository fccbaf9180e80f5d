-- The team's own applications at Google and Microsoft, with which its people sign in to connect their mailboxes.
create table sign_in_clients (
  team_id        ident not null,
  provider       text not null,
  client_id      text not null,
  client_secret  bytea not null, -- sealed
  tenant         text, -- of Microsoft Entra
  created_at     timestamptz not null,
  updated_at     timestamptz not null,
  primary key (team_id, provider),
  check (provider in ('google', 'microsoft')),
  check ((tenant is not null) = (provider = 'microsoft')),
  foreign key (team_id) references teams (id)
);
call guard_table('sign_in_clients');

-- Sign-ins that were started. The state that the browser brings back is known by its digest alone; what proves the exchange (PKCE)
-- and the nonce are made from the state and the installation's digest key.
create table mailbox_sign_ins (
  team_id      ident not null,
  id           ident not null,
  state_hash   bytea not null,
  provider     text not null,
  client_id    text not null, -- the application that the person was sent to
  user_id      ident not null,
  started_by   text not null, -- the session, key or token that may finish it
  mailbox_id   ident, -- to sign in again; null: connects the mailbox of the address that signs in
  wish         jsonb not null, -- settings of a new mailbox
  created_at   timestamptz not null,
  expires_at   timestamptz not null,
  used_at      timestamptz,
  primary key (team_id, id),
  check (provider in ('google', 'microsoft')),
  foreign key (team_id) references teams (id),
  foreign key (team_id, user_id) references users (team_id, id),
  foreign key (team_id, mailbox_id) references mailboxes (team_id, id) on delete cascade
);
create unique index mailbox_sign_ins_state on mailbox_sign_ins (team_id, state_hash);
create index mailbox_sign_ins_user on mailbox_sign_ins (team_id, user_id);
create index mailbox_sign_ins_mailbox on mailbox_sign_ins (team_id, mailbox_id) where mailbox_id is not null;
call guard_table('mailbox_sign_ins');

alter table mailboxes
  -- Its tokens belong to the team's own application: the secret is read there, so that a new one serves all mailboxes.
  add column oauth_of_team         boolean not null default false,
  -- One engine at a time asks for new tokens: with rotation, the second of two would use a token that is dead already.
  add column oauth_renewing_until  timestamptz,
  add column oauth_wait_until      timestamptz, -- the token server is not asked before then
  add column oauth_wait_reason     text;
