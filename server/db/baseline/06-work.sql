create table deal_contacts (
  team_id     ident not null,
  deal_id     ident not null,
  contact_id  ident not null,
  id          ident not null,
  role        text,
  is_primary  boolean not null default false, -- Who of a deal's contacts is the main one, and when each got its role.
  created_at  timestamptz not null default now(),
  updated_at  timestamptz not null default now(),
  primary key (team_id, deal_id, contact_id),
  foreign key (team_id, contact_id) references contacts (team_id, id) on delete cascade
);
create index deal_contacts_contact on deal_contacts (team_id, contact_id);
call guard_table('deal_contacts');

create table deal_stages (
  team_id         ident not null,
  id              ident not null,
  name            text not null,
  position        int not null,
  probability     int not null default 0,
  forecast        text not null default 'Pipeline',
  is_won          boolean not null default false,
  is_closed       boolean not null default false,
  description     text,
  is_meeting_set  boolean not null default false,
  primary key (team_id, id),
  check ((probability >= 0) and (probability <= 100)),
  foreign key (team_id) references teams (id)
);
create unique index deal_stages_name on deal_stages (team_id, lower(name));
call guard_table('deal_stages');
create policy reporting on deal_stages for select to cadenza_views using (team_id = (select reporting.team() as team));
grant select on deal_stages to cadenza_views;

create table deals (
  team_id               ident not null,
  id                    ident not null,
  name                  text not null,
  owner_id              ident,
  creator_id            ident,
  account_id            ident,
  stage_id              ident,
  amount                numeric,
  currency              text not null default 'USD',
  closes_on             date,
  actually_closed_on    date,
  description           text,
  next_step             text,
  next_step_on          date,
  next_step_updated_at  timestamptz,
  closed_lost_reason    text,
  closed_won_reason     text,
  probability           int, -- null: the stage's
  forecast              text, -- null: the stage's
  source                text not null,
  salesforce_id         text,
  crm_id                text,
  stage_updated_at      timestamptz,
  last_activity_at      timestamptz,
  created_at            timestamptz not null,
  updated_at            timestamptz not null,
  primary key (team_id, id),
  foreign key (team_id, account_id) references accounts (team_id, id) on delete set null (account_id),
  foreign key (team_id, creator_id) references users (team_id, id),
  foreign key (team_id) references teams (id),
  foreign key (team_id, owner_id) references users (team_id, id),
  foreign key (team_id, stage_id) references deal_stages (team_id, id)
);
create index deals_account on deals (team_id, account_id) where account_id is not null;
create index deals_created on deals (team_id, created_at desc, id desc);
create index deals_stage on deals (team_id, stage_id, created_at desc);
call guard_table('deals');
create policy reporting on deals for select to cadenza_views using (team_id = (select reporting.team() as team));
grant select on deals to cadenza_views;

create table tasks (
  team_id            ident not null,
  id                 ident not null,
  user_id            ident not null, -- the user who has to do it
  creator_id         ident,
  contact_id         ident,
  account_id         ident,
  deal_id            ident,
  sequence_id        ident,
  step_id            ident,
  enrollment_id      ident,
  message_id         ident,
  type               text not null,
  status             text not null,
  priority           text not null default 'medium',
  title              text,
  note               text,
  subject            text,
  call_script        text,
  relevant_fields    text[],
  answered           boolean,
  due_at             timestamptz not null,
  completed_at       timestamptz,
  completed_by       ident,
  skipped_at         timestamptz,
  created_from       text,
  created_at         timestamptz not null,
  updated_at         timestamptz not null,
  skip_at            timestamptz, -- when the engine looks whether it has been left undone for too long; null: never
  withdrawn_because  text,
  -- Where the contact of the task was before it was done, and how often it had been moved by then: an undo moves it back only if
  -- nothing has moved it since.
  ended_from         jsonb,
  primary key (team_id, id),
  check (priority in ('high', 'medium', 'low')),
  check (status in ('scheduled', 'completed', 'skipped')),
  check (type in ('call', 'outreach_manual_email', 'linkedin_step_connect', 'linkedin_step_message', 'linkedin_step_view_profile', 'linkedin_step_interact_post', 'action_item')),
  foreign key (team_id, account_id) references accounts (team_id, id) on delete set null (account_id),
  foreign key (team_id, completed_by) references users (team_id, id),
  foreign key (team_id, contact_id) references contacts (team_id, id) on delete cascade,
  foreign key (team_id, creator_id) references users (team_id, id),
  foreign key (team_id, deal_id) references deals (team_id, id) on delete set null (deal_id),
  foreign key (team_id) references teams (id),
  foreign key (team_id, user_id) references users (team_id, id)
);
create index tasks_account on tasks (team_id, account_id) where account_id is not null;
create index tasks_contact on tasks (team_id, contact_id) where contact_id is not null;
create index tasks_created on tasks (team_id, created_at desc, id desc);
create index tasks_deal on tasks (team_id, deal_id) where deal_id is not null;
create index tasks_done on tasks (team_id, completed_at) where status = 'completed';
create index tasks_due on tasks (team_id, status, due_at, id);
create index tasks_enrollment on tasks (team_id, enrollment_id) where enrollment_id is not null;
create index tasks_message on tasks (team_id, message_id) where message_id is not null;
create unique index tasks_of_step on tasks (team_id, enrollment_id, step_id) where (status = 'scheduled') and (created_from = 'sequence') and (enrollment_id is not null) and (step_id is not null);
create index tasks_passed_over on tasks (team_id, skipped_at) where (status = 'skipped') and (withdrawn_because is null);
create index tasks_sequence on tasks (team_id, sequence_id) where sequence_id is not null;
create index tasks_step on tasks (team_id, step_id) where step_id is not null;
create index tasks_to_skip on tasks (team_id, skip_at) where (status = 'scheduled') and (skip_at is not null);
create index tasks_user on tasks (team_id, user_id, status, due_at);
call guard_table('tasks');
create policy reporting on tasks for select to cadenza_views using (team_id = (select reporting.team() as team));
grant select on tasks to cadenza_views;

alter table deal_contacts add foreign key (team_id, deal_id) references deals (team_id, id) on delete cascade;

create function teams_with_tasks_to_skip(at timestamptz) returns table (team_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select t.id from teams t
     where exists (select from tasks k
                    where k.team_id = t.id and k.status = 'scheduled' and k.skip_at is not null and k.skip_at <= at);
  end;
grant create on schema public to cadenza_across;
alter function teams_with_tasks_to_skip(timestamp with time zone) owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function teams_with_tasks_to_skip(timestamp with time zone) from public;
grant execute on function teams_with_tasks_to_skip(timestamp with time zone) to cadenza_app;
