-- Sequences with their steps and mails, when they may send, by which rules, and who is in them.

create table schedules (
  team_id                 ident not null references teams (id),
  id                      ident not null,
  name                    text not null,
  is_default              boolean not null default false,
  time_zone               text not null,
  use_contacts_time_zone  boolean not null default true,
  skip_holidays           boolean not null default true,
  created_at              timestamptz not null,
  updated_at              timestamptz not null,
  primary key (team_id, id)
);
create unique index schedules_default on schedules (team_id) where is_default;
call guard_table('schedules');

-- Half-open windows within one day, in minutes after midnight; weekday as ISO counts, Monday is 1.
create table schedule_windows (
  team_id      ident not null,
  schedule_id  ident not null,
  weekday      int not null check (weekday between 1 and 7),
  starts_at    int not null check (starts_at between 0 and 1439),
  ends_at      int not null check (ends_at between 1 and 1440),
  primary key (team_id, schedule_id, weekday, starts_at),
  foreign key (team_id, schedule_id) references schedules (team_id, id) on delete cascade,
  check (ends_at > starts_at)
);
call guard_table('schedule_windows');

create table folders (
  team_id     ident not null references teams (id),
  id          ident not null,
  kind        text not null check (kind in ('sequences', 'templates')),
  name        text not null,
  parent_id   ident,
  created_at  timestamptz not null,
  primary key (team_id, id),
  foreign key (team_id, parent_id) references folders (team_id, id)
);
call guard_table('folders');

-- Rules that sequences share. Null means: as the team's default says. A sequence may say otherwise.
create table rulesets (
  team_id                              ident not null references teams (id),
  id                                   ident not null,
  name                                 text not null,
  is_default                           boolean not null default false,
  mark_finished_if_reply               boolean,
  mark_finished_if_click               boolean,
  mark_finished_if_interested          boolean,
  mark_paused_if_ooo                   boolean,
  days_to_wait_before_mark_as_response int,
  same_account_reply_policy            text check (same_account_reply_policy in ('none', 'mark_not_sent', 'delay')),
  same_account_reply_delay_days        int check (same_account_reply_delay_days between 1 and 1000),
  create_task_if_email_open            boolean,
  email_open_trigger_task_threshold    int,
  max_emails_per_day                   int,
  ignore_global_bounce_list            boolean,
  created_at                           timestamptz not null,
  updated_at                           timestamptz not null,
  primary key (team_id, id)
);
create unique index rulesets_default on rulesets (team_id) where is_default;
call guard_table('rulesets');

-- What can happen to a mail, and so to the contact it went to.
create domain mail_event as text check (value in
  ('delivered', 'opened', 'clicked', 'replied', 'interested', 'demoed', 'bounced', 'spam_blocked', 'unsubscribed',
   'out_of_office', 'finished', 'not_sent'));

-- What happens to a contact moves it to a stage. A sequence may say otherwise, event by event.
create table ruleset_stage_triggers (
  team_id      ident not null,
  ruleset_id   ident not null,
  event        mail_event not null,
  stage_id     ident not null,
  primary key (team_id, ruleset_id, event),
  foreign key (team_id, ruleset_id) references rulesets (team_id, id) on delete cascade,
  foreign key (team_id, stage_id) references contact_stages (team_id, id) on delete cascade
);
create index ruleset_stage_triggers_stage on ruleset_stage_triggers (team_id, stage_id);
call guard_table('ruleset_stage_triggers');

create table sequences (
  team_id                              ident not null references teams (id),
  id                                   ident not null,
  name                                 text not null,
  description                          text,
  is_active                            boolean not null default false,
  archived_at                          timestamptz,
  owner_id                             ident not null,
  schedule_id                          ident,
  folder_id                            ident,
  ruleset_id                           ident,
  by_exact_daytime                     boolean,
  mark_finished_if_reply               boolean,
  mark_finished_if_click               boolean,
  mark_finished_if_interested          boolean,
  mark_paused_if_ooo                   boolean,
  days_to_wait_before_mark_as_response int,
  same_account_reply_policy            text check (same_account_reply_policy in ('none', 'mark_not_sent', 'delay')),
  same_account_reply_delay_days        int check (same_account_reply_delay_days between 1 and 1000),
  create_task_if_email_open            boolean,
  email_open_trigger_task_threshold    int,
  max_emails_per_day                   int check (max_emails_per_day >= 0),
  ignore_global_bounce_list            boolean,
  allowed_send_from_domains            text[] not null default '{}',
  cc_emails                            text not null default '',
  bcc_emails                           text not null default '',
  creation_type                        text not null default 'new',
  status_reason                        text,
  visibility                           text not null default 'restricted' check (visibility in ('restricted', 'everyone')),
  access_type                          text check (access_type in ('can_view', 'can_edit', 'full_access')),
  -- What happens to a mail of which nobody can know whether it was taken.
  delivery_policy                      text not null default 'never_twice' check (delivery_policy in ('never_twice', 'never_lost')),
  on_not_sent                          text not null default 'fail' check (on_not_sent in ('fail', 'continue')),
  priority_policy                      text not null default 'followups_first' check (priority_policy in ('score', 'followups_first', 'fifo')),
  last_used_at                         timestamptz,
  created_at                           timestamptz not null,
  updated_at                           timestamptz not null,
  primary key (team_id, id),
  foreign key (team_id, owner_id) references users (team_id, id),
  foreign key (team_id, schedule_id) references schedules (team_id, id),
  foreign key (team_id, folder_id) references folders (team_id, id) on delete set null (folder_id),
  foreign key (team_id, ruleset_id) references rulesets (team_id, id)
);
create index sequences_name on sequences (team_id, lower(name));
create index sequences_created on sequences (team_id, created_at desc, id desc);
call guard_table('sequences');

create table sequence_labels (
  team_id      ident not null,
  label_id     ident not null,
  sequence_id  ident not null,
  primary key (team_id, label_id, sequence_id),
  foreign key (team_id, label_id) references labels (team_id, id) on delete cascade,
  foreign key (team_id, sequence_id) references sequences (team_id, id) on delete cascade
);
create index sequence_labels_sequence on sequence_labels (team_id, sequence_id);
call guard_table('sequence_labels');

create table sequence_shares (
  team_id       ident not null,
  sequence_id   ident not null,
  grantee_type  text not null check (grantee_type in ('user', 'team', 'subteam')),
  grantee_id    ident not null,
  access_type   text not null check (access_type in ('can_view', 'can_edit', 'full_access')),
  primary key (team_id, sequence_id, grantee_type, grantee_id),
  foreign key (team_id, sequence_id) references sequences (team_id, id) on delete cascade
);
call guard_table('sequence_shares');

create table sequence_stars (
  team_id      ident not null,
  sequence_id  ident not null,
  user_id      ident not null,
  primary key (team_id, sequence_id, user_id),
  foreign key (team_id, sequence_id) references sequences (team_id, id) on delete cascade,
  foreign key (team_id, user_id) references users (team_id, id)
);
call guard_table('sequence_stars');

-- Whoever stands in one of these stages is not mailed.
create table sequence_excluded_contact_stages (
  team_id      ident not null,
  sequence_id  ident not null,
  stage_id     ident not null,
  primary key (team_id, sequence_id, stage_id),
  foreign key (team_id, sequence_id) references sequences (team_id, id) on delete cascade,
  foreign key (team_id, stage_id) references contact_stages (team_id, id) on delete cascade
);
call guard_table('sequence_excluded_contact_stages');

create table sequence_excluded_account_stages (
  team_id      ident not null,
  sequence_id  ident not null,
  stage_id     ident not null,
  primary key (team_id, sequence_id, stage_id),
  foreign key (team_id, sequence_id) references sequences (team_id, id) on delete cascade,
  foreign key (team_id, stage_id) references account_stages (team_id, id) on delete cascade
);
call guard_table('sequence_excluded_account_stages');

-- A sequence's own word about what its ruleset says of the same event.
create table sequence_stage_triggers (
  team_id      ident not null,
  sequence_id  ident not null,
  event        mail_event not null,
  stage_id     ident not null,
  primary key (team_id, sequence_id, event),
  foreign key (team_id, sequence_id) references sequences (team_id, id) on delete cascade,
  foreign key (team_id, stage_id) references contact_stages (team_id, id) on delete cascade
);
create index sequence_stage_triggers_stage on sequence_stage_triggers (team_id, stage_id);
call guard_table('sequence_stage_triggers');

create table sequence_steps (
  team_id             ident not null,
  id                  ident not null,
  sequence_id         ident not null,
  position            int not null check (position > 0),
  type                text not null check (type in
                        ('auto_email', 'manual_email', 'call', 'action_item', 'linkedin_step_connect',
                         'linkedin_step_message', 'linkedin_step_view_profile', 'linkedin_step_interact_post')),
  wait_time           int not null default 0 check (wait_time >= 0),
  wait_mode           text not null default 'day' check (wait_mode in ('minute', 'hour', 'day')),
  exact_at            timestamptz,
  note                text, -- HTML
  priority            text check (priority in ('high', 'medium', 'low')),
  max_emails_per_day  int check (max_emails_per_day >= 0),
  auto_skip_in_days   int check (auto_skip_in_days > 0),
  is_on               boolean not null default true,
  created_at          timestamptz not null,
  updated_at          timestamptz not null,
  primary key (team_id, id),
  unique (team_id, sequence_id, position) deferrable initially deferred,
  foreign key (team_id, sequence_id) references sequences (team_id, id) on delete cascade
);
call guard_table('sequence_steps');

create table templates (
  team_id        ident not null references teams (id),
  id             ident not null,
  name           text,
  user_id        ident,
  subject        text,
  body_html      text, -- sanitized
  body_text      text,
  is_global      boolean not null default false,
  folder_id      ident,
  creation_type  text not null default 'manual',
  archived_at    timestamptz,
  created_at     timestamptz not null,
  updated_at     timestamptz not null,
  primary key (team_id, id),
  foreign key (team_id, user_id) references users (team_id, id),
  foreign key (team_id, folder_id) references folders (team_id, id) on delete set null (folder_id)
);
create index templates_created on templates (team_id, created_at desc, id desc);
call guard_table('templates');

create table template_stars (
  team_id      ident not null,
  template_id  ident not null,
  user_id      ident not null,
  primary key (team_id, template_id, user_id),
  foreign key (team_id, template_id) references templates (team_id, id) on delete cascade,
  foreign key (team_id, user_id) references users (team_id, id)
);
call guard_table('template_stars');

-- One mail of a step. Several make an A/B test, by weight.
create table step_touches (
  team_id                             ident not null,
  id                                  ident not null,
  step_id                             ident not null,
  position                            bigint generated always as identity, -- variants stand in the order of their making
  template_id                         ident not null,
  type                                text not null default 'new_thread' check (type in ('new_thread', 'reply_to_thread')),
  status                              text not null default 'to_be_reviewed' check (status in ('to_be_reviewed', 'approved')),
  weight                              int not null default 1 check (weight >= 0),
  include_signature                   boolean not null default true,
  has_personalized_opener             boolean,
  personalized_opener_fallback_option text not null default 'send_without_opener',
  generic_personalized_opener         text,
  attachment_ids                      text[] not null default '{}',
  created_at                          timestamptz not null,
  updated_at                          timestamptz not null,
  primary key (team_id, id),
  foreign key (team_id, step_id) references sequence_steps (team_id, id) on delete cascade,
  foreign key (team_id, template_id) references templates (team_id, id)
);
create index step_touches_step on step_touches (team_id, step_id, position);
create index step_touches_template on step_touches (team_id, template_id);
call guard_table('step_touches');

-- One contact in one sequence (`contact_campaign_status`). Failure columns are history: the state says what is true now.
--
-- Who is removed, or starts over, leaves the row behind as `removed`: what was sent to them keeps its place, and the next
-- generation is told from this one. Of each contact at most one row per sequence is anything else.
create table enrollments (
  team_id               ident not null references teams (id),
  id                    ident not null,
  sequence_id           ident not null,
  contact_id            ident not null,
  generation            int not null default 1,
  revision              int not null default 1, -- counts changes of the row, so that an undo knows whether it is still the same
  state                 text not null check (state in ('active', 'paused', 'finished', 'failed', 'removed')),
  inactive_reason       text,
  failure_reason        text,
  current_step_id       ident,
  mailbox_id            ident,
  send_from_email       text,
  company_key           text, -- the contact's own, kept here by a trigger, for finding colleagues in the same sequence
  added_by              ident,
  added_at              timestamptz not null,
  due_at                timestamptz, -- when the current step falls due; kept while paused, so that what was left of
  paused_at             timestamptz, -- the wait at paused_at is what is left when it is resumed
  resume_at             timestamptz,
  manually_set_unpause  boolean,
  finished_at           timestamptz,
  failed_at             timestamptz,
  removed_at            timestamptz,
  in_response_to        ident,
  allows_unverified     boolean not null default false, -- whoever added them said that an unverified address will do
  updated_at            timestamptz not null,
  primary key (team_id, id),
  foreign key (team_id, sequence_id) references sequences (team_id, id),
  foreign key (team_id, contact_id) references contacts (team_id, id) on delete cascade,
  foreign key (team_id, current_step_id) references sequence_steps (team_id, id) on delete set null (current_step_id),
  foreign key (team_id, mailbox_id) references mailboxes (team_id, id),
  foreign key (team_id, added_by) references users (team_id, id),
  check ((state = 'removed') = (removed_at is not null))
);
create unique index enrollments_once on enrollments (team_id, sequence_id, contact_id) where state <> 'removed';
create index enrollments_contact on enrollments (team_id, contact_id);
-- For searches, newest first: of one sequence, and of all.
create index enrollments_added on enrollments (team_id, sequence_id, added_at, id) where state <> 'removed';
create index enrollments_newest on enrollments (team_id, added_at, id) where state <> 'removed';
create index enrollments_state on enrollments (team_id, sequence_id, state);
create index enrollments_step on enrollments (team_id, current_step_id, state) where current_step_id is not null;
create index enrollments_due on enrollments (team_id, mailbox_id, due_at) include (current_step_id) where state = 'active';
create index enrollments_company on enrollments (team_id, sequence_id, company_key, state)
  where company_key is not null and state <> 'removed';
create index enrollments_resume on enrollments (team_id, resume_at) where state = 'paused' and resume_at is not null;
call guard_table('enrollments');

create function tell_enrollments() returns trigger language plpgsql as $$
begin
  update enrollments set company_key = new.company_key where team_id = new.team_id and contact_id = new.id;
  return null;
end
$$;
create trigger tell_enrollments after update of company_key on contacts
  for each row when (old.company_key is distinct from new.company_key)
  execute function tell_enrollments();

-- Every mail (`emailer_message`): planned, written by hand, sent, failed.
create table messages (
  team_id               ident not null references teams (id),
  id                    ident not null,
  user_id               ident,
  contact_id            ident, -- null once the person was deleted
  account_id            ident,
  mailbox_id            ident,
  sequence_id           ident,
  step_id               ident,
  touch_id              ident,
  enrollment_id         ident,
  type                  text not null check (type in ('outreach_automatic_email', 'outreach_manual_email')),
  status                text not null check (status in ('drafted', 'scheduled', 'completed', 'failed')),
  subject               text,
  body_html             text,
  body_text             text,
  from_email            text,
  from_name             text,
  to_email              text,
  to_name               text,
  provider_message_id   text,
  provider_thread_id    text,
  due_at                timestamptz,
  due_at_source         text,
  due_at_manually_changed boolean not null default false,
  completed_at          timestamptz,
  failed_at             timestamptz,
  failure_reason        text,
  not_sent_reason       text,
  has_bounced           boolean,
  is_hard_bounce        boolean,
  is_spam_blocked       boolean,
  replied_at            timestamptz,
  reply_class           text,
  demoed_at             timestamptz,
  unsubscribed_at       timestamptz,
  num_opens             int not null default 0,
  num_clicks            int not null default 0,
  open_tracking         boolean not null default false,
  click_tracking        boolean not null default false,
  created_at            timestamptz not null,
  updated_at            timestamptz not null,
  primary key (team_id, id),
  foreign key (team_id, contact_id) references contacts (team_id, id) on delete set null (contact_id),
  foreign key (team_id, account_id) references accounts (team_id, id) on delete set null (account_id),
  foreign key (team_id, mailbox_id) references mailboxes (team_id, id),
  foreign key (team_id, sequence_id) references sequences (team_id, id),
  foreign key (team_id, step_id) references sequence_steps (team_id, id) on delete set null (step_id),
  foreign key (team_id, touch_id) references step_touches (team_id, id) on delete set null (touch_id),
  foreign key (team_id, enrollment_id) references enrollments (team_id, id) on delete set null (enrollment_id)
);
create index messages_sequence on messages (team_id, sequence_id, status);
create index messages_step on messages (team_id, step_id) where step_id is not null;
create index messages_contact on messages (team_id, contact_id, created_at desc);
create index messages_account on messages (team_id, account_id) where account_id is not null;
create index messages_enrollment on messages (team_id, enrollment_id);
create index messages_sequence_sent on messages (team_id, sequence_id, completed_at) include (step_id) where completed_at is not null;
create index messages_sent on messages (team_id, mailbox_id, completed_at) where completed_at is not null;
call guard_table('messages');

-- What happened to one contact in sequences, newest first.
create index events_contact on events (team_id, (data ->> 'contact_id'), written_in desc, position desc)
  where data ? 'contact_id';

-- The same way around row security as in 0005: `?` and `->>` may leak, so without this window the index above is not used.
create view team_events as select * from events where team_id = current_team();
grant create on schema public to cadenza_across;
alter view team_events owner to cadenza_across;
revoke create on schema public from cadenza_across;
grant select on team_events to cadenza_app;
