-- Mailboxes that send and read by Microsoft Graph. Both of their hosts are Graph's, so what asks whether a mailbox is read need
-- not know the difference.
alter table mailboxes
  add column connected_by text not null default 'smtp_imap',
  add constraint mailboxes_connected_by_check check (connected_by in ('smtp_imap', 'microsoft_graph')),
  add constraint mailboxes_graph_check check (connected_by = 'smtp_imap' or type = 'microsoft');

-- How far a folder was read, in the words of a server that does not number its emails: a link to what is new.
alter table mailbox_folders add column position text;

-- By which the provider knows the draft that an attempt made: written before the draft is sent, so that what became of it can be
-- asked for afterwards.
alter table send_attempts add column draft_id text;
