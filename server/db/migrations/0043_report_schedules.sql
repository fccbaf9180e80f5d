-- Kept reports (views of the subject `reports`) that are sent at set times: when each is due next, every time one was, and every mail
-- of it. A mail is let go once: from `dot` on nobody tries it again, whatever became of it.

create table report_schedules (
  team_id      ident not null references teams (id),
  id           ident not null,
  view_id      ident not null,
  user_id      ident not null, -- with whose eyes it is counted
  every        text not null check (every in ('day', 'weekday', 'week', 'month')),
  at_time      text not null check (at_time ~ '^\d\d:\d\d$'),
  weekday      int check (weekday between 1 and 7),
  month_day    int check (month_day between 1 and 31),
  time_zone    text not null,
  mailbox_id   ident,
  recipient_ids text[] not null default '{}',
  webhook_id   ident,
  is_active    boolean not null default true,
  next_run_at  timestamptz not null,
  created_at   timestamptz not null,
  updated_at   timestamptz not null,
  primary key (team_id, id),
  foreign key (team_id, view_id) references saved_views (team_id, id) on delete cascade,
  foreign key (team_id, user_id) references users (team_id, id),
  foreign key (team_id, mailbox_id) references mailboxes (team_id, id),
  foreign key (team_id, webhook_id) references webhook_subscriptions (team_id, id),
  check ((mailbox_id is null) <> (webhook_id is null))
);
create index report_schedules_due on report_schedules (team_id, next_run_at) where is_active;
create index report_schedules_view on report_schedules (team_id, view_id);
call guard_table('report_schedules');

create table report_runs (
  team_id      ident not null,
  id           ident not null,
  schedule_id  ident not null,
  due_at       timestamptz not null,
  state        text not null check (state in ('due', 'made', 'sent', 'failed')),
  tries        int not null default 0,
  look_at      timestamptz, -- when it is worked on next; null once it has ended
  made_at      timestamptz,
  ended_at     timestamptz,
  failure      text,
  content      jsonb, -- the report as it was made
  primary key (team_id, id),
  unique (team_id, schedule_id, due_at),
  foreign key (team_id, schedule_id) references report_schedules (team_id, id) on delete cascade,
  check ((look_at is null) = (state in ('sent', 'failed')))
);
create index report_runs_open on report_runs (team_id, look_at) where look_at is not null;
create index report_runs_ended on report_runs (team_id, ended_at) where ended_at is not null;
call guard_table('report_runs');

create table report_mails (
  team_id     ident not null,
  run_id      ident not null,
  user_id     ident not null,
  to_email    text not null,
  state       text not null check (state in ('planned', 'claimed', 'dot', 'sent', 'failed', 'unconfirmed')),
  tries       int not null default 0,
  look_at     timestamptz, -- null once it has ended
  dot_at      timestamptz,
  ended_at    timestamptz,
  said        text,
  primary key (team_id, run_id, user_id),
  foreign key (team_id, run_id) references report_runs (team_id, id) on delete cascade,
  foreign key (team_id, user_id) references users (team_id, id),
  check ((look_at is null) = (state in ('sent', 'failed', 'unconfirmed')))
);
create index report_mails_open on report_mails (team_id, look_at) where look_at is not null;
call guard_table('report_mails');

create function teams_with_reports_due(at timestamptz) returns table (team_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select t.id from teams t
     where exists (select from report_schedules s where s.team_id = t.id and s.is_active and s.next_run_at <= at)
        or exists (select from report_runs r where r.team_id = t.id and r.look_at <= at)
        or exists (select from report_mails m where m.team_id = t.id and m.look_at <= at);
  end;
grant create on schema public to cadenza_across;
alter function teams_with_reports_due owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function teams_with_reports_due from public;
grant execute on function teams_with_reports_due to cadenza_app;
