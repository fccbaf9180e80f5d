-- How often one person, company or domain is written to or called in so many days, over everything a team does.

alter table teams
  add column touch_limits jsonb not null default '[]', -- a few rules: scope, counts, most, days
  add constraint touch_limits_are_a_list check (jsonb_typeof(touch_limits) = 'array');

-- A person has said why this one mail may go beyond them.
alter table messages
  add column touch_reason       text,
  add column touch_reason_by    ident,
  add constraint messages_touch_reason_whose check ((touch_reason is null) = (touch_reason_by is null));

create index messages_contact_dot on messages (team_id, contact_id, dot_at) where dot_at is not null;
create index contacts_company_key on contacts (team_id, company_key) where company_key is not null;
create index messages_held_by_touches on messages (team_id) where delivery = 'planned' and hold_code = 'limit:touches';

-- When somebody was touched since then: mails that were let go, and, unless only those count, calls and steps that people have
-- done. It looks through the eyes of cadenza_across, because conditions that row security takes for leaks are answered by no
-- index; what it sees is the current team's all the same.
create function touches_of(scope text, key text, only_mails boolean, since timestamptz) returns setof timestamptz
  language plpgsql stable security definer rows 10 set search_path = public, pg_temp
as $$
declare
  team text := current_team();
  people text[];
begin
  -- A copy is another reader's mail: it counts for their domain, and for no person.
  if scope = 'domain' then
    return query
      select m.dot_at from messages m
       where m.team_id = team and lower(split_part(m.to_email, '@', 2)) = key and m.dot_at > since
         and m.delivery in ('sent', 'dot', 'unconfirmed');
    if only_mails then
      return;
    end if;
    people := array(select c.id::text from contacts c where c.team_id = team and split_part(lower(c.email), '@', 2) = key);
  elsif scope = 'company' then
    people := array(select c.id::text from contacts c where c.team_id = team and c.company_key = key);
  else
    people := array[key];
  end if;
  if scope <> 'domain' then
    return query
      select m.dot_at from messages m
       where m.team_id = team and m.contact_id = any(people) and m.dot_at > since and m.copy_of is null
         and m.delivery in ('sent', 'dot', 'unconfirmed');
  end if;
  if not only_mails then
    return query
      select t.completed_at from tasks t
       where t.team_id = team and t.contact_id = any(people) and t.status = 'completed' and t.completed_at > since
         and (t.type = 'call' or t.type like 'linkedin%');
    -- A call that was made for a task is one touch, and the task has been counted.
    return query
      select coalesce(k.started_at, k.created_at) from calls k
       where k.team_id = team and k.contact_id = any(people) and not k.is_inbound and k.is_logged
         and coalesce(k.started_at, k.created_at) > since
         and not exists (select from tasks t where t.team_id = team and t.id = k.task_id and t.status = 'completed');
  end if;
end
$$;
grant create on schema public to cadenza_across;
alter function touches_of owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function touches_of from public;
grant execute on function touches_of to cadenza_app;
