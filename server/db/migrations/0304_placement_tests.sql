-- Placement tests: one email from a mailbox to each seed mailbox of the team, and the folder in which each arrived.

alter table mailboxes add column is_seed boolean not null default false;
-- Until when the emails of tests that it sent may count against its limits; null: it sent none.
alter table mailboxes add column tests_count_until timestamptz;

create table placement_tests (
  team_id     ident not null,
  id          ident not null,
  mailbox_id  ident not null,
  started_by  ident not null,
  touch_id    ident, -- the email of a step that is tested; null: a text of its own
  is_of_step  boolean not null,
  subject     text not null,
  body_html   text not null,
  body_text   text not null,
  tracks_opens boolean not null,
  started_at  timestamptz not null,
  finished_at timestamptz,
  primary key (team_id, id),
  foreign key (team_id) references teams (id),
  foreign key (team_id, mailbox_id) references mailboxes (team_id, id),
  foreign key (team_id, started_by) references users (team_id, id),
  foreign key (team_id, touch_id) references step_touches (team_id, id) on delete set null (touch_id)
);
create index placement_tests_mailbox on placement_tests (team_id, mailbox_id, started_at desc);
create index placement_tests_newest on placement_tests (team_id, started_at desc);
create index placement_tests_by on placement_tests (team_id, started_by);
create index placement_tests_touch on placement_tests (team_id, touch_id) where touch_id is not null;
call guard_table('placement_tests');

create table placement_mails (
  team_id      ident not null,
  id           ident not null,
  test_id      ident not null,
  mailbox_id   ident not null, -- it is sent from here
  seed_id      ident not null, -- and looked for here
  seed_email   text not null,
  internet_message_id text not null,
  token        text not null,
  delivery     text not null default 'waiting',
  attempt_id   ident, -- who may release it
  tries        int not null default 0,
  next_at      timestamptz, -- when it is sent or looked for next; null: it is over
  hold_code    text,
  released_at  timestamptz, -- its last line may have left since then
  server_said  text,
  trouble      text, -- why the seed could not be read
  troubles     int not null default 0, -- in a row
  looked_at    timestamptz,
  place        text,
  folder       text,
  arrived_at   timestamptz,
  spf          text,
  dkim         text,
  dmarc        text,
  primary key (team_id, id),
  check (delivery in ('waiting', 'released', 'sent', 'unconfirmed', 'failed')),
  check (place in ('inbox', 'tab', 'spam', 'folder', 'missing', 'unread', 'unsent')),
  check ((place is null) = (next_at is not null)),
  check ((delivery in ('released', 'sent', 'unconfirmed')) = (released_at is not null)),
  foreign key (team_id) references teams (id),
  foreign key (team_id, test_id) references placement_tests (team_id, id) on delete cascade,
  foreign key (team_id, mailbox_id) references mailboxes (team_id, id),
  foreign key (team_id, seed_id) references mailboxes (team_id, id)
);
create unique index placement_mails_seed on placement_mails (team_id, test_id, seed_id);
create index placement_mails_sent on placement_mails (team_id, mailbox_id, released_at);
create index placement_mails_seeds on placement_mails (team_id, seed_id);
create unique index placement_mails_named on placement_mails (team_id, internet_message_id);
create index placement_mails_due on placement_mails (next_at) where next_at is not null;
call guard_table('placement_mails');

create function teams_with_placements_due(at timestamptz) returns table (team_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select distinct p.team_id from placement_mails p where p.next_at <= at;
  end;
grant create on schema public to cadenza_across;
alter function teams_with_placements_due(timestamp with time zone) owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function teams_with_placements_due(timestamp with time zone) from public;
grant execute on function teams_with_placements_due(timestamp with time zone) to cadenza_app;
