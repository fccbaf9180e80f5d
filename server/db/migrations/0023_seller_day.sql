-- What somebody needs who works through tasks and answers by hand: to say that an answer is seen to, and to take back
-- that a task is done.

alter table incoming_mails
  add column handled_at timestamptz, -- since when nobody need look at it any more
  add column handled_by ident,
  add foreign key (team_id, handled_by) references users (team_id, id);

-- What waits for a person: an answer, and whatever a person was asked about.
create index incoming_mails_open on incoming_mails (team_id, received_at desc, id desc)
  where handled_at is null and (kind = 'reply' or needs_person);

-- Where whoever the task was about stood before it was done, and how often they had been moved by then: they are put back
-- only if nothing has moved them since.
alter table tasks add column ended_from jsonb;
