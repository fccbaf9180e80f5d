-- Mail of strangers is not kept: of what has nothing to do with us there is its key, to know it again, and its kind.
create table incoming_mails (
  team_id              ident not null,
  id                   ident not null,
  mailbox_id           ident not null,
  content_key          text not null, -- the same however often the mail is fetched, and whatever number it has; a digest
  internet_message_id  text,
  folder               text not null,
  uid                  bigint not null,
  kind                 text not null,
  certainty            text not null,
  tied_by              text,
  message_id           ident, -- the mail of ours that it is about
  contact_id           ident,
  enrollment_id        ident,
  counts               boolean not null default false, -- as a response
  reply_class          text,
  returns_on           date,
  bounce_class         text,
  bounce_code          text,
  bounced_email        text,
  named_emails         text[] not null default '{}', -- better ones to write to
  evidence             jsonb not null default '[]',
  from_email           text,
  from_name            text,
  subject              text,
  body_text            text, -- its beginning
  set_aside            text, -- why not all of it could be understood
  question             text, -- what a person is asked
  needs_person         boolean not null default false,
  task_id              ident,
  effects              jsonb, -- what it changed, for an undo
  first_kind           text, -- what it was taken for before a person said otherwise
  overruled_at         timestamptz,
  overruled_by         ident,
  received_at          timestamptz not null,
  processed_at         timestamptz not null,
  handled_at           timestamptz, -- when it was handled
  handled_by           ident,
  action               text, -- null: read before this was kept
  probability          real,
  primary key (team_id, id),
  unique (team_id, content_key),
  check (action in ('act', 'ask', 'leave')),
  check (bounce_class in ('hard', 'soft', 'policy')),
  check (certainty in ('sure', 'probable', 'unsure')),
  check (kind in ('reply', 'unsubscribe', 'out_of_office', 'auto_reply', 'challenge', 'bounce', 'delay', 'receipt', 'complaint', 'list', 'own', 'unrelated', 'unreadable')),
  check ((probability >= (0)::double precision) and (probability <= (1)::double precision)),
  check (question in ('reply', 'unsubscribe', 'bounce')),
  check (tied_by in ('message_id', 'thread', 'token', 'address', 'company')),
  foreign key (team_id, contact_id) references contacts (team_id, id) on delete set null (contact_id),
  foreign key (team_id, enrollment_id) references enrollments (team_id, id) on delete set null (enrollment_id),
  foreign key (team_id) references teams (id),
  foreign key (team_id, handled_by) references users (team_id, id),
  foreign key (team_id, mailbox_id) references mailboxes (team_id, id),
  foreign key (team_id, message_id) references messages (team_id, id) on delete set null (message_id),
  foreign key (team_id, overruled_by) references users (team_id, id),
  foreign key (team_id, task_id) references tasks (team_id, id) on delete set null (task_id)
);
create index incoming_mails_asking on incoming_mails (team_id, received_at desc) where needs_person;
create index incoming_mails_contact on incoming_mails (team_id, contact_id, received_at) where contact_id is not null;
create index incoming_mails_enrollment on incoming_mails (team_id, enrollment_id) where enrollment_id is not null;
create index incoming_mails_mailbox on incoming_mails (team_id, mailbox_id, received_at desc);
create index incoming_mails_message on incoming_mails (team_id, message_id) where message_id is not null;
create index incoming_mails_newest on incoming_mails (team_id, received_at desc, id desc);
-- What waits for a person: an answer, and whatever a person was asked about.
create index incoming_mails_open on incoming_mails (team_id, received_at desc, id desc) where (handled_at is null) and ((kind = 'reply') or needs_person);
create index incoming_mails_task on incoming_mails (team_id, task_id) where task_id is not null;
call guard_table('incoming_mails');
create policy reporting on incoming_mails for select to cadenza_views using (team_id = (select reporting.team() as team));
grant select on incoming_mails to cadenza_views;

create table language_models (
  team_id           ident primary key,
  base_url          text not null, -- calls go to its /chat/completions
  model             text not null,
  sealed_key        bytea, -- null: the server asks for none
  guidance          text not null default '', -- what the team tells the model about itself
  timeout_ms        int not null,
  daily_calls       int not null,
  max_tokens        int not null, -- of one answer
  token_limit_name  text not null,
  drafts_openers    boolean not null default false,
  suggests_classes  boolean not null default false,
  classes_since     timestamptz, -- what came in before is not shown to it
  failures          int not null default 0, -- in a row
  paused_until      timestamptz, -- it asked for peace, or is broken
  last_error        text,
  created_at        timestamptz not null,
  updated_at        timestamptz not null,
  check (token_limit_name in ('max_tokens', 'max_completion_tokens')),
  foreign key (team_id) references teams (id)
);
call guard_table('language_models');

-- Where a mailbox's folder has been read to. What came before `reads_from` answers nothing of ours and is left alone.
create table mailbox_folders (
  team_id       ident not null,
  mailbox_id    ident not null,
  role          text not null,
  path          text not null,
  uid_validity  bigint, -- another one means that the server has numbered its mails anew
  last_uid      bigint not null default 0,
  reads_from    timestamptz not null,
  primary key (team_id, mailbox_id, role),
  check (role in ('inbox', 'sent', 'junk')),
  foreign key (team_id, mailbox_id) references mailboxes (team_id, id) on delete cascade
);
call guard_table('mailbox_folders');

-- Which mails are being read at this moment. Written before they are read and deleted when they are taken in: what is still
-- here when reading begins anew was met by a process that has ended since, and is read one by one.
create table mails_being_read (
  team_id       ident not null,
  mailbox_id    ident not null,
  role          text not null,
  uid_validity  bigint,
  first_uid     bigint not null,
  last_uid      bigint not null, -- the same for a mail that is read by itself
  process       text not null, -- which one reads them
  tries         int not null default 1, -- how many processes have begun to read them
  primary key (team_id, mailbox_id, role, first_uid, last_uid),
  foreign key (team_id, mailbox_id) references mailboxes (team_id, id) on delete cascade
);
call guard_table('mails_being_read');

-- One for each proposal and each reply. It changes nothing but itself.
create table model_suggestions (
  team_id            ident not null,
  id                 ident not null,
  proposal_id        ident, -- an opener for a proposed contact
  incoming_mail_id   ident, -- a class for what came in
  state              text not null,
  next_at            timestamptz, -- waiting: when it is asked; asking: when the asking process counts as dead
  asks               int not null default 0,
  opener             text, -- as a person left it
  draft              text, -- as the model wrote it
  reply_class        text,
  reason             text,
  error              text,
  model              text,
  prompt             text, -- which version of it
  prompt_tokens      int,
  completion_tokens  int,
  took_ms            int,
  answered_at        timestamptz,
  decided_at         timestamptz,
  decided_by         ident,
  created_at         timestamptz not null,
  primary key (team_id, id),
  check ((proposal_id is null) <> (incoming_mail_id is null)),
  check (state in ('waiting', 'asking', 'suggested', 'accepted', 'dropped', 'unfit', 'failed', 'withheld')),
  foreign key (team_id, decided_by) references users (team_id, id),
  foreign key (team_id) references teams (id),
  foreign key (team_id, incoming_mail_id) references incoming_mails (team_id, id) on delete cascade
);
create unique index model_suggestions_mail on model_suggestions (team_id, incoming_mail_id) where incoming_mail_id is not null;
create index model_suggestions_next on model_suggestions (team_id, next_at) where state in ('waiting', 'asking');
create unique index model_suggestions_proposal on model_suggestions (team_id, proposal_id) where proposal_id is not null;
call guard_table('model_suggestions');

create table model_usage (
  team_id            ident not null,
  day                date not null, -- by the team's calendar
  calls              int not null default 0, -- written before the call is made
  failed             int not null default 0,
  unfit              int not null default 0, -- answers that were dropped
  prompt_tokens      bigint not null default 0,
  completion_tokens  bigint not null default 0,
  primary key (team_id, day),
  foreign key (team_id) references teams (id)
);
call guard_table('model_usage');

create table reply_examples (
  team_id           ident not null,
  id                ident not null,
  incoming_mail_id  ident not null,
  contact_id        ident not null, -- goes with the contact
  subject           text,
  body_text         text,
  was_kind          text not null, -- as it had been read
  was_reply_class   text,
  was_certainty     text not null,
  kind              text not null, -- as a person said
  reply_class       text,
  returns_on        date,
  decided_by        ident,
  decided_at        timestamptz not null,
  primary key (team_id, id),
  unique (team_id, incoming_mail_id),
  foreign key (team_id, contact_id) references contacts (team_id, id) on delete cascade,
  foreign key (team_id, decided_by) references users (team_id, id),
  foreign key (team_id) references teams (id),
  foreign key (team_id, incoming_mail_id) references incoming_mails (team_id, id) on delete cascade
);
create index reply_examples_contact on reply_examples (team_id, contact_id);
create index reply_examples_newest on reply_examples (team_id, decided_at desc, id desc);
call guard_table('reply_examples');

alter table answer_holds add foreign key (team_id, incoming_mail_id) references incoming_mails (team_id, id) on delete cascade;

create function mark_answerer() returns trigger language plpgsql as $$
begin
  if score_looks_at(new.team_id, 'replies') then
    insert into score_marks (team_id, contact_id) values (new.team_id, new.contact_id);
  end if;
  return null;
end
$$;

create function teams_with_model_work(at timestamptz) returns table (team_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select t.id from teams t
     where exists (select from language_models m where m.team_id = t.id and (m.drafts_openers or m.suggests_classes)
                      and (m.paused_until is null or m.paused_until <= at))
        or exists (select from model_suggestions s where s.team_id = t.id and s.state = 'asking' and s.next_at <= at);
  end;
grant create on schema public to cadenza_across;
alter function teams_with_model_work(timestamp with time zone) owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function teams_with_model_work(timestamp with time zone) from public;
grant execute on function teams_with_model_work(timestamp with time zone) to cadenza_app;

create trigger score_follows after insert or update of counts, reply_class, contact_id on incoming_mails
  for each row when (new.contact_id is not null) execute function mark_answerer();
