-- Whether somebody in a sequence has answered its mails: told by the answer, and not by what became of whoever gave it. Who was through
-- already has answered too, and so has whoever goes on because a rule says that answers end nobody. An absence is no answer.
alter table enrollments add column replied_at timestamptz, add column reply_class text;

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
create trigger answers_told after update of replied_at, reply_class on messages for each row
  when (new.enrollment_id is not null
        and (old.replied_at, old.reply_class) is distinct from (new.replied_at, new.reply_class))
  execute function tell_answers();
create trigger answers_begun after insert on messages for each row
  when (new.enrollment_id is not null and new.replied_at is not null) execute function tell_answers();

create index enrollments_answered on enrollments (team_id, company_key, replied_at)
  where replied_at is not null and company_key is not null and state <> 'removed';

-- Of which sequences a colleague's answer counts; null: as the ruleset says, or the team's, else of the same one.
alter table rulesets add column same_account_reply_scope text
  check (same_account_reply_scope in ('sequence', 'all_sequences'));
alter table sequences add column same_account_reply_scope text
  check (same_account_reply_scope in ('sequence', 'all_sequences'));

-- Row security is forced upon the owner as well.
alter table enrollments no force row level security;
alter table messages no force row level security;
update enrollments e set replied_at = a.replied_at, reply_class = a.reply_class
  from (select distinct on (team_id, enrollment_id) team_id, enrollment_id, replied_at, reply_class from messages
         where enrollment_id is not null and replied_at is not null and reply_class is distinct from 'out_of_office'
         order by team_id, enrollment_id, replied_at desc) a
 where e.team_id = a.team_id and e.id = a.enrollment_id;
update enrollments set replied_at = finished_at
 where replied_at is null and state = 'finished' and inactive_reason = 'replied';
alter table enrollments force row level security;
alter table messages force row level security;
