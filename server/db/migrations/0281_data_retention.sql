-- How long a team keeps data of each kind. A run goes through the records in the order of their ids, some at a time.

create table retention_rules (
  team_id       ident not null,
  kind          text not null,
  keep_days     int, -- null: until a user deletes it
  due_at        timestamptz, -- when the next run begins, or the one under way goes on
  after_id      ident, -- the record up to which the run under way has come
  run_deleted   int not null default 0, -- in the run under way
  last_run_at   timestamptz,
  last_deleted  int not null default 0,
  deleted       bigint not null default 0, -- since the rule was made
  primary key (team_id, kind),
  check (kind in ('contacts', 'email_texts', 'reply_texts', 'call_notes', 'notes', 'conversations')),
  check (keep_days between 30 and 36500),
  check ((keep_days is null) = (due_at is null)),
  foreign key (team_id) references teams (id)
);
call guard_table('retention_rules');

create function teams_with_retention_due(at timestamptz) returns table (team_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select distinct r.team_id from retention_rules r where r.due_at <= at;
  end;
grant create on schema public to cadenza_across;
alter function teams_with_retention_due(timestamp with time zone) owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function teams_with_retention_due(timestamp with time zone) from public;
grant execute on function teams_with_retention_due(timestamp with time zone) to cadenza_app;
