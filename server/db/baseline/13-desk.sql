create table call_outcomes (
  team_id     ident not null,
  id          ident not null,
  name        text not null,
  position    int not null,
  is_connect  boolean not null default false,
  primary key (team_id, id),
  foreign key (team_id) references teams (id)
);
call guard_table('call_outcomes');
create policy reporting on call_outcomes for select to cadenza_views using (team_id = (select reporting.team() as team));
grant select on call_outcomes to cadenza_views;

create table call_purposes (
  team_id   ident not null,
  id        ident not null,
  name      text not null,
  position  int not null,
  primary key (team_id, id),
  foreign key (team_id) references teams (id)
);
call guard_table('call_purposes');

create table calls (
  team_id          ident not null,
  id               ident not null,
  user_id          ident,
  contact_id       ident,
  account_id       ident,
  deal_id          ident,
  task_id          ident,
  outcome_id       ident,
  purpose_id       ident,
  call_identifier  text, -- the caller's own: a second call with it changes the first
  is_logged        boolean not null default true,
  is_inbound       boolean not null default false,
  from_number      text,
  to_number        text,
  status           text,
  started_at       timestamptz,
  ended_at         timestamptz,
  duration         int,
  recording_url    text,
  note             text,
  created_at       timestamptz not null,
  updated_at       timestamptz not null,
  primary key (team_id, id),
  foreign key (team_id, account_id) references accounts (team_id, id) on delete set null (account_id),
  foreign key (team_id, contact_id) references contacts (team_id, id) on delete cascade,
  foreign key (team_id, deal_id) references deals (team_id, id) on delete set null (deal_id),
  foreign key (team_id) references teams (id),
  foreign key (team_id, outcome_id) references call_outcomes (team_id, id),
  foreign key (team_id, purpose_id) references call_purposes (team_id, id),
  foreign key (team_id, task_id) references tasks (team_id, id) on delete set null (task_id),
  foreign key (team_id, user_id) references users (team_id, id)
);
create index calls_account on calls (team_id, account_id) where account_id is not null;
create index calls_contact on calls (team_id, contact_id) where contact_id is not null;
create index calls_deal on calls (team_id, deal_id) where deal_id is not null;
create index calls_happened on calls (team_id, (
case
    when (started_at is not null) then started_at
    else created_at
end));
create unique index calls_identifier on calls (team_id, call_identifier) where call_identifier is not null;
create index calls_started on calls (team_id, started_at desc nulls last, id desc);
create index calls_task on calls (team_id, task_id) where task_id is not null;
call guard_table('calls');
create policy reporting on calls for select to cadenza_views using (team_id = (select reporting.team() as team));
grant select on calls to cadenza_views;

create function touches_of(scope text, key text, digest text, only_mails boolean, since timestamptz) returns setof timestamptz
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
alter function touches_of(text,text,text,boolean,timestamp with time zone) owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function touches_of(text,text,text,boolean,timestamp with time zone) from public;
grant execute on function touches_of(text,text,text,boolean,timestamp with time zone) to cadenza_app;
