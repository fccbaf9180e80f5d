-- A mail that was in doubt and is sent once more: since when. Word of its first copy may still come, and is asked for again
-- before the second one leaves. The first copy keeps its place in every limit.
alter table messages add column again_at timestamptz;
create index send_attempts_first_copies on send_attempts (team_id, dot_at) where outcome = 'ambiguous' and proved_absent_at is not null;
