-- The mailboxes a team sends from, and the addresses it never sends to.

create table mailboxes (
  team_id              ident not null references teams (id),
  id                   ident not null,
  user_id              ident not null, -- whose mailbox it is
  email                text not null,
  display_name         text,
  type                 text not null check (type in ('smtp', 'gmail', 'microsoft', 'catcher')),
  is_active            boolean not null default true,
  is_default           boolean not null default false,
  -- Null means no limit of that kind.
  daily_limit          int check (daily_limit >= 0),
  hourly_limit         int check (hourly_limit >= 0),
  gap_seconds          int check (gap_seconds >= 0),
  signature_html       text,
  smtp_host            text,
  smtp_port            int,
  smtp_security        text check (smtp_security in ('tls', 'starttls', 'none')),
  smtp_username        text,
  smtp_password        bytea, -- sealed
  imap_host            text,
  imap_port            int,
  imap_security        text check (imap_security in ('tls', 'starttls', 'none')),
  imap_username        text,
  imap_password        bytea, -- sealed
  oauth_client_id      text,
  oauth_client_secret  bytea, -- sealed
  oauth_access_token   bytea, -- sealed
  oauth_refresh_token  bytea, -- sealed
  oauth_expires_at     timestamptz,
  visibility           text not null default 'restricted' check (visibility in ('restricted', 'everyone')),
  last_tested_at       timestamptz,
  last_test_error      text,
  last_synced_at       timestamptz,
  revoked_at           timestamptz, -- disconnected
  inactive_reason      text,
  created_at           timestamptz not null,
  updated_at           timestamptz not null,
  primary key (team_id, id),
  foreign key (team_id, user_id) references users (team_id, id)
);
create unique index mailboxes_email on mailboxes (team_id, lower(email)) where revoked_at is null;
create unique index mailboxes_default on mailboxes (team_id, user_id) where is_default and revoked_at is null;
call guard_table('mailboxes');

create table mailbox_aliases (
  team_id     ident not null,
  mailbox_id  ident not null,
  email       text not null,
  primary key (team_id, mailbox_id, email),
  foreign key (team_id, mailbox_id) references mailboxes (team_id, id) on delete cascade
);
call guard_table('mailbox_aliases');

-- Addresses, domains and patterns nobody of the team may mail. An address of a deleted person is kept
-- as a keyed hash only: enough to recognize it, not enough to read it.
create table suppressions (
  team_id     ident not null references teams (id),
  id          ident not null,
  kind        text not null check (kind in ('email', 'domain', 'pattern', 'hash')),
  value       text not null, -- in its one spelling (domain/suppression.ts)
  reason      text,
  source      text not null, -- 'person', 'import', 'unsubscribe', 'bounce', 'complaint', 'deletion'
  created_by  ident,
  created_at  timestamptz not null,
  primary key (team_id, id),
  foreign key (team_id, created_by) references users (team_id, id)
);
create unique index suppressions_value on suppressions (team_id, kind, value);
call guard_table('suppressions');
