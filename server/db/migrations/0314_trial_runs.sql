-- A trial run of a sequence: the sequence and its contacts are copied into a sandbox of their own, and its time is moved on for some
-- weeks. What came of it is kept here; the sandbox is gone.
create table trial_runs (
  team_id     ident not null,
  id          ident not null,
  sequence_id ident not null,
  user_id     ident not null, -- who asked
  progress_id ident not null, -- its job
  wish        jsonb not null, -- for how long, whom it adds on which terms, who answers
  begins_at   timestamptz, -- the moment that was copied
  reached_at  timestamptz, -- how far the time of the sandbox is
  report      jsonb, -- null until it is done
  created_at  timestamptz not null,
  primary key (team_id, id),
  foreign key (team_id) references teams (id),
  foreign key (team_id, sequence_id) references sequences (team_id, id) on delete cascade,
  foreign key (team_id, user_id) references users (team_id, id),
  foreign key (team_id, progress_id) references progress (team_id, id) on delete cascade
);
call guard_table('trial_runs');
create index trial_runs_sequence on trial_runs (team_id, sequence_id, created_at);
create index trial_runs_user on trial_runs (team_id, user_id);
create index trial_runs_progress on trial_runs (team_id, progress_id);

-- What became of each contact of the sequence, or of each who was to be added.
create table trial_run_people (
  team_id      ident not null,
  trial_run_id ident not null,
  contact_id   ident not null,
  state        text not null, -- left_out: was not added
  code         text, -- why, or what holds them
  emails       int not null,
  next_at      timestamptz, -- when their next step is due
  waited_for   text, -- what held their emails longest
  waited_hours float8 not null default 0,
  collides     text[] not null default '{}', -- sequence: another one mailed them within a day; company: this one mailed a colleague that day
  primary key (team_id, trial_run_id, contact_id),
  check (state in ('active', 'paused', 'finished', 'failed', 'removed', 'left_out')),
  foreign key (team_id, trial_run_id) references trial_runs (team_id, id) on delete cascade,
  foreign key (team_id, contact_id) references contacts (team_id, id) on delete cascade
);
call guard_table('trial_run_people');
create index trial_run_people_contact on trial_run_people (team_id, contact_id);

-- The emails of the sequence as they arrived in the sandbox.
create table trial_run_emails (
  team_id      ident not null,
  trial_run_id ident not null,
  position     int not null, -- in the order in which they were sent
  contact_id   ident not null,
  step_id      ident, -- of then
  mailbox_id   ident,
  sent_at      timestamptz not null,
  subject      text not null,
  body_text    text,
  body_html    text,
  came_of_it   text, -- replied, bounced, unsubscribed
  primary key (team_id, trial_run_id, position),
  foreign key (team_id, trial_run_id) references trial_runs (team_id, id) on delete cascade,
  foreign key (team_id, contact_id) references contacts (team_id, id) on delete cascade
);
call guard_table('trial_run_emails');
create index trial_run_emails_contact on trial_run_emails (team_id, contact_id);
