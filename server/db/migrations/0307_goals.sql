-- What users want to reach in a day, a week or a month, such as 50 calls a week.

create table goals (
  team_id     ident not null,
  id          ident not null,
  user_id     ident not null, -- whose goal it is
  metric      text not null, -- a metric of the reports, so that both show the same number
  period      text not null,
  target      int not null,
  set_by      ident not null, -- the user who last set the target: the owner or an admin
  created_at  timestamptz not null,
  updated_at  timestamptz not null,
  primary key (team_id, id),
  unique (team_id, user_id, metric, period),
  check (period in ('day', 'week', 'month')),
  check (target > 0),
  foreign key (team_id) references teams (id),
  foreign key (team_id, user_id) references users (team_id, id),
  foreign key (team_id, set_by) references users (team_id, id)
);
create index goals_set_by on goals (team_id, set_by);
call guard_table('goals');

-- Home shows what happened since the previous working day. These events are few among those of emails.
create index events_of_news on events (team_id, occurred_at)
  where type in ('contact.unsubscribed', 'contact.meeting_booked', 'message.bounced', 'message.spam_blocked', 'enrollment.finished',
    'deal.stage_changed', 'email_account.connected', 'email_account.signed_in', 'email_account.disconnected', 'brake.set', 'brake.lifted');
