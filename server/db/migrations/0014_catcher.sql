-- Mail that stays in the house: what goes out through a mailbox of type `catcher`, and what is answered to it.

-- One row per mailbox that has caught something: the next uid, given under this row's lock, so that uids become
-- visible in their order.
create table catcher_mailboxes (
  team_id     ident not null,
  mailbox_id  ident not null,
  uid_next    bigint not null,
  primary key (team_id, mailbox_id),
  foreign key (team_id, mailbox_id) references mailboxes (team_id, id) on delete cascade
);
call guard_table('catcher_mailboxes');

create table catcher_messages (
  team_id       ident not null,
  id            ident not null,
  mailbox_id    ident not null,
  uid           bigint not null,
  folder        text not null check (folder in ('INBOX', 'Sent')), -- Sent: to the world; INBOX: back to the mailbox
  at            timestamptz not null,
  from_address  text not null, -- as the envelope has it; empty for a report
  to_address    text not null,
  subject       text not null,
  message_id    text, -- in angle brackets, as the header has it
  headers       jsonb not null default '{}',
  body_text     text,
  body_html     text,
  raw           bytea not null,
  flags         text[] not null default '{}',
  answers       ident, -- the caught mail that this one answers
  answer_kind   text check (answer_kind in ('reply', 'bounce', 'out_of_office', 'unsubscribe')),
  -- Where the person it went to will answer by themselves.
  answer_due_at timestamptz,
  nth           int, -- the how manieth mail it is that they got
  primary key (team_id, id),
  unique (team_id, mailbox_id, uid),
  foreign key (team_id, mailbox_id) references mailboxes (team_id, id) on delete cascade,
  foreign key (team_id, answers) references catcher_messages (team_id, id) on delete set null (answers)
);
create index catcher_messages_newest on catcher_messages (team_id, at desc, id desc);
create index catcher_messages_to on catcher_messages (team_id, lower(to_address), at desc);
create index catcher_messages_due on catcher_messages (team_id, answer_due_at) where answer_due_at is not null;
create index catcher_messages_answers on catcher_messages (team_id, answers) where answers is not null;
call guard_table('catcher_messages');

-- Who is invented stays invented, whatever becomes of their address: they are mailed through the catcher or not at all.
alter table contacts add column is_invented boolean not null default false;
alter table teams add column sample_planted_at timestamptz;

create function teams_with_catcher_answers_due(by_now timestamptz) returns table (team_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select t.id from teams t
     where exists (select from catcher_messages m where m.team_id = t.id and m.answer_due_at <= by_now);
  end;

-- Whether anybody here needs the catcher.
create function has_catcher_mailboxes() returns boolean
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select exists (select from mailboxes m where m.type = 'catcher' and m.revoked_at is null);
  end;

grant create on schema public to cadenza_across;
alter function teams_with_catcher_answers_due owner to cadenza_across;
alter function has_catcher_mailboxes owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function teams_with_catcher_answers_due, has_catcher_mailboxes from public;
grant execute on function teams_with_catcher_answers_due, has_catcher_mailboxes to cadenza_app;
