-- What people do: tasks, deals, calls, notes. And what a team may spend.

create table deal_stages (
  team_id         ident not null references teams (id),
  id              ident not null,
  name            text not null,
  position        int not null,
  probability     int not null default 0 check (probability between 0 and 100),
  forecast        text not null default 'Pipeline',
  is_won          boolean not null default false,
  is_closed       boolean not null default false,
  description     text,
  is_meeting_set  boolean not null default false,
  primary key (team_id, id)
);
create unique index deal_stages_name on deal_stages (team_id, lower(name));
call guard_table('deal_stages');

create table deals (
  team_id                ident not null references teams (id),
  id                     ident not null,
  name                   text not null,
  owner_id               ident,
  creator_id             ident,
  account_id             ident,
  stage_id               ident,
  amount                 numeric,
  currency               text not null default 'USD',
  closes_on              date,
  actually_closed_on     date,
  description            text,
  next_step              text,
  next_step_on           date,
  next_step_updated_at   timestamptz,
  closed_lost_reason     text,
  closed_won_reason      text,
  probability            int, -- null: the stage's
  forecast               text, -- null: the stage's
  source                 text not null,
  salesforce_id          text,
  crm_id                 text,
  stage_updated_at       timestamptz,
  last_activity_at       timestamptz,
  created_at             timestamptz not null,
  updated_at             timestamptz not null,
  primary key (team_id, id),
  foreign key (team_id, owner_id) references users (team_id, id),
  foreign key (team_id, creator_id) references users (team_id, id),
  foreign key (team_id, account_id) references accounts (team_id, id) on delete set null (account_id),
  foreign key (team_id, stage_id) references deal_stages (team_id, id)
);
create index deals_account on deals (team_id, account_id) where account_id is not null;
create index deals_stage on deals (team_id, stage_id, created_at desc);
create index deals_created on deals (team_id, created_at desc, id desc);
call guard_table('deals');

create table deal_contacts (
  team_id     ident not null,
  deal_id     ident not null,
  contact_id  ident not null,
  id          ident not null,
  role        text,
  primary key (team_id, deal_id, contact_id),
  foreign key (team_id, deal_id) references deals (team_id, id) on delete cascade,
  foreign key (team_id, contact_id) references contacts (team_id, id) on delete cascade
);
create index deal_contacts_contact on deal_contacts (team_id, contact_id);
call guard_table('deal_contacts');

create table deal_field_values (
  team_id     ident not null,
  deal_id     ident not null,
  field_id    ident not null,
  text_value     text,
  number_value   numeric,
  date_value     date,
  moment_value   timestamptz,
  boolean_value  boolean,
  option_ids     text[],
  primary key (team_id, deal_id, field_id),
  foreign key (team_id, deal_id) references deals (team_id, id) on delete cascade,
  foreign key (team_id, field_id) references custom_fields (team_id, id) on delete cascade,
  check (num_nonnulls(text_value, number_value, date_value, moment_value, boolean_value, option_ids) = 1)
);
create index deal_field_values_field on deal_field_values (team_id, field_id);
call guard_table('deal_field_values');

create table tasks (
  team_id        ident not null references teams (id),
  id             ident not null,
  user_id        ident not null, -- who is to do it
  creator_id     ident,
  contact_id     ident,
  account_id     ident,
  deal_id        ident,
  sequence_id    ident,
  step_id        ident,
  enrollment_id  ident,
  message_id     ident,
  type           text not null check (type in
                   ('call', 'outreach_manual_email', 'linkedin_step_connect', 'linkedin_step_message',
                    'linkedin_step_view_profile', 'linkedin_step_interact_post', 'action_item')),
  status         text not null check (status in ('scheduled', 'completed', 'skipped')),
  priority       text not null default 'medium' check (priority in ('high', 'medium', 'low')),
  title          text,
  note           text,
  subject        text,
  call_script    text,
  relevant_fields text[],
  answered       boolean,
  due_at         timestamptz not null,
  completed_at   timestamptz,
  completed_by   ident,
  skipped_at     timestamptz,
  created_from   text,
  created_at     timestamptz not null,
  updated_at     timestamptz not null,
  primary key (team_id, id),
  foreign key (team_id, user_id) references users (team_id, id),
  foreign key (team_id, creator_id) references users (team_id, id),
  foreign key (team_id, completed_by) references users (team_id, id),
  foreign key (team_id, contact_id) references contacts (team_id, id) on delete cascade,
  foreign key (team_id, account_id) references accounts (team_id, id) on delete set null (account_id),
  foreign key (team_id, deal_id) references deals (team_id, id) on delete set null (deal_id),
  foreign key (team_id, sequence_id) references sequences (team_id, id),
  foreign key (team_id, step_id) references sequence_steps (team_id, id) on delete set null (step_id),
  foreign key (team_id, enrollment_id) references enrollments (team_id, id) on delete set null (enrollment_id),
  foreign key (team_id, message_id) references messages (team_id, id) on delete set null (message_id)
);
create index tasks_due on tasks (team_id, status, due_at, id);
create index tasks_user on tasks (team_id, user_id, status, due_at);
create index tasks_contact on tasks (team_id, contact_id) where contact_id is not null;
create index tasks_account on tasks (team_id, account_id) where account_id is not null;
create index tasks_created on tasks (team_id, created_at desc, id desc);
call guard_table('tasks');

create table call_outcomes (
  team_id     ident not null references teams (id),
  id          ident not null,
  name        text not null,
  position    int not null,
  is_connect  boolean not null default false,
  primary key (team_id, id)
);
call guard_table('call_outcomes');

create table call_purposes (
  team_id   ident not null references teams (id),
  id        ident not null,
  name      text not null,
  position  int not null,
  primary key (team_id, id)
);
call guard_table('call_purposes');

create table calls (
  team_id          ident not null references teams (id),
  id               ident not null,
  user_id          ident,
  contact_id       ident,
  account_id       ident,
  deal_id          ident,
  task_id          ident,
  outcome_id       ident,
  purpose_id       ident,
  call_identifier  text, -- the caller's own: a second call with it changes the first
  is_logged        boolean not null default true,
  is_inbound       boolean not null default false,
  from_number      text,
  to_number        text,
  status           text,
  started_at       timestamptz,
  ended_at         timestamptz,
  duration         int,
  recording_url    text,
  note             text,
  created_at       timestamptz not null,
  updated_at       timestamptz not null,
  primary key (team_id, id),
  foreign key (team_id, user_id) references users (team_id, id),
  foreign key (team_id, contact_id) references contacts (team_id, id) on delete cascade,
  foreign key (team_id, account_id) references accounts (team_id, id) on delete set null (account_id),
  foreign key (team_id, deal_id) references deals (team_id, id) on delete set null (deal_id),
  foreign key (team_id, task_id) references tasks (team_id, id) on delete set null (task_id),
  foreign key (team_id, outcome_id) references call_outcomes (team_id, id),
  foreign key (team_id, purpose_id) references call_purposes (team_id, id)
);
create unique index calls_identifier on calls (team_id, call_identifier) where call_identifier is not null;
create index calls_started on calls (team_id, started_at desc nulls last, id desc);
create index calls_contact on calls (team_id, contact_id) where contact_id is not null;
create index calls_account on calls (team_id, account_id) where account_id is not null;
call guard_table('calls');

create table notes (
  team_id     ident not null references teams (id),
  id          ident not null,
  user_id     ident,
  content     text not null,
  is_pinned   boolean not null default false,
  created_at  timestamptz not null,
  updated_at  timestamptz not null,
  primary key (team_id, id),
  foreign key (team_id, user_id) references users (team_id, id)
);
create index notes_created on notes (team_id, created_at desc, id desc);
call guard_table('notes');

create table note_contacts (
  team_id     ident not null,
  note_id     ident not null,
  contact_id  ident not null,
  primary key (team_id, note_id, contact_id),
  foreign key (team_id, note_id) references notes (team_id, id) on delete cascade,
  foreign key (team_id, contact_id) references contacts (team_id, id) on delete cascade
);
create index note_contacts_contact on note_contacts (team_id, contact_id);
call guard_table('note_contacts');

create table note_accounts (
  team_id     ident not null,
  note_id     ident not null,
  account_id  ident not null,
  primary key (team_id, note_id, account_id),
  foreign key (team_id, note_id) references notes (team_id, id) on delete cascade,
  foreign key (team_id, account_id) references accounts (team_id, id) on delete cascade
);
create index note_accounts_account on note_accounts (team_id, account_id);
call guard_table('note_accounts');

create table note_deals (
  team_id  ident not null,
  note_id  ident not null,
  deal_id  ident not null,
  primary key (team_id, note_id, deal_id),
  foreign key (team_id, note_id) references notes (team_id, id) on delete cascade,
  foreign key (team_id, deal_id) references deals (team_id, id) on delete cascade
);
create index note_deals_deal on note_deals (team_id, deal_id);
call guard_table('note_deals');

-- What a team may spend in a cycle, and every credit spent or given back.
create table credit_limits (
  team_id  ident not null references teams (id),
  kind     text not null,
  amount   int not null check (amount >= 0),
  primary key (team_id, kind)
);
call guard_table('credit_limits');

create table credit_entries (
  team_id      ident not null references teams (id),
  id           ident not null,
  kind         text not null,
  amount       int not null, -- spent is positive, refunded is negative
  reason       text not null,
  user_id      ident,
  subject_id   ident,
  occurred_at  timestamptz not null,
  primary key (team_id, id),
  foreign key (team_id, user_id) references users (team_id, id)
);
create index credit_entries_cycle on credit_entries (team_id, kind, occurred_at);
call guard_table('credit_entries');
