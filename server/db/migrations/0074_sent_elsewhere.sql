-- What people send from a mailbox with another program counts against its limits, where its switch is on: the Sent folder is
-- looked into, and of each mail that is not ours it is written down that it went out. No text, no subject and no address.
alter table mailboxes
  add column counts_sent_elsewhere  boolean not null default false,
  add column sent_looked_at         timestamptz, -- when its Sent folder was last looked into
  add column sent_trouble           text;        -- why it could not be; null: it could, or nobody has tried

create table mails_sent_elsewhere (
  team_id     ident not null,
  mailbox_id  ident not null,
  mail_key    bytea not null, -- a digest of its Message-ID, or of its header: the same mail counts once, whatever number it has
  sent_at     timestamptz not null, -- the server's word, and never later than when it was seen
  primary key (team_id, mailbox_id, mail_key),
  foreign key (team_id, mailbox_id) references mailboxes (team_id, id) on delete cascade
);
create index mails_sent_elsewhere_at on mails_sent_elsewhere (team_id, mailbox_id, sent_at);
call guard_table('mails_sent_elsewhere');
