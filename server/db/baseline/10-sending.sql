-- One row per mailbox that has caught something: the next uid, given under this row's lock, so that uids become
-- visible in their order.
create table catcher_mailboxes (
  team_id     ident not null,
  mailbox_id  ident not null,
  uid_next    bigint not null,
  primary key (team_id, mailbox_id),
  foreign key (team_id, mailbox_id) references mailboxes (team_id, id) on delete cascade
);
call guard_table('catcher_mailboxes');

create table catcher_messages (
  team_id        ident not null,
  id             ident not null,
  mailbox_id     ident not null,
  uid            bigint not null,
  folder         text not null, -- Sent: from the mailbox; INBOX: to the mailbox
  at             timestamptz not null,
  from_address   text not null, -- as the envelope has it; empty for a report
  to_address     text not null,
  subject        text not null,
  message_id     text, -- in angle brackets, as the header has it
  headers        jsonb not null default '{}',
  body_text      text,
  body_html      text,
  raw            bytea not null,
  flags          text[] not null default '{}',
  answers        ident, -- the caught mail that this one answers
  answer_kind    text,
  answer_due_at  timestamptz, -- when the simulated recipient replies
  nth            int, -- the count of emails that this recipient got
  primary key (team_id, id),
  unique (team_id, mailbox_id, uid),
  check (answer_kind in ('reply', 'bounce', 'out_of_office', 'unsubscribe')),
  check (folder in ('INBOX', 'Sent')),
  foreign key (team_id, answers) references catcher_messages (team_id, id) on delete set null (answers),
  foreign key (team_id, mailbox_id) references mailboxes (team_id, id) on delete cascade
);
create index catcher_messages_answers on catcher_messages (team_id, answers) where answers is not null;
create index catcher_messages_due on catcher_messages (team_id, answer_due_at) where answer_due_at is not null;
create index catcher_messages_newest on catcher_messages (team_id, at desc, id desc);
create index catcher_messages_to on catcher_messages (team_id, lower(to_address), at desc);
call guard_table('catcher_messages');

create table message_day_changes (
  team_id          ident not null,
  id               ident not null default new_ident(),
  at               timestamptz not null, -- when the email was sent
  user_id          text,
  sequence_id      text,
  step_id          text,
  touch_id         text,
  mailbox_id       text,
  reply_class      text,
  sent             int not null,
  delivered        int not null,
  bounced          int not null,
  hard_bounced     int not null,
  spam_blocked     int not null,
  opened           int not null,
  clicked          int not null,
  replied          int not null,
  auto_replied     int not null,
  unsubscribed     int not null,
  demoed           int not null,
  open_tracked     int not null,
  click_tracked    int not null,
  opened_tracked   int not null,
  clicked_tracked  int not null,
  primary key (team_id, id),
  foreign key (team_id) references teams (id)
);
create index message_day_changes_at on message_day_changes (team_id, at);
call guard_table('message_day_changes');
create policy owner on message_day_changes for insert to current_user with check (true);

create table message_day_places (
  team_id     ident primary key,
  zone        text not null,
  -- Changes when the hours at which days begin change, so that a reader knows its figures are old.
  generation  int not null,
  until_day   date, -- the first day that is not added up; null before there is any
  until_at    timestamptz, -- its first moment
  foreign key (team_id) references teams (id)
);
call guard_table('message_day_places');

create table message_days (
  team_id          ident not null,
  generation       int not null,
  day              date not null,
  place            int not null, -- among those of its day
  user_id          text,
  sequence_id      text,
  step_id          text,
  touch_id         text,
  mailbox_id       text,
  reply_class      text,
  sent             int not null,
  delivered        int not null,
  bounced          int not null,
  hard_bounced     int not null,
  spam_blocked     int not null,
  opened           int not null,
  clicked          int not null,
  replied          int not null,
  auto_replied     int not null,
  unsubscribed     int not null,
  demoed           int not null,
  open_tracked     int not null,
  click_tracked    int not null,
  opened_tracked   int not null,
  clicked_tracked  int not null,
  primary key (team_id, generation, day, place),
  foreign key (team_id) references teams (id)
);
call guard_table('message_days');

-- What was seen of an email after it was sent. A machine that loads an image or follows a link is marked.
create table message_events (
  team_id     ident not null,
  id          ident not null,
  message_id  ident not null,
  contact_id  ident,
  type        text not null,
  at          timestamptz not null,
  is_machine  boolean not null default false,
  user_agent  text,
  link        int, -- which of the mail's links
  detail      jsonb not null default '{}', -- ids, codes and words of ours; nothing a person wrote
  primary key (team_id, id),
  check (type in ('open', 'click', 'reply', 'bounce', 'unsubscribe', 'pause', 'referral')),
  foreign key (team_id, contact_id) references contacts (team_id, id) on delete set null (contact_id)
);
create index message_events_contact on message_events (team_id, contact_id) where contact_id is not null;
-- What people did is counted in the mail's own row; what machines did only here.
create index message_events_machines on message_events (team_id, message_id) include (type) where is_machine;
create index message_events_message on message_events (team_id, message_id, at, id);
create index message_events_pauses on message_events (team_id, at) where (type = 'pause') and (not (detail ? 'newcomers_seen'));
call guard_table('message_events');
create policy reporting on message_events for select to cadenza_views using (team_id = (select reporting.team() as team));
grant select on message_events to cadenza_views;

-- Where the links of a mail lead whose clicks are counted.
create table message_links (
  team_id     ident not null,
  message_id  ident not null,
  position    int not null,
  url         text not null,
  primary key (team_id, message_id, "position")
);
call guard_table('message_links');

-- Every mail (`emailer_message`): planned, written by hand, sent, failed.
create table messages (
  team_id                  ident not null,
  id                       ident not null,
  user_id                  ident,
  contact_id               ident, -- null once the person was deleted
  account_id               ident,
  mailbox_id               ident,
  sequence_id              ident,
  step_id                  ident,
  touch_id                 ident,
  enrollment_id            ident,
  type                     text not null,
  subject                  text,
  body_html                text,
  body_text                text,
  from_email               text,
  from_name                text,
  to_email                 text,
  to_name                  text,
  provider_message_id      text,
  provider_thread_id       text,
  due_at                   timestamptz,
  due_at_source            text,
  due_at_manually_changed  boolean not null default false,
  completed_at             timestamptz,
  failed_at                timestamptz,
  failure_reason           text,
  not_sent_reason          text,
  has_bounced              boolean,
  is_hard_bounce           boolean,
  is_spam_blocked          boolean,
  replied_at               timestamptz,
  reply_class              text,
  demoed_at                timestamptz,
  unsubscribed_at          timestamptz,
  num_opens                int not null default 0,
  num_clicks               int not null default 0,
  open_tracking            boolean not null default false,
  click_tracking           boolean not null default false,
  created_at               timestamptz not null,
  updated_at               timestamptz not null,
  delivery                 text not null,
  -- The status on the wire; null where the API shows none.
  status                   text generated always as (
case delivery
    when 'draft' then 'drafted'
    when 'sent' then 'completed'
    when 'failed' then 'failed'
    when 'skipped' then
    case
        when (failed_at is not null) then 'failed'
        else null::text
    end
    when 'cancelled' then null::text
    else 'scheduled'
end) stored,
  copy_of                  ident, -- the email of which this one goes to an address in cc or bcc
  -- Its place in the queue of its mailbox, and when it is checked next while it waits.
  rank                     double precision not null default 0,
  is_queued                boolean not null default false,
  next_check_at            timestamptz,
  hold_code                text,
  hold_evidence            jsonb,
  held_since               timestamptz,
  tries                    int not null default 0, -- how often a server said later
  engine_id                ident, -- The engine that works on it. The attempt's id decides who may write the outcome, never the time.
  attempt_id               ident,
  released_at              timestamptz, -- when it was let go; null again where the server refused it
  composed_at              timestamptz, -- Fixed when it is first claimed, and the same in every attempt.
  internet_message_id      text,
  token                    text, -- ties whatever comes back to this mail
  in_reply_to              text,
  reference_ids            text[] not null default '{}',
  thread_root              text,
  cc_emails                text[] not null default '{}',
  bcc_emails               text[] not null default '{}',
  attachment_ids           text[] not null default '{}',
  confirmation             text, -- What the server said, and how sure we are.
  server_said              text,
  queue_id                 text,
  asked_at                 timestamptz, -- the owner was asked what became of it
  schedule_tz              text, -- The schedule in force when it was released, for the checks.
  window_start             time without time zone,
  window_end               time without time zone,
  window_dows              int[],
  min_gap                  interval,
  in_response_to           ident, -- The email of ours that this one continues.
  -- Of a deleted contact: a digest that recognizes the address when its reader opts out by this email.
  reader_digest            text,
  touch_reason             text, -- A person has said why this one mail may go beyond them.
  touch_reason_by          ident,
  -- Which step of which list a mail was when it was let go. Lists are put in another order, and steps taken away under those
  -- who wait there: whether one came before another is a question about the list of that moment, and not about today's.
  step_no                  int,
  step_order               text,
  -- A mail that was in doubt and is sent once more: since when. Word of its first copy may still come, and is asked for again
  -- before the second one leaves. The first copy keeps its place in every limit.
  again_at                 timestamptz,
  -- For the checks: when the enrollment was due as its email was released, and what proves that an unconfirmed email arrived.
  was_due_at               timestamptz,
  -- Who received the email, for as long as limits and checks ask: keyed digests of the address, its host and the company. They stay
  -- with the email when its contact is deleted.
  host_digest              text,
  company_digest           text,
  -- When a person asked for this one mail to go: what they ask for after an answer goes in spite of it.
  by_hand_at               timestamptz,
  primary key (team_id, id),
  check (confirmation in ('confirmed', 'unconfirmed', 'assumed')),
  check (delivery in ('draft', 'planned', 'claimed', 'dot', 'sent', 'unconfirmed', 'failed', 'skipped', 'cancelled')),
  constraint messages_touch_reason_whose check ((touch_reason is null) = (touch_reason_by is null)),
  check (type in ('outreach_automatic_email', 'outreach_manual_email')),
  foreign key (team_id, account_id) references accounts (team_id, id) on delete set null (account_id),
  foreign key (team_id, contact_id) references contacts (team_id, id) on delete set null (contact_id),
  foreign key (team_id, copy_of) references messages (team_id, id) on delete cascade,
  foreign key (team_id, enrollment_id) references enrollments (team_id, id) on delete set null (enrollment_id),
  foreign key (team_id) references teams (id),
  foreign key (team_id, in_response_to) references messages (team_id, id) on delete set null (in_response_to),
  foreign key (team_id, mailbox_id) references mailboxes (team_id, id),
  foreign key (team_id, sequence_id) references sequences (team_id, id),
  foreign key (team_id, step_id) references sequence_steps (team_id, id) on delete set null (step_id),
  foreign key (team_id, touch_id) references step_touches (team_id, id) on delete set null (touch_id)
);
create index messages_account on messages (team_id, account_id) where account_id is not null;
create index messages_answering on messages (team_id, in_response_to) where in_response_to is not null;
create index messages_attached on messages using gin (attachment_ids) where attachment_ids <> '{}';
create index messages_by_hand on messages (team_id, mailbox_id) where (delivery in ('planned', 'claimed')) and due_at_manually_changed;
create index messages_came_back on messages (team_id, enrollment_id) where has_bounced or is_spam_blocked;
create index messages_company_released on messages (team_id, company_digest, released_at) where (released_at is not null) and (company_digest is not null);
create index messages_contact on messages (team_id, contact_id, created_at desc);
create index messages_contact_released on messages (team_id, contact_id, released_at) where released_at is not null;
create index messages_copies on messages (team_id, copy_of) where copy_of is not null;
create index messages_domain on messages (team_id, lower(split_part(to_email, '@', 2)), released_at) where released_at is not null;
create index messages_enrollment on messages (team_id, enrollment_id);
create index messages_held_by_touches on messages (team_id) where (delivery = 'planned') and (hold_code = 'limit:touches');
create index messages_host_released on messages (team_id, host_digest, released_at) where (released_at is not null) and (host_digest is not null);
create unique index messages_internet_id on messages (team_id, internet_message_id) where (internet_message_id is not null) and (copy_of is null);
create index messages_notable on messages (team_id, coalesce(due_at, created_at) desc, id desc) where (status is not null) and (copy_of is null) and ((replied_at is not null) or (has_bounced is true) or (is_spam_blocked is true) or (unsubscribed_at is not null) or (demoed_at is not null) or (num_clicks > 0) or (status = 'failed') or (status = 'drafted'));
create index messages_opened on messages (team_id, coalesce(due_at, created_at) desc, id desc) where (status is not null) and (copy_of is null) and (num_opens > 0);
create index messages_planned on messages (team_id, next_check_at) where (delivery = 'planned') and (not is_queued);
create index messages_queue on messages (team_id, mailbox_id, rank, enrollment_id, id) where (delivery = 'planned') and is_queued;
create index messages_reader_released on messages (team_id, reader_digest, released_at) where (released_at is not null) and (reader_digest is not null);
create index messages_released on messages (team_id, mailbox_id, released_at) where released_at is not null;
create index messages_sequence on messages (team_id, sequence_id, status);
create index messages_sequence_released on messages (team_id, sequence_id, released_at) include (step_id) where released_at is not null;
create index messages_sequence_sent on messages (team_id, sequence_id, completed_at) include (step_id) where completed_at is not null;
-- Searches show mails latest first. What is seldom asked for by itself has an index of its own, or a walk would not end.
create index messages_shown on messages (team_id, coalesce(due_at, created_at) desc, id desc) where (status is not null) and (copy_of is null);
create index messages_shown_completed on messages (team_id, completed_at desc, id desc) where (completed_at is not null) and (status is not null) and (copy_of is null);
create index messages_shown_sequence on messages (team_id, sequence_id, coalesce(due_at, created_at) desc, id desc) where (status is not null) and (copy_of is null);
create unique index messages_slot on messages (team_id, enrollment_id, step_id) where (enrollment_id is not null) and (step_id is not null) and (copy_of is null);
create index messages_step on messages (team_id, step_id) where step_id is not null;
create index messages_to on messages (team_id, lower(to_email)) where to_email is not null;
create index messages_to_go on messages (team_id, (
case
    when (due_at is not null) then due_at
    else created_at
end)) where status in ('scheduled', 'failed');
create unique index messages_token on messages (token) where token is not null;
create index messages_unclear on messages (team_id, released_at) where delivery = 'unconfirmed';
create index messages_underway on messages (team_id, engine_id) where delivery in ('claimed', 'dot');
create index messages_went on messages (team_id, (
case
    when (completed_at is not null) then completed_at
    when (released_at is not null) then released_at
    else failed_at
end));
create index messages_words on messages using gin (words_of_mail(subject, body_text, to_name, to_email, from_name)) where delivery in ('draft', 'sent', 'failed');
call guard_table('messages');
create policy reporting on messages for select to cadenza_views using (team_id = (select reporting.team() as team));
grant select on messages to cadenza_views;

-- Each attempt to send an email, and how far it came.
create table send_attempts (
  team_id           ident not null,
  id                ident not null,
  message_id        ident not null,
  mailbox_id        ident,
  engine_id         ident,
  started_at        timestamptz not null default cadenza_now(),
  released_at       timestamptz,
  ended_at          timestamptz,
  outcome           text,
  phase             text,
  why               text,
  smtp_code         int,
  enhanced_code     text,
  server_said       text,
  proved_absent_at  timestamptz, -- Long after an ambiguous end it was searched for and not found, so it was tried again.
  primary key (team_id, id),
  check (outcome in ('accepted', 'rejected_4xx', 'rejected_5xx', 'failed_before_dot', 'ambiguous')),
  foreign key (team_id, message_id) references messages (team_id, id) on delete cascade
) with (fillfactor=50);
create index send_attempts_first_copies on send_attempts (team_id, released_at) where (outcome = 'ambiguous') and (proved_absent_at is not null);
create index send_attempts_message on send_attempts (team_id, message_id, started_at);
call guard_table('send_attempts');
create policy reporting on send_attempts for select to cadenza_views using (team_id = (select reporting.team() as team));
grant select on send_attempts to cadenza_views;

alter table tasks add foreign key (team_id, message_id) references messages (team_id, id) on delete set null (message_id);

alter table message_events add foreign key (team_id, message_id) references messages (team_id, id) on delete cascade;

alter table message_links add foreign key (team_id, message_id) references messages (team_id, id) on delete cascade;

create function message_went(m messages) returns timestamptz language sql immutable
  return case when m.completed_at is not null then m.completed_at when m.released_at is not null then m.released_at else m.failed_at end;

create function count_message_change(m messages, sign int) returns void language sql
  begin atomic
    insert into message_day_changes (team_id, at, user_id, sequence_id, step_id, touch_id, mailbox_id, reply_class,
        sent, delivered, bounced, hard_bounced, spam_blocked, opened, clicked, replied, auto_replied, unsubscribed, demoed,
        open_tracked, click_tracked, opened_tracked, clicked_tracked)
    select m.team_id, message_went(m), m.user_id, m.sequence_id, m.step_id, m.touch_id, m.mailbox_id, m.reply_class,
           sign,
           sign * (w.was_delivered)::int,
           sign * (m.has_bounced is true)::int,
           sign * (m.is_hard_bounce is true)::int,
           sign * (m.is_spam_blocked is true)::int,
           sign * (w.was_delivered and m.num_opens > 0)::int,
           sign * (w.was_delivered and m.num_clicks > 0)::int,
           sign * (m.replied_at is not null and m.reply_class is distinct from 'out_of_office')::int,
           sign * (m.reply_class is not distinct from 'out_of_office')::int,
           sign * (m.unsubscribed_at is not null)::int,
           sign * (m.demoed_at is not null)::int,
           sign * (w.was_delivered and m.open_tracking)::int,
           sign * (w.was_delivered and m.click_tracking)::int,
           sign * (w.was_delivered and m.num_opens > 0 and m.open_tracking)::int,
           sign * (w.was_delivered and m.num_clicks > 0 and m.click_tracking)::int
      from (select m.status = 'completed' and m.has_bounced is not true and m.is_spam_blocked is not true as was_delivered) w
     where message_went(m) is not null;
  end;

create procedure end_enrollments(team text, contacts text[]) language plpgsql as $$
declare
  ids text[];
begin
  select array_agg(id::text) into ids from enrollments where team_id = team and contact_id = any(contacts);
  if ids is null then
    return;
  end if;
  call withdraw_tasks(array[team], ids, array_fill('removed'::text, array[cardinality(ids)]));
  update messages set enrollment_id = null where team_id = team and enrollment_id = any(ids);
  delete from enrollments where team_id = team and id = any(ids);
end
$$;

-- Whose mail a token in a link or an address belongs to.
create function find_message_by_token(wanted text) returns table (team_id text, message_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select m.team_id, m.id from messages m where m.token = wanted;
  end;
grant create on schema public to cadenza_across;
alter function find_message_by_token(text) owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function find_message_by_token(text) from public;
grant execute on function find_message_by_token(text) to cadenza_app;

-- Whether the engine would wait for this row now. What it locks to find out is let go at once.
create function is_row_held(team text, kind text, row_id text) returns boolean
  language plpgsql volatile set search_path = public, pg_temp
as $$
begin
  case kind
    when 'contact' then perform from contacts where team_id = team and id = row_id for key share nowait;
    when 'enrollment' then perform from enrollments where team_id = team and id = row_id for no key update nowait;
    when 'step' then perform from sequence_steps where team_id = team and id = row_id for share nowait;
    when 'mailbox' then perform from mailboxes where team_id = team and id = row_id for share nowait;
    when 'mail' then perform from messages where team_id = team and id = row_id for no key update nowait;
    else return true;
  end case;
  raise exception using errcode = 'CZ003', message = 'free';
exception
  when lock_not_available then return true;
  when sqlstate 'CZ003' then return false;
end
$$;
revoke execute on function is_row_held(text,text,text) from public;
grant execute on function is_row_held(text,text,text) to cadenza_app;

-- Only what was planned: the outcome of a released email is in its own row and in its attempts.
create function keep_message() returns trigger language plpgsql as $$
begin
  insert into row_history (team_id, subject_id, until_at, was)
  values (old.team_id, old.id, cadenza_now(),
          jsonb_build_object('delivery', old.delivery, 'due_at', old.due_at, 'hold_code', old.hold_code,
            'hold_evidence', old.hold_evidence, 'held_since', old.held_since, 'next_check_at', old.next_check_at,
            'mailbox_id', old.mailbox_id, 'not_sent_reason', old.not_sent_reason));
  return null;
end
$$;

-- For each enrollment, the lock on its step that has been held longest.
create function locks_in_the_way(team text, among text[], longer_than interval)
  returns table (enrollment_id text, kind text, role text, application text, seconds float8)
  language sql volatile set search_path = public, pg_temp
  begin atomic
    with sessions as materialized (select * from long_sessions(longer_than)),
    held as materialized (
      select l.locktype, l.transactionid, l.relation, l.mode, l.classid::bigint << 32 | l.objid::bigint as name,
             s.role, s.application, s.seconds
        from pg_locks l join sessions s using (pid)
       where l.granted and (l.database is null or l.database = 0 or l.database = (select oid from pg_database where datname = current_database()))
         and (l.locktype = 'transactionid' or l.locktype = 'advisory' and l.objsubid = 1
              or l.locktype = 'relation' and l.mode in ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock'))),
    places as materialized (
      select e.id, e.contact_id, e.sequence_id, e.current_step_id, e.mailbox_id, e.xmax as stamp from enrollments e
       where e.team_id = team and e.id = any(among) and exists (select from held)),
    locked as (
      select p.id, 'enrollment' as kind, p.id as row_id, p.stamp from places p
      union all
      select p.id, 'contact', c.id, c.xmax from places p join contacts c on c.team_id = team and c.id = p.contact_id
      union all
      select p.id, 'step', s.id, s.xmax from places p join sequence_steps s on s.team_id = team and s.id = p.current_step_id
      union all
      select p.id, 'mailbox', b.id, b.xmax from places p join mailboxes b on b.team_id = team and b.id = p.mailbox_id
      union all
      select p.id, 'mail', m.id, m.xmax from places p
        join messages m on m.team_id = team and m.enrollment_id = p.id and m.step_id = p.current_step_id and m.copy_of is null
       where m.delivery in ('planned', 'claimed', 'dot')),
    found as materialized (
      select l.id, l.kind, l.row_id, h.role, h.application, h.seconds
        from locked l
       cross join lateral lockers(l.stamp) x (xid)
        join held h on h.locktype = 'transactionid' and h.transactionid = x.xid
       where l.stamp::text <> '0'
      union all
      select p.id, 'table', null, h.role, h.application, h.seconds from places p
        join held h on h.locktype = 'relation'
       where h.relation in ('enrollments'::regclass, 'contacts'::regclass, 'sequence_steps'::regclass, 'mailboxes'::regclass, 'messages'::regclass)
      union all
      select p.id, 'rules', null, h.role, h.application, h.seconds from places p
        join held h on h.locktype = 'advisory' and h.mode = 'ExclusiveLock'
       where h.name in (hashtextextended('gates ' || team, 0), hashtextextended('suppressions ' || team, 0))
      union all
      select p.id, 'limit', null, h.role, h.application, h.seconds from places p
        join held h on h.locktype = 'advisory'
       where h.name = hashtextextended('sends of ' || team || ' ' || p.sequence_id, 0))
    select distinct on (f.id) f.id, f.kind, f.role, f.application, f.seconds from found f
     where is_row_held(team, f.kind, f.row_id) order by f.id, f.seconds desc, f.kind;
  end;
revoke execute on function locks_in_the_way(text,text[],interval) from public;
grant execute on function locks_in_the_way(text,text[],interval) to cadenza_app;

-- Disconnected mailboxes too: their emails wait for three days, and then each fails with that reason.
create function mailboxes_with_queues() returns table (team_id text, mailbox_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select b.team_id, b.id from mailboxes b
     where exists (select from messages m
                    where m.team_id = b.team_id and m.mailbox_id = b.id and m.delivery = 'planned' and m.is_queued);
  end;
grant create on schema public to cadenza_across;
alter function mailboxes_with_queues() owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function mailboxes_with_queues() from public;
grant execute on function mailboxes_with_queues() to cadenza_app;

create function message_was_sent(m messages) returns boolean language sql immutable
  return m.status is not null and m.copy_of is null
         and (m.status = 'completed' or m.has_bounced is true or m.is_spam_blocked is true);

create function note_message_change() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' and message_was_sent(old) then perform count_message_change(old, -1); end if;
  if tg_op <> 'DELETE' and message_was_sent(new) then perform count_message_change(new, 1); end if;
  return null;
end
$$;

create function teams_with_catcher_answers_due(by_now timestamptz) returns table (team_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select t.id from teams t
     where exists (select from catcher_messages m where m.team_id = t.id and m.answer_due_at <= by_now);
  end;
grant create on schema public to cadenza_across;
alter function teams_with_catcher_answers_due(timestamp with time zone) owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function teams_with_catcher_answers_due(timestamp with time zone) from public;
grant execute on function teams_with_catcher_answers_due(timestamp with time zone) to cadenza_app;

-- Teams whose days are over and not summed up, or begin at other hours now, or have changes to add.
create function teams_with_days_to_count(now timestamptz) returns table (team_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select t.id from teams t
      left join message_day_places p on p.team_id = t.id
     where case when p.team_id is null then
             exists (select from messages m where m.team_id = t.id)
           else p.zone <> t.time_zone
             or coalesce(((p.until_day + 1)::timestamp at time zone p.zone) + interval '3 hours' <= now, true)
             or exists (select from message_day_changes c where c.team_id = t.id and c.at < p.until_at)
           end;
  end;
grant create on schema public to cadenza_across;
alter function teams_with_days_to_count(timestamp with time zone) owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function teams_with_days_to_count(timestamp with time zone) from public;
grant execute on function teams_with_days_to_count(timestamp with time zone) to cadenza_app;

create function teams_with_mails_due(at timestamptz) returns table (team_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select t.id from teams t
     where exists (select from messages m
                    where m.team_id = t.id and m.delivery = 'planned' and not m.is_queued and m.next_check_at <= at);
  end;
grant create on schema public to cadenza_across;
alter function teams_with_mails_due(timestamp with time zone) owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function teams_with_mails_due(timestamp with time zone) from public;
grant execute on function teams_with_mails_due(timestamp with time zone) to cadenza_app;

-- Teams with emails that were claimed by an engine that is dead.
create function teams_with_orphans() returns table (team_id text)
  language sql volatile security definer set search_path = public, pg_temp
  begin atomic
    select t.id from teams t
     where exists (select from messages m
                    where m.team_id = t.id and m.delivery in ('claimed', 'dot')
                      and (not engine_is_alive(m.engine_id::text)
                        or coalesce(m.released_at, m.updated_at) < cadenza_now() - interval '20 minutes'));
  end;
grant create on schema public to cadenza_across;
alter function teams_with_orphans() owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function teams_with_orphans() from public;
grant execute on function teams_with_orphans() to cadenza_app;

create function teams_with_unclear() returns table (team_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select t.id from teams t
     where exists (select from messages m where m.team_id = t.id and m.delivery = 'unconfirmed');
  end;
grant create on schema public to cadenza_across;
alter function teams_with_unclear() owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function teams_with_unclear() from public;
grant execute on function teams_with_unclear() to cadenza_app;

create function tell_answers() returns trigger language plpgsql as $$
begin
  update enrollments e
     set (replied_at, reply_class) = (
           select m.replied_at, m.reply_class from messages m
            where m.team_id = e.team_id and m.enrollment_id = e.id and m.replied_at is not null
              and m.reply_class is distinct from 'out_of_office'
            order by m.replied_at desc limit 1)
   where e.team_id = new.team_id and e.id = new.enrollment_id;
  return null;
end
$$;

-- Reasons are few, and enrollments many: one statement for each reason.
create procedure withdraw_tasks(teams text[], ids text[], reasons text[]) language plpgsql as $$
declare
  why text;
  whose text[];
begin
  for why, whose in select n.reason, array_agg(n.id) from unnest(ids, reasons) as n (id, reason) group by 1 order by 1 loop
    with gone as (
      update tasks t set status = 'skipped', skipped_at = cadenza_now(), withdrawn_because = why, skip_at = null,
             updated_at = cadenza_now()
       where t.team_id = any(teams) and t.enrollment_id = any(whose) and t.status = 'scheduled' and t.created_from = 'sequence'
      returning t.team_id, t.id, t.type, t.contact_id, t.sequence_id)
    insert into events (team_id, id, type, occurred_at, cause, subject_type, subject_id, data)
    select team_id, new_ident(), 'task.skipped', cadenza_now(), 'clock', 'task', id,
           jsonb_build_object('type', type, 'contact_id', contact_id, 'sequence_id', sequence_id, 'reason', why)
      from gone;
  end loop;

  update messages set delivery = 'cancelled', updated_at = cadenza_now()
   where team_id = any(teams) and enrollment_id = any(ids) and delivery = 'draft' and step_id is not null;
end
$$;

create trigger answers_begun after insert on messages for each row
  when (new.enrollment_id is not null and new.replied_at is not null) execute function tell_answers();

create trigger answers_told after update of replied_at, reply_class on messages for each row
  when (new.enrollment_id is not null
        and (old.replied_at, old.reply_class) is distinct from (new.replied_at, new.reply_class))
  execute function tell_answers();

-- Two hours: a day is summed up three hours after its end, so everything since is counted with it.
create trigger messages_counted_late after insert on messages for each row
  when (message_was_sent(new) and message_went(new) < cadenza_now() - interval '2 hours')
  execute function note_message_change();

create trigger messages_counted_no_more after delete on messages for each row
  when (message_was_sent(old)) execute function note_message_change();

create trigger messages_counted_otherwise after update on messages for each row
  when (case when message_was_sent(old)
        then (old.status, old.copy_of, old.completed_at, old.released_at, old.failed_at, old.user_id, old.sequence_id, old.step_id, old.touch_id,
              old.mailbox_id, old.reply_class, old.has_bounced, old.is_hard_bounce, old.is_spam_blocked, old.num_opens > 0,
              old.num_clicks > 0, old.replied_at is null, old.unsubscribed_at is null, old.demoed_at is null, old.open_tracking,
              old.click_tracking)
             is distinct from
             (new.status, new.copy_of, new.completed_at, new.released_at, new.failed_at, new.user_id, new.sequence_id, new.step_id, new.touch_id,
              new.mailbox_id, new.reply_class, new.has_bounced, new.is_hard_bounce, new.is_spam_blocked, new.num_opens > 0,
              new.num_clicks > 0, new.replied_at is null, new.unsubscribed_at is null, new.demoed_at is null, new.open_tracking,
              new.click_tracking)
        else message_was_sent(new) and message_went(new) < cadenza_now() - interval '2 hours' end)
  execute function note_message_change();

create trigger messages_forgotten after delete on messages
  referencing old table as rows_gone for each statement execute function forget_pasts();

create trigger messages_kept after update on messages for each row
  when (old.copy_of is null
        and (old.due_at is distinct from new.due_at or old.hold_code is distinct from new.hold_code
          or old.hold_code is not null and old.next_check_at is distinct from new.next_check_at
          or old.mailbox_id is distinct from new.mailbox_id
          or old.delivery <> new.delivery
             and not (old.delivery = 'planned' and new.delivery = 'claimed' or old.delivery = 'claimed' and new.delivery = 'dot'
                   or old.delivery = 'dot' and new.delivery = 'sent')))
  execute function keep_message();
