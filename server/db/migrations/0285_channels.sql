-- Text messages and WhatsApp as steps and tasks, and how many LinkedIn tasks a user gets in a day.

alter table sequence_steps
  drop constraint sequence_steps_type_check,
  add constraint sequence_steps_type_check check (type in ('auto_email', 'manual_email', 'call', 'sms', 'whatsapp', 'action_item', 'linkedin_step_connect', 'linkedin_step_message', 'linkedin_step_view_profile', 'linkedin_step_interact_post', 'branch'));
alter table tasks
  drop constraint tasks_type_check,
  add constraint tasks_type_check check (type in ('call', 'outreach_manual_email', 'sms', 'whatsapp', 'linkedin_step_connect', 'linkedin_step_message', 'linkedin_step_view_profile', 'linkedin_step_interact_post', 'action_item'));

-- By the type of the task: so many of it are open or done on one day for one user.
alter table teams add column linkedin_limits jsonb not null default '{"linkedin_step_connect": 20}';

create or replace function touches_of(scope text, key text, digest text, only_mails boolean, since timestamptz) returns setof timestamptz
  language plpgsql stable security definer rows 10 set search_path = public, pg_temp
as $$
declare
  team text := current_team();
  people text[];
begin
  -- A copy is another reader's mail: it counts for their domain, and for no person.
  if scope = 'domain' then
    return query
      select m.released_at from messages m
       where m.team_id = team and m.host_digest = digest and m.released_at > since and m.delivery in ('sent', 'dot', 'unconfirmed');
    return query
      select m.released_at from messages m
       where m.team_id = team and lower(split_part(m.to_email, '@', 2)) = key and m.host_digest is null and m.released_at > since
         and m.delivery in ('sent', 'dot', 'unconfirmed');
    if only_mails then
      return;
    end if;
    people := array(select c.id::text from contacts c where c.team_id = team and split_part(lower(c.email), '@', 2) = key);
  elsif scope = 'company' then
    people := array(select c.id::text from contacts c where c.team_id = team and c.company_key = key);
    return query
      select m.released_at from messages m
       where m.team_id = team and m.company_digest = digest and m.released_at > since and m.copy_of is null
         and m.delivery in ('sent', 'dot', 'unconfirmed');
    return query
      select m.released_at from messages m
       where m.team_id = team and m.contact_id = any(people) and m.company_digest is null and m.released_at > since
         and m.copy_of is null and m.delivery in ('sent', 'dot', 'unconfirmed');
  else
    people := array[key];
    return query
      select m.released_at from messages m
       where m.team_id = team and m.contact_id = key and m.released_at > since and m.copy_of is null
         and m.delivery in ('sent', 'dot', 'unconfirmed');
    return query
      select m.released_at from messages m
       where m.team_id = team and m.reader_digest = digest and m.contact_id is distinct from key and m.released_at > since
         and m.copy_of is null and m.delivery in ('sent', 'dot', 'unconfirmed');
  end if;
  if not only_mails then
    return query
      select t.completed_at from tasks t
       where t.team_id = team and t.contact_id = any(people) and t.status = 'completed' and t.completed_at > since
         and t.type not in ('action_item', 'outreach_manual_email');
    -- A call that was made for a task is one touch, and the task has been counted.
    return query
      select coalesce(k.started_at, k.created_at) from calls k
       where k.team_id = team and k.contact_id = any(people) and not k.is_inbound and k.is_logged
         and coalesce(k.started_at, k.created_at) > since
         and not exists (select from tasks t where t.team_id = team and t.id = k.task_id and t.status = 'completed');
  end if;
end
$$;

-- What opens the telephone of a user; null: the number as tel:.
alter table users add column dial_link text;
