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
