-- What goes along with mails, what a mail answers, and how mails are found.

create table attachments (
  team_id       ident not null references teams (id),
  id            ident not null,
  user_id       ident not null, -- who brought it
  file_name     text not null,
  content_type  text not null,
  size          int not null check (size between 0 and 7340032),
  content       bytea not null,
  created_at    timestamptz not null,
  primary key (team_id, id),
  foreign key (team_id, user_id) references users (team_id, id)
);
alter table attachments alter column content set storage external; -- most files are packed already
call guard_table('attachments');

-- Which mail of ours this one goes on from.
alter table messages
  add column in_response_to ident,
  add foreign key (team_id, in_response_to) references messages (team_id, id) on delete set null (in_response_to);
create index messages_answering on messages (team_id, in_response_to) where in_response_to is not null;

-- Searches show mails latest first. What is seldom asked for by itself has an index of its own, or a walk would not end.
create index messages_shown on messages (team_id, (coalesce(due_at, created_at)) desc, id desc)
  where status is not null and copy_of is null;
create index messages_shown_completed on messages (team_id, completed_at desc, id desc)
  where completed_at is not null and status is not null and copy_of is null;
create index messages_shown_sequence on messages (team_id, sequence_id, (coalesce(due_at, created_at)) desc, id desc)
  where status is not null and copy_of is null;
create index messages_notable on messages (team_id, (coalesce(due_at, created_at)) desc, id desc)
  where status is not null and copy_of is null
    and (replied_at is not null or has_bounced is true or is_spam_blocked is true or unsubscribed_at is not null
      or demoed_at is not null or num_clicks > 0 or status = 'failed' or status = 'drafted');
create index messages_opened on messages (team_id, (coalesce(due_at, created_at)) desc, id desc)
  where status is not null and copy_of is null and num_opens > 0;
create index messages_to on messages (team_id, lower(to_email)) where to_email is not null;

-- Of what was written or has ended; on its way a mail changes several times, and says nothing new.
create function words_of_mail(subject text, body text, to_name text, to_email text, from_name text) returns tsvector
  language sql immutable parallel safe
  return to_tsvector('simple', left(coalesce(subject, ''), 1000) || ' ' || left(coalesce(to_name, ''), 300) || ' '
    || left(coalesce(to_email, ''), 300) || ' ' || left(coalesce(from_name, ''), 300) || ' ' || left(coalesce(body, ''), 50000));
create index messages_words on messages using gin (words_of_mail(subject, body_text, to_name, to_email, from_name))
  where delivery in ('draft', 'sent', 'failed');

-- See team_contacts: conditions that might leak are answered by an index only here.
create view team_messages as select * from messages where team_id = current_team();
grant create on schema public to cadenza_across;
alter view team_messages owner to cadenza_across;
revoke create on schema public from cadenza_across;
grant select on team_messages to cadenza_app;

alter table tombstones drop constraint tombstones_kind_check;
alter table tombstones add check (kind in ('contact', 'account', 'task', 'deal', 'label', 'sequence', 'message'));
create index tasks_message on tasks (team_id, message_id) where message_id is not null;
create index messages_by_hand on messages (team_id, mailbox_id) where delivery in ('planned', 'claimed') and due_at_manually_changed;

-- What people did is counted in the mail's own row; what machines did only here.
create index message_events_machines on message_events (team_id, message_id) include (type) where is_machine;
