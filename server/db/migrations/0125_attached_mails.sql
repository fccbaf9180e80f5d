-- A file is there for those who see a mail that it goes along with: looked for by the file's id, among the few mails with files.

create index messages_attached on messages using gin (attachment_ids) where attachment_ids <> '{}';
