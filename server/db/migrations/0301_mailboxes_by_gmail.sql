-- Mailboxes that send and read by the Gmail API. Both of their hosts are the API's, as with Microsoft Graph (0300).
alter table mailboxes
  drop constraint mailboxes_connected_by_check,
  drop constraint mailboxes_graph_check,
  add constraint mailboxes_connected_by_check check (
    connected_by = 'smtp_imap' or connected_by = 'microsoft_graph' and type = 'microsoft'
    or connected_by = 'gmail_api' and type = 'gmail');

-- Providers give an email another Message-ID when it is sent by their API. Answers name that one.
create index messages_provider_id on messages (team_id, provider_message_id)
 where provider_message_id is not null and provider_message_id <> internet_message_id and copy_of is null;

-- Answers in the same thread, where their header names no Message-ID of ours.
create index messages_provider_thread on messages (team_id, provider_thread_id) where provider_thread_id is not null;
