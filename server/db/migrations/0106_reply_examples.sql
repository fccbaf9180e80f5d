-- What people of a team said that answers were: the team's own examples, kept until the contact or the example is deleted.
-- They leave the installation by no way but the team's own export.

create table reply_examples (
  team_id          ident not null references teams (id),
  id               ident not null,
  incoming_mail_id ident not null,
  contact_id       ident not null, -- goes with the contact
  subject          text,
  body_text        text,
  was_kind         text not null, -- as it had been read
  was_reply_class  text,
  was_certainty    text not null,
  kind             text not null, -- as a person said
  reply_class      text,
  returns_on       date,
  decided_by       ident,
  decided_at       timestamptz not null,
  primary key (team_id, id),
  unique (team_id, incoming_mail_id), -- the last word counts
  foreign key (team_id, incoming_mail_id) references incoming_mails (team_id, id) on delete cascade,
  foreign key (team_id, contact_id) references contacts (team_id, id) on delete cascade,
  foreign key (team_id, decided_by) references users (team_id, id)
);
create index reply_examples_newest on reply_examples (team_id, decided_at desc, id desc);
create index reply_examples_contact on reply_examples (team_id, contact_id);
call guard_table('reply_examples');
