-- What was foreseen, to be laid over what happened.
create table forecasts (
  team_id       ident not null,
  id            ident not null,
  user_id       ident not null,
  created_at    timestamptz not null,
  days          int not null,
  seed          int not null,
  reply_rate    double precision not null,
  sequence_ids  text[] not null,
  what_if       jsonb not null,
  totals        jsonb not null,
  told          jsonb not null,
  primary key (team_id, id),
  foreign key (team_id) references teams (id),
  foreign key (team_id, user_id) references users (team_id, id)
);
create index forecasts_by_time on forecasts (team_id, created_at desc, id desc);
call guard_table('forecasts');

create table report_mails (
  team_id        ident not null,
  run_id         ident not null,
  user_id        ident not null,
  to_email       text not null,
  state          text not null,
  tries          int not null default 0,
  next_check_at  timestamptz, -- null once it has ended
  released_at    timestamptz,
  ended_at       timestamptz,
  said           text,
  primary key (team_id, run_id, user_id),
  check ((next_check_at is null) = (state in ('sent', 'failed', 'unconfirmed'))),
  check (state in ('planned', 'claimed', 'dot', 'sent', 'failed', 'unconfirmed')),
  foreign key (team_id, user_id) references users (team_id, id)
);
create index report_mails_open on report_mails (team_id, next_check_at) where next_check_at is not null;
call guard_table('report_mails');

create table report_runs (
  team_id        ident not null,
  id             ident not null,
  schedule_id    ident not null,
  due_at         timestamptz not null,
  state          text not null,
  tries          int not null default 0,
  next_check_at  timestamptz, -- when it is worked on next; null once it has ended
  made_at        timestamptz,
  ended_at       timestamptz,
  failure        text,
  content        jsonb, -- the report as it was made
  primary key (team_id, id),
  unique (team_id, schedule_id, due_at),
  check ((next_check_at is null) = (state in ('sent', 'failed'))),
  check (state in ('due', 'made', 'sent', 'failed'))
);
create index report_runs_ended on report_runs (team_id, ended_at) where ended_at is not null;
create index report_runs_open on report_runs (team_id, next_check_at) where next_check_at is not null;
call guard_table('report_runs');

create table report_schedules (
  team_id        ident not null,
  id             ident not null,
  view_id        ident not null,
  user_id        ident not null, -- with whose eyes it is counted
  every          text not null,
  at_time        text not null,
  weekday        int,
  month_day      int,
  time_zone      text not null,
  mailbox_id     ident,
  recipient_ids  text[] not null default '{}',
  webhook_id     ident,
  is_active      boolean not null default true,
  next_run_at    timestamptz not null,
  created_at     timestamptz not null,
  updated_at     timestamptz not null,
  primary key (team_id, id),
  check (at_time ~ '^\d\d:\d\d$'),
  check ((mailbox_id is null) <> (webhook_id is null)),
  check (every in ('day', 'weekday', 'week', 'month')),
  check ((month_day >= 1) and (month_day <= 31)),
  check ((weekday >= 1) and (weekday <= 7)),
  foreign key (team_id) references teams (id),
  foreign key (team_id, mailbox_id) references mailboxes (team_id, id),
  foreign key (team_id, user_id) references users (team_id, id),
  foreign key (team_id, webhook_id) references webhook_subscriptions (team_id, id)
);
create index report_schedules_due on report_schedules (team_id, next_run_at) where is_active;
create index report_schedules_view on report_schedules (team_id, view_id);
call guard_table('report_schedules');

-- Lists as people have arranged them: what they are narrowed to, which columns, in which order.
create table saved_views (
  team_id     ident not null,
  id          ident not null,
  user_id     ident not null,
  subject     text not null,
  name        text not null,
  filter      jsonb not null default '{}',
  columns     text[],
  sort        text,
  is_shared   boolean not null default false,
  created_at  timestamptz not null,
  updated_at  timestamptz not null,
  primary key (team_id, id),
  foreign key (team_id) references teams (id),
  foreign key (team_id, user_id) references users (team_id, id)
);
create unique index saved_views_name on saved_views (team_id, user_id, subject, lower(name));
call guard_table('saved_views');

alter table report_mails add foreign key (team_id, run_id) references report_runs (team_id, id) on delete cascade;

alter table report_runs add foreign key (team_id, schedule_id) references report_schedules (team_id, id) on delete cascade;

alter table report_schedules add foreign key (team_id, view_id) references saved_views (team_id, id) on delete cascade;

create function teams_with_reports_due(at timestamptz) returns table (team_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select t.id from teams t
     where exists (select from report_schedules s where s.team_id = t.id and s.is_active and s.next_run_at <= at)
        or exists (select from report_runs r where r.team_id = t.id and r.next_check_at <= at)
        or exists (select from report_mails m where m.team_id = t.id and m.next_check_at <= at);
  end;
grant create on schema public to cadenza_across;
alter function teams_with_reports_due(timestamp with time zone) owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function teams_with_reports_due(timestamp with time zone) from public;
grant execute on function teams_with_reports_due(timestamp with time zone) to cadenza_app;
