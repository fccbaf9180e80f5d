-- Whom a mail reached, as long as limits and invariants ask: keyed digests of the address, its host and the company. They stay
-- with the mail when its contact is deleted.
alter table messages add column host_digest text, add column company_digest text;
create index messages_reader_dot on messages (team_id, reader_digest, dot_at) where dot_at is not null and reader_digest is not null;
create index messages_host_dot on messages (team_id, host_digest, dot_at) where dot_at is not null and host_digest is not null;
create index messages_company_dot on messages (team_id, company_digest, dot_at) where dot_at is not null and company_digest is not null;

-- The mailboxes that had this address before, and until when what they sent still counts against its limits.
alter table mailboxes add column former_ids text[] not null default '{}', add column former_count_until timestamptz;
create function note_former_mailboxes() returns trigger language plpgsql as $$
begin
  select coalesce(array_agg(o.id::text), '{}'), cadenza_now() + interval '24 hours'
    into new.former_ids, new.former_count_until
    from mailboxes o
   where o.team_id = new.team_id and lower(o.email) = lower(new.email) and o.id <> new.id;
  return new;
end
$$;
create trigger mailboxes_former before insert on mailboxes for each row execute function note_former_mailboxes();

-- When somebody was touched since then: mails that were let go, and, unless only those count, calls and steps that people have
-- done. Mails count by the digests that stay with them, those of earlier versions by their contact or address. It looks through the
-- eyes of cadenza_across, because conditions that row security takes for leaks are answered by no index; what it sees is the
-- current team's all the same.
drop function touches_of(text, text, boolean, timestamptz);
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
      select m.dot_at from messages m
       where m.team_id = team and m.host_digest = digest and m.dot_at > since and m.delivery in ('sent', 'dot', 'unconfirmed');
    return query
      select m.dot_at from messages m
       where m.team_id = team and lower(split_part(m.to_email, '@', 2)) = key and m.host_digest is null and m.dot_at > since
         and m.delivery in ('sent', 'dot', 'unconfirmed');
    if only_mails then
      return;
    end if;
    people := array(select c.id::text from contacts c where c.team_id = team and split_part(lower(c.email), '@', 2) = key);
  elsif scope = 'company' then
    people := array(select c.id::text from contacts c where c.team_id = team and c.company_key = key);
    return query
      select m.dot_at from messages m
       where m.team_id = team and m.company_digest = digest and m.dot_at > since and m.copy_of is null
         and m.delivery in ('sent', 'dot', 'unconfirmed');
    return query
      select m.dot_at from messages m
       where m.team_id = team and m.contact_id = any(people) and m.company_digest is null and m.dot_at > since
         and m.copy_of is null and m.delivery in ('sent', 'dot', 'unconfirmed');
  else
    people := array[key];
    return query
      select m.dot_at from messages m
       where m.team_id = team and m.contact_id = key and m.dot_at > since and m.copy_of is null
         and m.delivery in ('sent', 'dot', 'unconfirmed');
    return query
      select m.dot_at from messages m
       where m.team_id = team and m.reader_digest = digest and m.contact_id is distinct from key and m.dot_at > since
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
alter function touches_of owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function touches_of from public;
grant execute on function touches_of to cadenza_app;

-- For whoever checks us from outside: what stands about an address, and which addresses a mail reached, by digest; copies too. A
-- pause is kept by its contact's own lock, and is no bar of the address that could be held against a moment.
grant create on schema audit to cadenza_across;
create view audit.claims as
  select id::text as claim_id, team_id::text, digest as address_digest, kind, in_force_from as committed_at
    from address_claims where lifted_at is null and kind <> 'paused';

create view audit.reached as
  select m.id::text as send_id, m.team_id::text, m.reader_digest as address_digest, m.host_digest, m.company_digest,
         m.sequence_id::text, m.step_id::text, m.contact_id::text, m.enrollment_id::text, m.copy_of is not null as is_copy,
         lower(b.email) as mailbox_address, m.dot_at, m.delivery, m.touch_reason is not null as is_beyond_touches
    from messages m
    left join mailboxes b on b.team_id = m.team_id and b.id = m.mailbox_id
   where m.dot_at is not null;

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

alter view audit.claims owner to cadenza_across;
alter view audit.reached owner to cadenza_across;
alter view audit.limits owner to cadenza_across;
grant select on audit.claims, audit.reached, audit.limits to cadenza_audit;
revoke create on schema audit from cadenza_across;
