create table attachments (
  team_id       ident not null,
  id            ident not null,
  user_id       ident not null, -- who brought it
  file_name     text not null,
  content_type  text not null,
  size          int not null,
  content       bytea not null,
  created_at    timestamptz not null,
  primary key (team_id, id),
  check ((size >= 0) and (size <= 7340032)),
  foreign key (team_id) references teams (id),
  foreign key (team_id, user_id) references users (team_id, id)
);
alter table attachments alter column content set storage external;
call guard_table('attachments');

create table folders (
  team_id     ident not null,
  id          ident not null,
  kind        text not null,
  name        text not null,
  parent_id   ident,
  created_at  timestamptz not null,
  primary key (team_id, id),
  check (kind in ('sequences', 'templates')),
  foreign key (team_id) references teams (id),
  foreign key (team_id, parent_id) references folders (team_id, id)
);
call guard_table('folders');

-- Rules that sequences share. Null means: as the team's default says. A sequence may say otherwise.
create table rulesets (
  team_id                               ident not null,
  id                                    ident not null,
  name                                  text not null,
  is_default                            boolean not null default false,
  mark_finished_if_reply                boolean,
  mark_finished_if_click                boolean,
  mark_finished_if_interested           boolean,
  mark_paused_if_ooo                    boolean,
  days_to_wait_before_mark_as_response  int,
  same_account_reply_policy             text,
  same_account_reply_delay_days         int,
  create_task_if_email_open             boolean,
  email_open_trigger_task_threshold     int,
  max_emails_per_day                    int,
  ignore_global_bounce_list             boolean,
  created_at                            timestamptz not null,
  updated_at                            timestamptz not null,
  -- Of which sequences a colleague's answer counts; null: as the ruleset says, or the team's, else of the same one.
  same_account_reply_scope              text,
  primary key (team_id, id),
  check ((same_account_reply_delay_days >= 1) and (same_account_reply_delay_days <= 1000)),
  check (same_account_reply_policy in ('none', 'mark_not_sent', 'delay')),
  check (same_account_reply_scope in ('sequence', 'all_sequences')),
  foreign key (team_id) references teams (id)
);
create unique index rulesets_default on rulesets (team_id) where is_default;
call guard_table('rulesets');

-- Half-open windows within one day, in minutes after midnight; weekday as ISO counts, Monday is 1.
create table schedule_windows (
  team_id      ident not null,
  schedule_id  ident not null,
  weekday      int not null,
  starts_at    int not null,
  ends_at      int not null,
  primary key (team_id, schedule_id, weekday, starts_at),
  check (ends_at > starts_at),
  check ((ends_at >= 1) and (ends_at <= 1440)),
  check ((starts_at >= 0) and (starts_at <= 1439)),
  check ((weekday >= 1) and (weekday <= 7))
);
call guard_table('schedule_windows');

create table schedules (
  team_id                 ident not null,
  id                      ident not null,
  name                    text not null,
  is_default              boolean not null default false,
  time_zone               text not null,
  use_contacts_time_zone  boolean not null default true,
  skip_holidays           boolean not null default true,
  created_at              timestamptz not null,
  updated_at              timestamptz not null,
  primary key (team_id, id),
  foreign key (team_id) references teams (id)
);
create unique index schedules_default on schedules (team_id) where is_default;
call guard_table('schedules');

create table sequence_labels (
  team_id      ident not null,
  label_id     ident not null,
  sequence_id  ident not null,
  primary key (team_id, label_id, sequence_id),
  foreign key (team_id, label_id) references labels (team_id, id) on delete cascade
);
create index sequence_labels_sequence on sequence_labels (team_id, sequence_id);
call guard_table('sequence_labels');

-- A sequence's own word about what its ruleset says of the same event.
create table sequence_stage_triggers (
  team_id      ident not null,
  sequence_id  ident not null,
  event        mail_event not null,
  stage_id     ident not null,
  primary key (team_id, sequence_id, event)
);
create index sequence_stage_triggers_stage on sequence_stage_triggers (team_id, stage_id);
call guard_table('sequence_stage_triggers');

create table sequence_stars (
  team_id      ident not null,
  sequence_id  ident not null,
  user_id      ident not null,
  primary key (team_id, sequence_id, user_id),
  foreign key (team_id, user_id) references users (team_id, id)
);
call guard_table('sequence_stars');

create table sequence_steps (
  team_id             ident not null,
  id                  ident not null,
  sequence_id         ident not null,
  position            int not null,
  type                text not null,
  wait_time           int not null default 0,
  wait_mode           text not null default 'day',
  exact_at            timestamptz,
  note                text, -- HTML
  priority            text,
  max_emails_per_day  int,
  auto_skip_in_days   int,
  is_on               boolean not null default true,
  created_at          timestamptz not null,
  updated_at          timestamptz not null,
  version_id          ident, -- Null: the current version, for contacts that are added now.
  primary key (team_id, id),
  unique nulls not distinct (team_id, sequence_id, version_id, "position") deferrable initially deferred,
  check (auto_skip_in_days > 0),
  check (max_emails_per_day >= 0),
  check ("position" > 0),
  check (priority in ('high', 'medium', 'low')),
  check (type in ('auto_email', 'manual_email', 'call', 'action_item', 'linkedin_step_connect', 'linkedin_step_message', 'linkedin_step_view_profile', 'linkedin_step_interact_post')),
  check (wait_mode in ('minute', 'hour', 'day')),
  check (wait_time >= 0)
);
call guard_table('sequence_steps');
create policy reporting on sequence_steps for select to cadenza_views using (team_id = (select reporting.team() as team));
grant select on sequence_steps to cadenza_views;

create table sequences (
  team_id                               ident not null,
  id                                    ident not null,
  name                                  text not null,
  description                           text,
  is_active                             boolean not null default false,
  archived_at                           timestamptz,
  owner_id                              ident not null,
  schedule_id                           ident,
  folder_id                             ident,
  ruleset_id                            ident,
  by_exact_daytime                      boolean,
  mark_finished_if_reply                boolean,
  mark_finished_if_click                boolean,
  mark_finished_if_interested           boolean,
  mark_paused_if_ooo                    boolean,
  days_to_wait_before_mark_as_response  int,
  same_account_reply_policy             text,
  same_account_reply_delay_days         int,
  create_task_if_email_open             boolean,
  email_open_trigger_task_threshold     int,
  max_emails_per_day                    int,
  ignore_global_bounce_list             boolean,
  allowed_send_from_domains             text[] not null default '{}',
  cc_emails                             text not null default '',
  bcc_emails                            text not null default '',
  creation_type                         text not null default 'new',
  status_reason                         text,
  visibility                            text not null default 'restricted',
  access_type                           text,
  -- What happens to an email whose delivery cannot be confirmed.
  delivery_policy                       text not null default 'never_twice',
  on_not_sent                           text not null default 'fail',
  priority_policy                       text not null default 'followups_first',
  last_used_at                          timestamptz,
  created_at                            timestamptz not null,
  updated_at                            timestamptz not null,
  same_account_reply_scope              text,
  primary key (team_id, id),
  check (access_type in ('can_view', 'can_edit', 'full_access')),
  check (delivery_policy in ('never_twice', 'never_lost')),
  check (max_emails_per_day >= 0),
  check (on_not_sent in ('fail', 'continue')),
  check (priority_policy in ('score', 'followups_first', 'fifo')),
  check ((same_account_reply_delay_days >= 1) and (same_account_reply_delay_days <= 1000)),
  check (same_account_reply_policy in ('none', 'mark_not_sent', 'delay')),
  check (same_account_reply_scope in ('sequence', 'all_sequences')),
  check (visibility in ('restricted', 'everyone')),
  foreign key (team_id) references teams (id),
  foreign key (team_id, folder_id) references folders (team_id, id) on delete set null (folder_id),
  foreign key (team_id, owner_id) references users (team_id, id),
  foreign key (team_id, ruleset_id) references rulesets (team_id, id),
  foreign key (team_id, schedule_id) references schedules (team_id, id)
);
create index sequences_created on sequences (team_id, created_at desc, id desc);
create index sequences_name on sequences (team_id, lower(name));
call guard_table('sequences');
create policy reporting on sequences for select to cadenza_views using (team_id = (select reporting.team() as team));
grant select on sequences to cadenza_views;

-- One mail of a step. Several make an A/B test, by weight.
create table step_touches (
  team_id                              ident not null,
  id                                   ident not null,
  step_id                              ident not null,
  -- variants are in the order of creation
  position                             bigint generated always as identity not null,
  template_id                          ident not null,
  type                                 text not null default 'new_thread',
  status                               text not null default 'to_be_reviewed',
  weight                               int not null default 1,
  include_signature                    boolean not null default true,
  has_personalized_opener              boolean,
  personalized_opener_fallback_option  text not null default 'send_without_opener',
  generic_personalized_opener          text,
  attachment_ids                       text[] not null default '{}',
  created_at                           timestamptz not null,
  updated_at                           timestamptz not null,
  -- A variant of a later step may be written for contacts that received a variant of an earlier one. When that one is deleted, this
  -- one follows none. Whether the named variant is of an earlier step is checked on save, because a list of steps is saved whole.
  goes_with_touch_id                   ident,
  primary key (team_id, id),
  check (status in ('to_be_reviewed', 'approved')),
  check (type in ('new_thread', 'reply_to_thread')),
  check (weight >= 0),
  foreign key (team_id, goes_with_touch_id) references step_touches (team_id, id) on delete set null (goes_with_touch_id) deferrable initially deferred,
  foreign key (team_id, step_id) references sequence_steps (team_id, id) on delete cascade
);
create index step_touches_goes_with on step_touches (team_id, goes_with_touch_id) where goes_with_touch_id is not null;
create index step_touches_step on step_touches (team_id, step_id, "position");
create index step_touches_template on step_touches (team_id, template_id);
call guard_table('step_touches');
create policy reporting on step_touches for select to cadenza_views using (team_id = (select reporting.team() as team));
grant select on step_touches to cadenza_views;

create table team_holidays (
  team_id     ident not null,
  id          ident not null,
  name        text not null,
  starts_on   date not null,
  ends_on     date not null,
  every_year  boolean not null default false,
  created_at  timestamptz not null,
  primary key (team_id, id),
  check ((ends_on >= starts_on) and ((ends_on - starts_on) < 60)),
  foreign key (team_id) references teams (id)
);
call guard_table('team_holidays');

create table template_stars (
  team_id      ident not null,
  template_id  ident not null,
  user_id      ident not null,
  primary key (team_id, template_id, user_id),
  foreign key (team_id, user_id) references users (team_id, id)
);
call guard_table('template_stars');

create table templates (
  team_id        ident not null,
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
  foreign key (team_id) references teams (id),
  foreign key (team_id, folder_id) references folders (team_id, id) on delete set null (folder_id),
  foreign key (team_id, user_id) references users (team_id, id)
);
create index templates_created on templates (team_id, created_at desc, id desc);
call guard_table('templates');
create policy reporting on templates for select to cadenza_views using (team_id = (select reporting.team() as team));
grant select on templates to cadenza_views;

alter table sequence_shares add foreign key (team_id, sequence_id) references sequences (team_id, id) on delete cascade;

alter table tasks add foreign key (team_id, sequence_id) references sequences (team_id, id);

alter table tasks add foreign key (team_id, step_id) references sequence_steps (team_id, id) on delete set null (step_id);

alter table schedule_windows add foreign key (team_id, schedule_id) references schedules (team_id, id) on delete cascade;

alter table sequence_labels add foreign key (team_id, sequence_id) references sequences (team_id, id) on delete cascade;

alter table sequence_stage_triggers add foreign key (team_id, sequence_id) references sequences (team_id, id) on delete cascade;

alter table sequence_stars add foreign key (team_id, sequence_id) references sequences (team_id, id) on delete cascade;

alter table sequence_steps add foreign key (team_id, sequence_id) references sequences (team_id, id) on delete cascade;

alter table step_touches add foreign key (team_id, template_id) references templates (team_id, id);

alter table template_stars add foreign key (team_id, template_id) references templates (team_id, id) on delete cascade;

-- The engine computes skip times anew, because it counts in days of the schedule.
create function follow_auto_skip() returns trigger language plpgsql as $$
begin
  update tasks set skip_at = case when new.auto_skip_in_days is null then null else due_at end
   where team_id = new.team_id and step_id = new.id and status = 'scheduled' and created_from = 'sequence';
  return null;
end
$$;

-- What waited to be reviewed need not wait for the next look.
create function follow_review() returns trigger language plpgsql as $$
begin
  update messages set next_check_at = cadenza_now()
   where team_id = new.team_id and step_id = new.step_id and delivery = 'planned' and hold_code = 'needs_review';
  return null;
end
$$;

-- A deactivated step has no planned emails. When it is activated again, the engine plans its contacts anew.
create function follow_step() returns trigger language plpgsql as $$
begin
  if new.is_on then
    update enrollments set plan_at = due_at - interval '1 day'
     where team_id = new.team_id and current_step_id = new.id and state = 'active' and plan_at is null;
  else
    update messages set delivery = 'cancelled', is_queued = false, next_check_at = null, hold_code = null, updated_at = cadenza_now()
     where team_id = new.team_id and step_id = new.id and delivery = 'planned';
  end if;
  return null;
end
$$;

-- When a step changes its type, planned work of the old type is withdrawn and the engine plans its contacts anew.
create function follow_step_type() returns trigger language plpgsql as $$
declare
  ids text[];
begin
  with again as (
    update enrollments set plan_at = due_at - interval '1 day'
     where team_id = new.team_id and current_step_id = new.id and state in ('active', 'paused')
    returning id)
  select array_agg(id::text) into ids from again;
  if ids is not null then
    call withdraw_tasks(array[new.team_id::text], ids, array_fill('moved'::text, array[cardinality(ids)]));
  end if;
  return null;
end
$$;

create function replan_sequence() returns trigger language plpgsql as $$
begin
  call ask_to_replan(new.team_id::text, new.id::text, null);
  return null;
end
$$;

create function replan_step() returns trigger language plpgsql as $$
begin
  call ask_to_replan(new.team_id::text, new.sequence_id::text, array[new.id::text]);
  return null;
end
$$;

create trigger rule_changed after update or delete on sequence_steps for each statement execute function note_rule_change();

create trigger rule_changed after update or delete on sequences for each statement execute function note_rule_change();

create trigger rule_changed after update or delete on step_touches for each statement execute function note_rule_change();

create trigger rule_changed after update on templates for each statement execute function note_rule_change();

create trigger rule_changed after update or delete on schedules for each statement execute function note_rule_change();

create trigger rule_changed after insert or update or delete on schedule_windows for each statement execute function note_rule_change();

create trigger rule_changed after update or delete on rulesets for each statement execute function note_rule_change();

create trigger sequence_steps_of_another_kind after update on sequence_steps for each row
  when (new.type is distinct from old.type) execute function follow_step_type();

create trigger sequence_steps_replanned after update on sequence_steps for each row
  when ((new.wait_time, new.wait_mode, new.exact_at, new.type) is distinct from (old.wait_time, old.wait_mode, old.exact_at, old.type))
  execute function replan_step();

create trigger sequence_steps_skipping after update on sequence_steps for each row
  when (new.auto_skip_in_days is distinct from old.auto_skip_in_days) execute function follow_auto_skip();

create trigger sequence_steps_switched after update on sequence_steps for each row
  when (new.is_on is distinct from old.is_on) execute function follow_step();

create trigger sequences_replanned after update on sequences for each row
  when (new.schedule_id is distinct from old.schedule_id) execute function replan_sequence();

create trigger step_touches_reviewed after insert or update on step_touches for each row
  when (new.status = 'approved' and new.weight > 0) execute function follow_review();
