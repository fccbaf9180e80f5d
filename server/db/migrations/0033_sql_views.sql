-- The schema reporting: read-only views for people with tools of their own (docs/sql-views.md). Their columns are a promise.
--
-- Each login belongs to one team, and row security keeps it there: the views belong to cadenza_views, for which every table
-- shows the rows of the login's team alone, so no view can forget whose rows it shows. Which team that is follows from who
-- logged in (session_user), which no statement can change, and from no setting, which any could.

create table sql_logins (
  team_id     ident not null references teams (id),
  id          ident not null,
  name        text not null,
  role_name   text not null unique, -- one role, one team
  created_by  ident,
  created_at  timestamptz not null,
  revoked_at  timestamptz,
  primary key (team_id, id),
  foreign key (team_id, created_by) references users (team_id, id),
  check (role_name = 'cadenza_sql_' || id)
);
call guard_table('sql_logins');

create schema reporting;
grant usage on schema reporting to cadenza_reporting, cadenza_views;

-- Null for anybody else, the product included: then the views are empty.
create function reporting.team() returns text
  language sql stable parallel safe security definer set search_path = public, pg_temp
  begin atomic
    select l.team_id::text from public.sql_logins l where l.role_name = session_user and l.revoked_at is null;
  end;
grant create on schema reporting to cadenza_across;
alter function reporting.team owner to cadenza_across;
revoke create on schema reporting from cadenza_across;
revoke execute on function reporting.team from public;
grant execute on function reporting.team to cadenza_reporting, cadenza_views;

-- Only who owns the database may make roles, so these work as its owner. A role is one of ours by its name, can read the views
-- and nothing else, and says nothing of a team: whose rows it sees is a row of the team's own that somebody had to write.
create function open_sql_login(login text, verifier text) returns void
  language plpgsql security definer set search_path = public, pg_temp
as $$
begin
  if login !~ '^[0-9a-f]{24}$' or verifier !~ '^SCRAM-SHA-256\$\d+:[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+$' then
    raise exception 'that is no login of ours';
  end if;
  execute format(
    'create role %I login nosuperuser nocreatedb nocreaterole nobypassrls noreplication connection limit 10 in role cadenza_reporting password %L',
    'cadenza_sql_' || login, verifier);
  execute format('alter role %I set default_transaction_read_only = on', 'cadenza_sql_' || login);
  execute format('alter role %I set search_path = reporting', 'cadenza_sql_' || login);
  execute format('alter role %I set statement_timeout = %L', 'cadenza_sql_' || login, '5min');
  execute format('alter role %I set idle_in_transaction_session_timeout = %L', 'cadenza_sql_' || login, '5min');
end
$$;

-- Whoever is logged in stays so, and sees nothing from then on.
create function close_sql_login(login text) returns void
  language plpgsql security definer set search_path = public, pg_temp
as $$
begin
  if login !~ '^[0-9a-f]{24}$' then
    raise exception 'that is no login of ours';
  end if;
  if not exists (select from pg_roles where rolname = 'cadenza_sql_' || login) then
    return; -- put back from a back-up onto another server, it never was one here
  end if;
  execute format('alter role %I nologin password null', 'cadenza_sql_' || login);
  execute format('drop role %I', 'cadenza_sql_' || login);
exception when dependent_objects_still_exist then
  null; -- something of its own is open in a session: it can never log in again
end
$$;
revoke execute on function open_sql_login, close_sql_login from public;
grant execute on function open_sql_login, close_sql_login to cadenza_app;

create procedure show_in_reporting(variadic names text[]) language plpgsql as $$
declare
  name text;
begin
  foreach name in array names loop
    execute format('create policy reporting on %I for select to cadenza_views using (%I = (select reporting.team()))',
                   name, case name when 'teams' then 'id' else 'team_id' end);
    if name not in ('users', 'mailboxes', 'events') then
      execute format('grant select on %I to cadenza_views', name);
    end if;
  end loop;
end
$$;
call show_in_reporting('teams', 'users', 'mailboxes', 'contacts', 'accounts', 'labels', 'contact_labels', 'contact_stages', 'account_stages',
  'custom_fields', 'custom_field_options', 'contact_field_values', 'sequences', 'sequence_steps', 'step_touches', 'templates',
  'enrollments', 'messages', 'message_events', 'send_attempts', 'incoming_mails', 'tasks', 'calls', 'call_outcomes', 'deals', 'deal_stages', 'events');
-- What is sealed or private is not even the views' to show.
grant select (team_id, id, email, first_name, last_name, title, role, created_at, deactivated_at) on users to cadenza_views;
grant select (team_id, id, user_id, email, display_name, type, is_active, daily_limit, hourly_limit, created_at, revoked_at) on mailboxes to cadenza_views;
grant select (team_id, id, type, occurred_at, user_id, cause, subject_type, subject_id, data) on events to cadenza_views;
grant usage on schema public to cadenza_views;

create view reporting.users as
  select id::text as user_id, email, first_name, last_name, title, role, created_at, deactivated_at from public.users;

create view reporting.mailboxes as
  select id::text as mailbox_id, user_id::text, email, display_name, type, is_active, daily_limit, hourly_limit, created_at, revoked_at
    from public.mailboxes;

create view reporting.accounts as
  select a.id::text as account_id, a.name, a.domain, a.owner_id::text, s.name as stage, a.industry, a.estimated_num_employees,
         a.annual_revenue, a.city, a.state, a.country, a.created_at, a.updated_at
    from public.accounts a
    left join public.account_stages s on s.team_id = a.team_id and s.id = a.account_stage_id;

create view reporting.contacts as
  select c.id::text as contact_id, c.account_id::text, c.owner_id::text, c.first_name, c.last_name, c.title,
         c.organization_name as company_name, c.email, c.email_status, s.name as stage, c.sanitized_phone as phone, c.city, c.state,
         c.country, c.time_zone, c.email_unsubscribed is true as is_unsubscribed, c.do_not_contact, c.bounced_at,
         array(select l.name from public.contact_labels h join public.labels l on l.team_id = h.team_id and l.id = h.label_id
                where h.team_id = c.team_id and h.contact_id = c.id order by lower(l.name)) as lists,
         c.last_activity_at, c.created_at, c.updated_at
    from public.contacts c
    left join public.contact_stages s on s.team_id = c.team_id and s.id = c.contact_stage_id;

create view reporting.contact_fields as
  select v.contact_id::text, f.name as field, f.type,
         coalesce(v.text_value, v.number_value::text, v.date_value::text, v.moment_value::text, v.boolean_value::text,
                  (select string_agg(o.name, '; ' order by o.position) from public.custom_field_options o
                    where o.team_id = v.team_id and o.field_id = v.field_id and o.id = any (v.option_ids))) as value
    from public.contact_field_values v
    join public.custom_fields f on f.team_id = v.team_id and f.id = v.field_id;

create view reporting.sequences as
  select id::text as sequence_id, name, owner_id::text, is_active, archived_at, created_at, updated_at from public.sequences;

create view reporting.steps as
  select id::text as step_id, sequence_id::text, position, type, wait_time, wait_mode, is_on from public.sequence_steps;

create view reporting.variants as
  select t.id::text as variant_id, t.step_id::text, p.sequence_id::text,
         row_number() over (partition by t.team_id, t.step_id order by t.position, t.id) as place,
         t.type, t.status, t.weight, m.subject
    from public.step_touches t
    join public.sequence_steps p on p.team_id = t.team_id and p.id = t.step_id
    join public.templates m on m.team_id = t.team_id and m.id = t.template_id;

create view reporting.enrollments as
  select id::text as enrollment_id, sequence_id::text, contact_id::text, state, coalesce(inactive_reason, failure_reason) as reason,
         current_step_id::text, mailbox_id::text, added_by::text, added_at, due_at, paused_at, finished_at, failed_at, removed_at
    from public.enrollments;

-- A mail as reports count it: copies to others and what nobody is told of are not there. It went out when its server took it.
create view reporting.messages as
  select o.id::text as message_id, o.contact_id::text, o.account_id::text, o.user_id::text, o.mailbox_id::text, o.sequence_id::text,
         o.step_id::text, o.touch_id::text as variant_id, o.enrollment_id::text, o.status, o.subject, o.from_email, o.to_email,
         nullif(lower(split_part(o.to_email, '@', 2)), '') as recipient_domain, o.due_at,
         case when o.completed_at is not null then o.completed_at when o.dot_at is not null then o.dot_at else o.failed_at end as went_at,
         (o.status = 'completed' or o.has_bounced is true or o.is_spam_blocked is true) as was_sent,
         (o.status = 'completed' and o.has_bounced is not true and o.is_spam_blocked is not true) as was_delivered,
         o.has_bounced is true as has_bounced, o.is_hard_bounce is true as is_hard_bounce, o.is_spam_blocked is true as is_spam_blocked,
         o.num_opens, o.num_clicks, o.open_tracking, o.click_tracking, o.replied_at, o.reply_class,
         (o.replied_at is not null and o.reply_class is distinct from 'out_of_office') as was_answered,
         o.unsubscribed_at, o.demoed_at, o.failure_reason, o.created_at, o.updated_at
    from public.messages o
   where o.status is not null and o.copy_of is null;

create view reporting.message_events as
  select e.id::text as message_event_id, e.message_id::text, e.contact_id::text, e.type, e.at, e.is_machine, e.user_agent
    from public.message_events e;

create view reporting.replies as
  select i.id::text as reply_id, i.kind, i.certainty, i.message_id::text, i.contact_id::text, i.enrollment_id::text,
         m.sequence_id::text, m.step_id::text, i.mailbox_id::text, i.reply_class, i.counts, i.returns_on, i.received_at, i.handled_at
    from public.incoming_mails i
    left join public.messages m on m.team_id = i.team_id and m.id = i.message_id
   where i.kind in ('reply', 'unsubscribe', 'out_of_office', 'auto_reply');

-- A mail that came back, with what was said of it: by who returned it, else by the server that refused it.
create view reporting.bounces as
  select o.id::text as message_id, o.contact_id::text, o.mailbox_id::text, o.sequence_id::text, o.to_email,
         nullif(lower(split_part(o.to_email, '@', 2)), '') as recipient_domain,
         case when o.is_spam_blocked then 'blocked' when o.is_hard_bounce then 'hard' else 'soft' end as class,
         coalesce(
           (select i.bounce_code from public.incoming_mails i
             where i.team_id = o.team_id and i.message_id = o.id and i.kind = 'bounce' and i.bounce_code is not null
             order by i.received_at limit 1),
           (select coalesce(a.enhanced_code, a.smtp_code::text) from public.send_attempts a
             where a.team_id = o.team_id and a.message_id = o.id and a.outcome like 'rejected%' order by a.started_at desc limit 1)) as code,
         case when o.completed_at is not null then o.completed_at when o.dot_at is not null then o.dot_at else o.failed_at end as went_at
    from public.messages o
   where (o.has_bounced or o.is_spam_blocked) and o.status is not null and o.copy_of is null;

create view reporting.tasks as
  select id::text as task_id, user_id::text, contact_id::text, account_id::text, sequence_id::text, step_id::text, enrollment_id::text,
         type, status, priority, title, due_at, completed_at, completed_by::text, skipped_at, withdrawn_because, created_at
    from public.tasks;

create view reporting.calls as
  select k.id::text as call_id, k.user_id::text, k.contact_id::text, k.account_id::text, k.task_id::text, r.name as outcome,
         r.is_connect is true as is_connect, k.is_inbound, k.status,
         case when k.started_at is not null then k.started_at else k.created_at end as happened_at, k.duration
    from public.calls k
    left join public.call_outcomes r on r.team_id = k.team_id and r.id = k.outcome_id;

create view reporting.deals as
  select d.id::text as deal_id, d.name, d.owner_id::text, d.account_id::text, s.name as stage, s.is_won is true as is_won,
         s.is_closed is true as is_closed, d.amount, d.currency, d.closes_on, d.actually_closed_on, d.created_at, d.updated_at
    from public.deals d
    left join public.deal_stages s on s.team_id = d.team_id and s.id = d.stage_id;

create view reporting.events as
  select id::text as event_id, type, occurred_at, user_id::text, cause, subject_type, subject_id::text, data from public.events;

-- By the team's days: a mail counts on the day it went out, with all that came of it later. Opens and clicks of machines stay apart.
create view reporting.daily_figures as
  select (m.went_at at time zone t.time_zone)::date as day, m.sequence_id, m.mailbox_id, m.user_id,
         count(*) as sent,
         count(*) filter (where m.was_delivered) as delivered,
         count(*) filter (where m.was_delivered and m.num_opens > 0) as opened,
         count(*) filter (where m.was_delivered and m.num_clicks > 0) as clicked,
         count(*) filter (where m.was_delivered and exists (
           select from public.message_events e where e.team_id = t.id and e.message_id = m.message_id and e.is_machine and e.type = 'open')) as opened_by_machines,
         count(*) filter (where m.was_delivered and exists (
           select from public.message_events e where e.team_id = t.id and e.message_id = m.message_id and e.is_machine and e.type = 'click')) as clicked_by_machines,
         count(*) filter (where m.was_answered) as replied,
         count(*) filter (where m.has_bounced) as bounced,
         count(*) filter (where m.is_hard_bounce) as hard_bounced,
         count(*) filter (where m.is_spam_blocked) as spam_blocked,
         count(*) filter (where m.unsubscribed_at is not null) as unsubscribed,
         count(*) filter (where m.demoed_at is not null) as demoed
    from reporting.messages m
   cross join public.teams t
   where m.was_sent
   group by 1, 2, 3, 4;

grant create on schema reporting to cadenza_views;
do $$
declare
  name text;
begin
  for name in select relname from pg_class where relnamespace = 'reporting'::regnamespace and relkind = 'v' loop
    execute format('alter view reporting.%I owner to cadenza_views', name);
    execute format('grant select on reporting.%I to cadenza_reporting', name);
  end loop;
end
$$;
revoke create on schema reporting from cadenza_views;
