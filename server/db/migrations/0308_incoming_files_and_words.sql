-- What is attached to incoming emails: names and sizes. The files stay in the mailbox. And the words of their texts, by which the inbox
-- is searched.
alter table incoming_mails add column attachments jsonb not null default '[]';

create function words_in_text(body text) returns tsvector
  language sql immutable parallel safe
  return to_tsvector('simple', left(coalesce(body, ''), 20000));

-- With the team behind the words, as for the words of subjects.
create index incoming_mails_text on incoming_mails using gin (words_in_text(body_text), team_id);
