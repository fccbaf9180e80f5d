create view audit.answer_holds as
  select h.id::text as hold_id, h.team_id::text, k.key, h.reason, h.since as held_from,
         least(h.settled_at, h.until_at) as held_to
    from public.answer_holds h
    join public.answer_hold_keys k on k.team_id = h.team_id and k.hold_id = h.id;
grant create on schema audit to cadenza_across;
alter view audit.answer_holds owner to cadenza_across;
revoke create on schema audit from cadenza_across;
grant select on audit.answer_holds to cadenza_audit;

-- An email whose delivery was unclear at its end, and that was searched for long after and not found, or that its owner gave up,
-- has no release that counts.
create view audit.attempts as
  select a.id::text as attempt_id, a.message_id::text as send_id, a.started_at,
         case when a.proved_absent_at is null then a.released_at end as released_at, a.ended_at, a.outcome, a.smtp_code
    from send_attempts a
    join messages m on m.team_id = a.team_id and m.id = a.message_id and m.copy_of is null;
grant create on schema audit to cadenza_across;
alter view audit.attempts owner to cadenza_across;
revoke create on schema audit from cadenza_across;
grant select on audit.attempts to cadenza_audit;

create view audit.by_hand as
  select m.id::text as send_id, m.by_hand_at from public.messages m where m.by_hand_at is not null;
grant create on schema audit to cadenza_across;
alter view audit.by_hand owner to cadenza_across;
revoke create on schema audit from cadenza_across;
grant select on audit.by_hand to cadenza_audit;

create view audit.claims as
  select id::text as claim_id, team_id::text, digest as address_digest, kind, in_force_from as committed_at
    from address_claims where lifted_at is null and kind <> 'paused';
grant create on schema audit to cadenza_across;
alter view audit.claims owner to cadenza_across;
revoke create on schema audit from cadenza_across;
grant select on audit.claims to cadenza_audit;

create view audit.doubts as
  select a.id::text as attempt_id, a.message_id::text as send_id, a.started_at, a.released_at, a.outcome from send_attempts a;
grant select on audit.doubts to cadenza_audit;

create view audit.dues as
  select m.id::text as send_id, m.was_due_at as due_at from messages m
   where m.released_at is not null and m.was_due_at is not null and m.copy_of is null;
grant select on audit.dues to cadenza_audit;

create view audit.enrollment_states as
  select h.enrollment_id::text, h.team_id::text, e.sequence_id::text, e.contact_id::text, h.state as status, h.from_at, h.to_at
    from enrollment_states h
    join enrollments e on e.team_id = h.team_id and e.id = h.enrollment_id
  union all
  select e.id::text, e.team_id::text, e.sequence_id::text, e.contact_id::text, e.state, e.state_since, null
    from enrollments e;
grant create on schema audit to cadenza_across;
alter view audit.enrollment_states owner to cadenza_across;
revoke create on schema audit from cadenza_across;
grant select on audit.enrollment_states to cadenza_audit;

-- An event without any subscription is done.
create view audit.event_deliveries as
  select d.event_id::text, d.subscription_id::text as endpoint_id, coalesce(a.attempt, 0) as attempt,
         case when a.attempt is null then d.status
              when a.status_code between 200 and 299 then 'delivered'
              else 'failed' end as status,
         coalesce(a.at, d.finished_at, d.created_at) as at,
         d.status <> 'pending' and coalesce(a.attempt, 0) = max(coalesce(a.attempt, 0)) over (
           partition by d.team_id, d.subscription_id, d.event_id) as terminal,
         d.team_id::text
    from webhook_deliveries d
    left join webhook_attempts a
      on a.team_id = d.team_id and a.subscription_id = d.subscription_id and a.event_id = d.event_id
  union all
  select e.id::text, null, 0, 'not_subscribed', e.occurred_at, true, e.team_id::text
    from events e
   where not exists (select from webhook_deliveries d where d.team_id = e.team_id and d.event_id = e.id)
     and not exists (select from webhook_subscriptions s
                      where s.team_id = e.team_id and s.is_active and event_matches(e.type, s.types)
                        and not pg_visible_in_snapshot(e.written_in, s.starts_in));
grant create on schema audit to cadenza_across;
alter view audit.event_deliveries owner to cadenza_across;
revoke create on schema audit from cadenza_across;
grant select on audit.event_deliveries to cadenza_audit;

create view audit.events as
  select id::text as event_id, team_id::text, type, subject_id::text, occurred_at as created_at
    from events;
grant create on schema audit to cadenza_across;
alter view audit.events owner to cadenza_across;
revoke create on schema audit from cadenza_across;
grant select on audit.events to cadenza_audit;

create view audit.inbound as
  select id::text as inbound_id, team_id::text, mailbox_id::text, coalesce(internet_message_id, content_key) as content_key,
         kind, message_id::text as matched_send_id, processed_at
    from incoming_mails;
grant create on schema audit to cadenza_across;
alter view audit.inbound owner to cadenza_across;
revoke create on schema audit from cadenza_across;
grant select on audit.inbound to cadenza_audit;

create view audit.job_items as
  select i.progress_id::text as job_id, i.item_key, i.outcome, p.status as job_state, p.total as job_total,
         i.team_id::text, i.code
    from progress_items i
    join progress p on p.team_id = i.team_id and p.id = i.progress_id;
grant create on schema audit to cadenza_across;
alter view audit.job_items owner to cadenza_across;
revoke create on schema audit from cadenza_across;
grant select on audit.job_items to cadenza_audit;

-- Limits of the whole team, as they are now.
create view audit.limits as
  select id::text as team_id, 'host' as scope, null::text as key, domain_daily_limit as most, interval '24 hours' as span
    from teams where domain_daily_limit is not null
  union all
  select m.team_id::text, 'mailbox', lower(m.email), l.most, l.span
    from mailboxes m cross join lateral (values (m.daily_limit, interval '24 hours'), (m.hourly_limit, interval '1 hour')) as l (most, span)
   where m.revoked_at is null and l.most is not null
  union all
  select t.id::text, case l ->> 'scope' when 'domain' then 'host' when 'person' then 'address' else l ->> 'scope' end, null,
         (l ->> 'most')::int, (l ->> 'days')::int * interval '24 hours'
    from teams t cross join lateral jsonb_array_elements(t.touch_limits) as l
   where l ->> 'counts' = 'emails';
grant create on schema audit to cadenza_across;
alter view audit.limits owner to cadenza_across;
revoke create on schema audit from cadenza_across;
grant select on audit.limits to cadenza_audit;

create view audit.mailboxes as
  select id::text as mailbox_id, team_id::text, daily_limit, hourly_limit
    from mailboxes;
grant create on schema audit to cadenza_across;
alter view audit.mailboxes owner to cadenza_across;
revoke create on schema audit from cadenza_across;
grant select on audit.mailboxes to cadenza_audit;

create view audit.proofs as
  select e.message_id::text as send_id, e.at, e.type as kind from message_events e
   where e.type in ('open', 'click', 'pause', 'referral', 'unsubscribe')
  union all
  select i.message_id::text, i.received_at, i.kind from incoming_mails i
   where i.message_id is not null and i.certainty = 'sure' and i.tied_by in ('message_id', 'token');
grant select on audit.proofs to cadenza_audit;

create view audit.reached as
  select m.id::text as send_id, m.team_id::text, m.reader_digest as address_digest, m.host_digest, m.company_digest,
         m.sequence_id::text, m.step_id::text, m.contact_id::text, m.enrollment_id::text, m.copy_of is not null as is_copy,
         lower(b.email) as mailbox_address, m.released_at, m.delivery, m.touch_reason is not null as is_beyond_touches
    from messages m
    left join mailboxes b on b.team_id = m.team_id and b.id = m.mailbox_id
   where m.released_at is not null;
grant create on schema audit to cadenza_across;
alter view audit.reached owner to cadenza_across;
revoke create on schema audit from cadenza_across;
grant select on audit.reached to cadenza_audit;

-- Drafts are not sent, and a copy belongs to another email. An email outside a sequence, or to a deleted contact, has no due time
-- in a sequence to compare its release with. A skipped step was skipped, whatever was planned for it.
create view audit.sends as
  select m.id::text as send_id, m.team_id::text, m.enrollment_id::text, e.generation, m.contact_id::text, m.sequence_id::text,
         coalesce(m.step_no, p.position) as step_no, m.mailbox_id::text, m.to_email as to_address,
         m.internet_message_id as message_id, m.thread_root,
         case when m.delivery = 'cancelled' and c.position > p.position then 'skipped' else m.delivery end as state,
         m.due_at as scheduled_at, case when e.id is not null then m.released_at end as released_at,
         coalesce(m.completed_at, m.failed_at) as finished_at,
         m.schedule_tz, m.window_start, m.window_end, m.window_dows, m.min_gap,
         coalesce(m.step_order, (select md5(string_agg(o.id, ',' order by o.position)) from sequence_steps o
                                  where o.team_id = p.team_id and o.sequence_id = p.sequence_id
                                    and o.version_id is not distinct from p.version_id)) as step_order
    from messages m
    left join enrollments e on e.team_id = m.team_id and e.id = m.enrollment_id
    left join sequence_steps p on p.team_id = m.team_id and p.id = m.step_id
    left join sequence_steps c on c.team_id = e.team_id and c.id = e.current_step_id
   where m.delivery <> 'draft' and m.copy_of is null;
grant create on schema audit to cadenza_across;
alter view audit.sends owner to cadenza_across;
revoke create on schema audit from cadenza_across;
grant select on audit.sends to cadenza_audit;

-- Only what still holds: not what was undone, resumed or started over.
create view audit.stops as
  select c.id || ' ' || k.kind || ' ' || a.address as stop_id, c.team_id::text, c.id::text as contact_id,
         null::text as enrollment_id, a.address, k.kind, c.stopped_at as committed_at
    from contacts c
    cross join lateral (values ('unsubscribe', c.email_unsubscribed is true), ('do_not_contact', c.do_not_contact),
                               ('hard_bounce', c.bounced_at is not null)) as k (kind, holds)
    cross join lateral (select lower(c.email) as address where c.email is not null
                        union
                        select lower(x.email) from contact_emails x
                         where x.team_id = c.team_id and x.contact_id = c.id and k.kind <> 'hard_bounce') as a
   where k.holds and c.stopped_at is not null
  union all
  select s.id::text, s.team_id::text, null, null, s.value,
         case s.source when 'unsubscribe' then 'unsubscribe' when 'bounce' then 'hard_bounce' when 'complaint' then 'complaint'
                       else 'do_not_contact' end,
         s.in_force_from
    from suppressions s
   where s.kind = 'email'
  union all
  select e.id::text, e.team_id::text, e.contact_id::text, e.id::text, null,
         case when e.state = 'removed' then 'removed' when e.inactive_reason = 'replied' then 'reply' else 'finished' end,
         e.state_since
    from enrollments e
   where e.state in ('finished', 'removed');
grant create on schema audit to cadenza_across;
alter view audit.stops owner to cadenza_across;
revoke create on schema audit from cadenza_across;
grant select on audit.stops to cadenza_audit;

-- The same contacts, for a team that has most of them: a comparison that no index answers. The index of words would
-- otherwise go through all the team's contacts to intersect them with the few that a word fits.
create view contacts_of_most as select * from contacts where team_id is not distinct from (select current_team());
grant create on schema public to cadenza_across;
alter view contacts_of_most owner to cadenza_across;
revoke create on schema public from cadenza_across;
grant select on contacts_of_most to cadenza_app;

create view reporting.accounts as
  select a.id::text as account_id, a.name, a.domain, a.owner_id::text, s.name as stage, a.industry, a.estimated_num_employees,
         a.annual_revenue, a.city, a.state, a.country, a.created_at, a.updated_at
    from public.accounts a
    left join public.account_stages s on s.team_id = a.team_id and s.id = a.account_stage_id;
grant create on schema reporting to cadenza_views;
alter view reporting.accounts owner to cadenza_views;
revoke create on schema reporting from cadenza_views;
grant select on reporting.accounts to cadenza_reporting;

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
         case when o.completed_at is not null then o.completed_at when o.released_at is not null then o.released_at else o.failed_at end as went_at
    from public.messages o
   where (o.has_bounced or o.is_spam_blocked) and o.status is not null and o.copy_of is null;
grant create on schema reporting to cadenza_views;
alter view reporting.bounces owner to cadenza_views;
revoke create on schema reporting from cadenza_views;
grant select on reporting.bounces to cadenza_reporting;

create view reporting.calls as
  select k.id::text as call_id, k.user_id::text, k.contact_id::text, k.account_id::text, k.task_id::text, r.name as outcome,
         r.is_connect is true as is_connect, k.is_inbound, k.status,
         case when k.started_at is not null then k.started_at else k.created_at end as happened_at, k.duration
    from public.calls k
    left join public.call_outcomes r on r.team_id = k.team_id and r.id = k.outcome_id;
grant create on schema reporting to cadenza_views;
alter view reporting.calls owner to cadenza_views;
revoke create on schema reporting from cadenza_views;
grant select on reporting.calls to cadenza_reporting;

create view reporting.contact_fields as
  select v.contact_id::text, f.name as field, f.type,
         coalesce(v.text_value, v.number_value::text, v.date_value::text, v.moment_value::text, v.boolean_value::text,
                  (select string_agg(o.name, '; ' order by o.position) from public.custom_field_options o
                    where o.team_id = v.team_id and o.field_id = v.field_id and o.id = any (v.option_ids))) as value
    from public.contact_field_values v
    join public.custom_fields f on f.team_id = v.team_id and f.id = v.field_id;
grant create on schema reporting to cadenza_views;
alter view reporting.contact_fields owner to cadenza_views;
revoke create on schema reporting from cadenza_views;
grant select on reporting.contact_fields to cadenza_reporting;

create view reporting.contacts as
  select c.id::text as contact_id, c.account_id::text, c.owner_id::text, c.first_name, c.last_name, c.title,
         c.organization_name as company_name, c.email, c.email_status, s.name as stage, c.sanitized_phone as phone, c.city, c.state,
         c.country, c.time_zone, c.email_unsubscribed is true as is_unsubscribed, c.do_not_contact, c.bounced_at,
         array(select l.name from public.contact_labels h join public.labels l on l.team_id = h.team_id and l.id = h.label_id
                where h.team_id = c.team_id and h.contact_id = c.id order by lower(l.name)) as lists,
         c.last_activity_at, c.created_at, c.updated_at, c.paused_until
    from public.contacts c
    left join public.contact_stages s on s.team_id = c.team_id and s.id = c.contact_stage_id;
grant create on schema reporting to cadenza_views;
alter view reporting.contacts owner to cadenza_views;
revoke create on schema reporting from cadenza_views;
grant select on reporting.contacts to cadenza_reporting;

-- An email as reports count it, without copies and without emails that the API does not show. It was sent when its server took it.
create view reporting.messages as
  select o.id::text as message_id, o.contact_id::text, o.account_id::text, o.user_id::text, o.mailbox_id::text, o.sequence_id::text,
         o.step_id::text, o.touch_id::text as variant_id, o.enrollment_id::text, o.status, o.subject, o.from_email, o.to_email,
         nullif(lower(split_part(o.to_email, '@', 2)), '') as recipient_domain, o.due_at,
         case when o.completed_at is not null then o.completed_at when o.released_at is not null then o.released_at else o.failed_at end as went_at,
         (o.status = 'completed' or o.has_bounced is true or o.is_spam_blocked is true) as was_sent,
         (o.status = 'completed' and o.has_bounced is not true and o.is_spam_blocked is not true) as was_delivered,
         o.has_bounced is true as has_bounced, o.is_hard_bounce is true as is_hard_bounce, o.is_spam_blocked is true as is_spam_blocked,
         o.num_opens, o.num_clicks, o.open_tracking, o.click_tracking, o.replied_at, o.reply_class,
         (o.replied_at is not null and o.reply_class is distinct from 'out_of_office') as was_answered,
         o.unsubscribed_at, o.demoed_at, o.failure_reason, o.created_at, o.updated_at
    from public.messages o
   where o.status is not null and o.copy_of is null;
grant create on schema reporting to cadenza_views;
alter view reporting.messages owner to cadenza_views;
revoke create on schema reporting from cadenza_views;
grant select on reporting.messages to cadenza_reporting;

-- By the team's days: an email counts on the day it was sent, with all its later results. Opens and clicks of machines are separate.
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
alter view reporting.daily_figures owner to cadenza_views;
revoke create on schema reporting from cadenza_views;
grant select on reporting.daily_figures to cadenza_reporting;

create view reporting.deals as
  select d.id::text as deal_id, d.name, d.owner_id::text, d.account_id::text, s.name as stage, s.is_won is true as is_won,
         s.is_closed is true as is_closed, d.amount, d.currency, d.closes_on, d.actually_closed_on, d.created_at, d.updated_at
    from public.deals d
    left join public.deal_stages s on s.team_id = d.team_id and s.id = d.stage_id;
grant create on schema reporting to cadenza_views;
alter view reporting.deals owner to cadenza_views;
revoke create on schema reporting from cadenza_views;
grant select on reporting.deals to cadenza_reporting;

create view reporting.enrollments as
  select id::text as enrollment_id, sequence_id::text, contact_id::text, state, coalesce(inactive_reason, failure_reason) as reason,
         current_step_id::text, mailbox_id::text, added_by::text, added_at, due_at, paused_at, finished_at, failed_at, removed_at
    from public.enrollments;
grant create on schema reporting to cadenza_views;
alter view reporting.enrollments owner to cadenza_views;
revoke create on schema reporting from cadenza_views;
grant select on reporting.enrollments to cadenza_reporting;

create view reporting.events as
  select id::text as event_id, type, occurred_at, user_id::text, cause, subject_type, subject_id::text, data from public.events;
grant create on schema reporting to cadenza_views;
alter view reporting.events owner to cadenza_views;
revoke create on schema reporting from cadenza_views;
grant select on reporting.events to cadenza_reporting;

create view reporting.mailboxes as
  select id::text as mailbox_id, user_id::text, email, display_name, type, is_active, daily_limit, hourly_limit, created_at, revoked_at
    from public.mailboxes;
grant create on schema reporting to cadenza_views;
alter view reporting.mailboxes owner to cadenza_views;
revoke create on schema reporting from cadenza_views;
grant select on reporting.mailboxes to cadenza_reporting;

create view reporting.message_events as
  select e.id::text as message_event_id, e.message_id::text, e.contact_id::text, e.type, e.at, e.is_machine, e.user_agent
    from public.message_events e;
grant create on schema reporting to cadenza_views;
alter view reporting.message_events owner to cadenza_views;
revoke create on schema reporting from cadenza_views;
grant select on reporting.message_events to cadenza_reporting;

create view reporting.replies as
  select i.id::text as reply_id, i.kind, i.certainty, i.message_id::text, i.contact_id::text, i.enrollment_id::text,
         m.sequence_id::text, m.step_id::text, i.mailbox_id::text, i.reply_class, i.counts, i.returns_on, i.received_at, i.handled_at
    from public.incoming_mails i
    left join public.messages m on m.team_id = i.team_id and m.id = i.message_id
   where i.kind in ('reply', 'unsubscribe', 'out_of_office', 'auto_reply');
grant create on schema reporting to cadenza_views;
alter view reporting.replies owner to cadenza_views;
revoke create on schema reporting from cadenza_views;
grant select on reporting.replies to cadenza_reporting;

create view reporting.sequences as
  select id::text as sequence_id, name, owner_id::text, is_active, archived_at, created_at, updated_at from public.sequences;
grant create on schema reporting to cadenza_views;
alter view reporting.sequences owner to cadenza_views;
revoke create on schema reporting from cadenza_views;
grant select on reporting.sequences to cadenza_reporting;

create view reporting.steps as
  select id::text as step_id, sequence_id::text, position, type, wait_time, wait_mode, is_on, version_id::text as earlier_version_id
    from public.sequence_steps;
grant create on schema reporting to cadenza_views;
alter view reporting.steps owner to cadenza_views;
revoke create on schema reporting from cadenza_views;
grant select on reporting.steps to cadenza_reporting;

create view reporting.tasks as
  select id::text as task_id, user_id::text, contact_id::text, account_id::text, sequence_id::text, step_id::text, enrollment_id::text,
         type, status, priority, title, due_at, completed_at, completed_by::text, skipped_at, withdrawn_because, created_at
    from public.tasks;
grant create on schema reporting to cadenza_views;
alter view reporting.tasks owner to cadenza_views;
revoke create on schema reporting from cadenza_views;
grant select on reporting.tasks to cadenza_reporting;

create view reporting.users as
  select id::text as user_id, email, first_name, last_name, title, role, created_at, deactivated_at from public.users;
grant create on schema reporting to cadenza_views;
alter view reporting.users owner to cadenza_views;
revoke create on schema reporting from cadenza_views;
grant select on reporting.users to cadenza_reporting;

create view reporting.variants as
  select t.id::text as variant_id, t.step_id::text, p.sequence_id::text,
         row_number() over (partition by t.team_id, t.step_id order by t.position, t.id) as place,
         t.type, t.status, t.weight, m.subject, t.goes_with_touch_id::text as goes_with_variant_id
    from public.step_touches t
    join public.sequence_steps p on p.team_id = t.team_id and p.id = t.step_id
    join public.templates m on m.team_id = t.team_id and m.id = t.template_id;
grant create on schema reporting to cadenza_views;
alter view reporting.variants owner to cadenza_views;
revoke create on schema reporting from cadenza_views;
grant select on reporting.variants to cadenza_reporting;

create view team_accounts as select * from accounts where team_id = current_team();
grant create on schema public to cadenza_across;
alter view team_accounts owner to cadenza_across;
revoke create on schema public from cadenza_across;
grant select on team_accounts to cadenza_app;

create view team_contact_emails as select * from contact_emails where team_id = current_team();
grant create on schema public to cadenza_across;
alter view team_contact_emails owner to cadenza_across;
revoke create on schema public from cadenza_across;
grant select on team_contact_emails to cadenza_app;

-- With row security PostgreSQL answers conditions that might leak (any but plain comparisons, so LIKE and lower() too) without an
-- index. So searches read these tables through views that belong to cadenza_across: they show the current team's rows only, and the
-- planner may use any index. For reading only, and for the product's own statements.
create view team_contacts as select * from contacts where team_id = current_team();
grant create on schema public to cadenza_across;
alter view team_contacts owner to cadenza_across;
revoke create on schema public from cadenza_across;
grant select on team_contacts to cadenza_app;

-- The same way around row security as in 0005: `?` and `->>` may leak, so without this window the index above is not used.
create view team_events as select * from events where team_id = current_team();
grant create on schema public to cadenza_across;
alter view team_events owner to cadenza_across;
revoke create on schema public from cadenza_across;
grant select on team_events to cadenza_app;

create view team_job_postings as select * from job_postings where team_id = current_team();
grant create on schema public to cadenza_across;
alter view team_job_postings owner to cadenza_across;
revoke create on schema public from cadenza_across;
grant select on team_job_postings to cadenza_app;

-- A view keeps the columns that its table had when it was made.
create view team_messages as select * from messages where team_id = current_team();
grant create on schema public to cadenza_across;
alter view team_messages owner to cadenza_across;
revoke create on schema public from cadenza_across;
grant select on team_messages to cadenza_app;

create view team_organizations as select * from organizations where team_id = current_team();
grant create on schema public to cadenza_across;
alter view team_organizations owner to cadenza_across;
revoke create on schema public from cadenza_across;
grant select on team_organizations to cadenza_app;

-- As for contacts: searches see the current team's rows by any index.
create view team_people as select * from people where team_id = current_team();
grant create on schema public to cadenza_across;
alter view team_people owner to cadenza_across;
revoke create on schema public from cadenza_across;
grant select on team_people to cadenza_app;

create statistics contacts_of_list (dependencies) on team_id, label_id from contact_labels;

create statistics contacts_of_owner (dependencies) on team_id, owner_id from contacts;

create statistics contacts_of_stage (dependencies) on team_id, contact_stage_id from contacts;

set local check_function_bodies = on;
