-- Recorded meetings and calls, with who took part and what was said.
create table conversations (
  team_id        ident not null,
  id             ident not null,
  source         text not null, -- the program that recorded it
  external_id    text, -- what that program calls it: a second report with it replaces the first
  topic          text,
  type           text not null,
  started_at     timestamptz not null,
  duration       int, -- seconds
  user_id        ident not null, -- who brought it
  host_id        ident,
  host_name      text, -- of a host who is no user
  is_private     boolean not null default false,
  account_id     ident,
  video_url      text,
  audio_url      text,
  thumbnail_url  text,
  failure_code   text, -- why there is no recording, in the program's words
  created_at     timestamptz not null,
  updated_at     timestamptz not null,
  primary key (team_id, id),
  check (type in ('video_conference', 'phone_call')),
  foreign key (team_id) references teams (id),
  foreign key (team_id, user_id) references users (team_id, id),
  foreign key (team_id, host_id) references users (team_id, id),
  foreign key (team_id, account_id) references accounts (team_id, id) on delete set null (account_id)
);
create index conversations_started on conversations (team_id, started_at desc, id desc);
create index conversations_account on conversations (team_id, account_id) where account_id is not null;
create unique index conversations_external on conversations (team_id, source, external_id) where external_id is not null;
call guard_table('conversations');

-- With a contact who is deleted go their row here and all that they said.
create table conversation_participants (
  team_id          ident not null,
  conversation_id  ident not null,
  position         int not null,
  name             text,
  email            text,
  user_id          ident,
  contact_id       ident,
  primary key (team_id, conversation_id, position),
  foreign key (team_id, conversation_id) references conversations (team_id, id) on delete cascade,
  foreign key (team_id, user_id) references users (team_id, id),
  foreign key (team_id, contact_id) references contacts (team_id, id) on delete cascade
);
create index conversation_participants_contact on conversation_participants (team_id, contact_id) where contact_id is not null;
call guard_table('conversation_participants');

create table conversation_lines (
  team_id          ident not null,
  conversation_id  ident not null,
  position         int not null,
  speaker          int, -- the participant's position; null where the program could not tell
  starts_at        float8, -- seconds from the beginning
  ends_at          float8,
  said             text not null,
  primary key (team_id, conversation_id, position),
  foreign key (team_id, conversation_id) references conversations (team_id, id) on delete cascade,
  foreign key (team_id, conversation_id, speaker) references conversation_participants (team_id, conversation_id, position)
    on delete cascade
);
create index conversation_lines_speaker on conversation_lines (team_id, conversation_id, speaker) where speaker is not null;
call guard_table('conversation_lines');

create table conversation_tags (
  team_id  ident not null,
  id       ident not null,
  name     text not null,
  primary key (team_id, id),
  foreign key (team_id) references teams (id)
);
create unique index conversation_tags_name on conversation_tags (team_id, lower(name));
call guard_table('conversation_tags');

create table conversation_tagged (
  team_id          ident not null,
  conversation_id  ident not null,
  tag_id           ident not null,
  primary key (team_id, conversation_id, tag_id),
  foreign key (team_id, conversation_id) references conversations (team_id, id) on delete cascade,
  foreign key (team_id, tag_id) references conversation_tags (team_id, id) on delete cascade
);
create index conversation_tagged_tag on conversation_tagged (team_id, tag_id);
call guard_table('conversation_tagged');

create table conversation_deals (
  team_id          ident not null,
  conversation_id  ident not null,
  deal_id          ident not null,
  primary key (team_id, conversation_id, deal_id),
  foreign key (team_id, conversation_id) references conversations (team_id, id) on delete cascade,
  foreign key (team_id, deal_id) references deals (team_id, id) on delete cascade
);
create index conversation_deals_deal on conversation_deals (team_id, deal_id);
call guard_table('conversation_deals');

-- What was asked for as a file. The file is made when it is fetched.
create table conversation_exports (
  team_id      ident not null,
  id           ident not null,
  user_id      ident not null, -- who asked
  for_user_id  ident not null, -- whose address was named
  since        timestamptz not null,
  until        timestamptz not null,
  created_at   timestamptz not null,
  primary key (team_id, id),
  foreign key (team_id) references teams (id),
  foreign key (team_id, user_id) references users (team_id, id),
  foreign key (team_id, for_user_id) references users (team_id, id)
);
call guard_table('conversation_exports');

create table note_conversations (
  team_id          ident not null,
  note_id          ident not null,
  conversation_id  ident not null,
  primary key (team_id, note_id, conversation_id),
  foreign key (team_id, note_id) references notes (team_id, id) on delete cascade,
  foreign key (team_id, conversation_id) references conversations (team_id, id) on delete cascade
);
create index note_conversations_conversation on note_conversations (team_id, conversation_id);
call guard_table('note_conversations');
