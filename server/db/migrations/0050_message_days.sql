-- What went out on a day and what came of it, added up for reports: whole days that are over are read from a few rows.
--
-- Easy to get wrong here: a day is added up once, when nobody who began on it can still be writing; whatever changes after that
-- leaves a line with the difference in the transaction that changes it, and a report adds those lines. So the sums are the
-- rows' at every moment. A mail that goes out writes no line: it is counted with its day. The conditions below stand before the
-- functions are called, since sending must not pay for a call.
--
-- What counts is said a second time here, after features/reports/rows-store.ts; a test over random mails holds the two to one word.

create table message_day_places (
  team_id     ident primary key references teams (id),
  zone        text not null,
  -- Another one as soon as the days begin at other hours: whoever read before knows that it was before.
  generation  int not null,
  until_day   date, -- the first day that is not added up; null before there is any
  until_at    timestamptz -- its first moment
);
call guard_table('message_day_places');

create table message_days (
  team_id         ident not null references teams (id),
  generation      int not null,
  day             date not null,
  place           int not null, -- among those of its day
  user_id         text,
  sequence_id     text,
  step_id         text,
  touch_id        text,
  mailbox_id      text,
  reply_class     text,
  sent            int not null,
  delivered       int not null,
  bounced         int not null,
  hard_bounced    int not null,
  spam_blocked    int not null,
  opened          int not null,
  clicked         int not null,
  replied         int not null,
  auto_replied    int not null,
  unsubscribed    int not null,
  demoed          int not null,
  open_tracked    int not null,
  click_tracked   int not null,
  opened_tracked  int not null,
  clicked_tracked int not null,
  primary key (team_id, generation, day, place)
);
call guard_table('message_days');

create table message_day_changes (
  team_id         ident not null references teams (id),
  id              ident not null default new_ident(),
  at              timestamptz not null, -- when the mail went
  user_id         text,
  sequence_id     text,
  step_id         text,
  touch_id        text,
  mailbox_id      text,
  reply_class     text,
  sent            int not null,
  delivered       int not null,
  bounced         int not null,
  hard_bounced    int not null,
  spam_blocked    int not null,
  opened          int not null,
  clicked         int not null,
  replied         int not null,
  auto_replied    int not null,
  unsubscribed    int not null,
  demoed          int not null,
  open_tracked    int not null,
  click_tracked   int not null,
  opened_tracked  int not null,
  clicked_tracked int not null,
  primary key (team_id, id)
);
call guard_table('message_day_changes');
create index message_day_changes_at on message_day_changes (team_id, at);
-- Foreign keys write as the owner, also where that is no superuser.
do $$ begin
  execute format('create policy owner on message_day_changes for insert to %I with check (true)', current_user);
end $$;

create function message_went(m messages) returns timestamptz language sql immutable
  return case when m.completed_at is not null then m.completed_at when m.dot_at is not null then m.dot_at else m.failed_at end;

create function message_was_sent(m messages) returns boolean language sql immutable
  return m.status is not null and m.copy_of is null
         and (m.status = 'completed' or m.has_bounced is true or m.is_spam_blocked is true);

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

create function note_message_change() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' and message_was_sent(old) then perform count_message_change(old, -1); end if;
  if tg_op <> 'DELETE' and message_was_sent(new) then perform count_message_change(new, 1); end if;
  return null;
end
$$;

-- Two hours: a day is added up three hours after its end, so what went out since is counted with it.
create trigger messages_counted_late after insert on messages for each row
  when (message_was_sent(new) and message_went(new) < cadenza_now() - interval '2 hours')
  execute function note_message_change();
create trigger messages_counted_otherwise after update on messages for each row
  when (case when message_was_sent(old)
        then (old.status, old.copy_of, old.completed_at, old.dot_at, old.failed_at, old.user_id, old.sequence_id, old.step_id, old.touch_id,
              old.mailbox_id, old.reply_class, old.has_bounced, old.is_hard_bounce, old.is_spam_blocked, old.num_opens > 0,
              old.num_clicks > 0, old.replied_at is null, old.unsubscribed_at is null, old.demoed_at is null, old.open_tracking,
              old.click_tracking)
             is distinct from
             (new.status, new.copy_of, new.completed_at, new.dot_at, new.failed_at, new.user_id, new.sequence_id, new.step_id, new.touch_id,
              new.mailbox_id, new.reply_class, new.has_bounced, new.is_hard_bounce, new.is_spam_blocked, new.num_opens > 0,
              new.num_clicks > 0, new.replied_at is null, new.unsubscribed_at is null, new.demoed_at is null, new.open_tracking,
              new.click_tracking)
        else message_was_sent(new) and message_went(new) < cadenza_now() - interval '2 hours' end)
  execute function note_message_change();
create trigger messages_counted_no_more after delete on messages for each row
  when (message_was_sent(old)) execute function note_message_change();

-- Whose days are over and not added up, or begin at other hours by now; and who has changes to take in.
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
alter function teams_with_days_to_count owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function teams_with_days_to_count from public;
grant execute on function teams_with_days_to_count to cadenza_app;
