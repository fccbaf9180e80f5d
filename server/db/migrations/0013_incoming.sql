-- What came in: each mail once, as what it was taken for and why, and how far each folder has been read.

-- Where a mailbox's folder has been read to. What came before `reads_from` answers nothing of ours and is left alone.
create table mailbox_folders (
  team_id       ident not null,
  mailbox_id    ident not null,
  role          text not null check (role in ('inbox', 'sent')),
  path          text not null,
  uid_validity  bigint, -- another one means that the server has numbered its mails anew
  last_uid      bigint not null default 0,
  reads_from    timestamptz not null,
  primary key (team_id, mailbox_id, role),
  foreign key (team_id, mailbox_id) references mailboxes (team_id, id) on delete cascade
);
call guard_table('mailbox_folders');

-- One engine at a time reads a mailbox; one that is not heard of any more has lost it.
alter table mailboxes
  add column reading_engine       ident,
  add column reading_at           timestamptz, -- when it is looked at next
  add column reading_failures     int not null default 0, -- in a row
  add column reading_error        text,
  add column reading_error_since  timestamptz;

-- Mail of strangers is not kept: of what has nothing to do with us there is its key, to know it again, and its kind.
create table incoming_mails (
  team_id              ident not null references teams (id),
  id                   ident not null,
  mailbox_id           ident not null,
  content_key          text not null, -- the same however often the mail is fetched, and whatever number it has; a digest
  internet_message_id  text,
  folder               text not null,
  uid                  bigint not null,
  kind                 text not null check (kind in ('reply', 'unsubscribe', 'out_of_office', 'auto_reply', 'challenge',
                         'bounce', 'delay', 'receipt', 'complaint', 'list', 'own', 'unrelated', 'unreadable')),
  certainty            text not null check (certainty in ('sure', 'probable')),
  tied_by              text check (tied_by in ('message_id', 'thread', 'token', 'address', 'company')),
  message_id           ident, -- the mail of ours that it is about
  contact_id           ident,
  enrollment_id        ident,
  counts               boolean not null default false, -- as a response
  reply_class          text,
  returns_on           date,
  bounce_class         text check (bounce_class in ('hard', 'soft', 'policy')),
  bounce_code          text,
  bounced_email        text,
  named_emails         text[] not null default '{}', -- better ones to write to
  evidence             jsonb not null default '[]',
  from_email           text,
  from_name            text,
  subject              text,
  body_text            text, -- its beginning
  set_aside            text, -- why not all of it could be understood
  question             text check (question in ('reply', 'unsubscribe', 'bounce')), -- what a person is asked
  needs_person         boolean not null default false,
  task_id              ident,
  effects              jsonb, -- what it changed, for whoever turns it round
  first_kind           text, -- what it was taken for before a person said otherwise
  overruled_at         timestamptz,
  overruled_by         ident,
  received_at          timestamptz not null,
  processed_at         timestamptz not null,
  primary key (team_id, id),
  unique (team_id, content_key), -- also where it came to several mailboxes of the team: it counts once
  foreign key (team_id, mailbox_id) references mailboxes (team_id, id),
  foreign key (team_id, message_id) references messages (team_id, id) on delete set null (message_id),
  foreign key (team_id, contact_id) references contacts (team_id, id) on delete set null (contact_id),
  foreign key (team_id, enrollment_id) references enrollments (team_id, id) on delete set null (enrollment_id),
  foreign key (team_id, task_id) references tasks (team_id, id) on delete set null (task_id),
  foreign key (team_id, overruled_by) references users (team_id, id)
);
create index incoming_mails_newest on incoming_mails (team_id, received_at desc, id desc);
create index incoming_mails_mailbox on incoming_mails (team_id, mailbox_id, received_at desc);
create index incoming_mails_contact on incoming_mails (team_id, contact_id, received_at) where contact_id is not null;
create index incoming_mails_message on incoming_mails (team_id, message_id) where message_id is not null;
create index incoming_mails_task on incoming_mails (team_id, task_id) where task_id is not null;
create index incoming_mails_enrollment on incoming_mails (team_id, enrollment_id) where enrollment_id is not null;
create index incoming_mails_asking on incoming_mails (team_id, received_at desc) where needs_person;
call guard_table('incoming_mails');

-- Which mailboxes are to be looked at now, and by nobody yet.
create function mailboxes_to_read(at timestamptz) returns table (team_id text, mailbox_id text)
  language sql volatile security definer set search_path = public, pg_temp
  begin atomic
    select b.team_id, b.id from mailboxes b
     where b.revoked_at is null and b.is_active and (b.imap_host is not null or b.type = 'catcher')
       and (b.reading_at is null or b.reading_at <= at)
       and (b.reading_engine is null or not engine_is_alive(b.reading_engine::text))
     order by b.reading_at nulls first, b.id;
  end;
grant create on schema public to cadenza_across;
alter function mailboxes_to_read owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function mailboxes_to_read from public;
grant execute on function mailboxes_to_read to cadenza_app;

grant usage, create on schema audit to cadenza_across;
create view audit.inbound as
  select id::text as inbound_id, team_id::text, mailbox_id::text, coalesce(internet_message_id, content_key) as content_key,
         kind, message_id::text as matched_send_id, processed_at
    from incoming_mails;
alter view audit.inbound owner to cadenza_across;
grant select on audit.inbound to cadenza_audit;
revoke create on schema audit from cadenza_across;
