-- Finding people of a sequence by what came back, and reading on what happened in it.

create index messages_came_back on messages (team_id, enrollment_id)
  where has_bounced or is_spam_blocked;

create index events_sequence on events (team_id, (data ->> 'sequence_id'), written_in desc, position desc)
  where data ? 'sequence_id';
