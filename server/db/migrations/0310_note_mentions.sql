-- Users who are mentioned in a note, and whether they have seen it.

create table note_mentions (
  team_id      ident not null,
  note_id      ident not null,
  user_id      ident not null,
  mentioned_by ident not null,
  mentioned_at timestamptz not null,
  seen_at      timestamptz,
  primary key (team_id, note_id, user_id),
  foreign key (team_id, note_id) references notes (team_id, id) on delete cascade,
  foreign key (team_id, user_id) references users (team_id, id),
  foreign key (team_id, mentioned_by) references users (team_id, id)
);
create index note_mentions_user on note_mentions (team_id, user_id, mentioned_at desc, note_id);
create index note_mentions_unseen on note_mentions (team_id, user_id, mentioned_at) where seen_at is null;
call guard_table('note_mentions');

-- Devices are told of mentions too.
alter table push_subscriptions add column wants_mentions boolean not null default true;

grant create on schema public to cadenza_across;
create or replace function teams_with_devices_to_tell(at timestamptz) returns table (team_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select distinct s.team_id from push_subscriptions s
     where (s.wants_replies or s.wants_tasks or s.wants_mentions) and (s.next_try_at is null or s.next_try_at <= at);
  end;
revoke create on schema public from cadenza_across;
