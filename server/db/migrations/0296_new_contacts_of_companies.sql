-- When contacts got their first email of a sequence: those of a company, of a domain, or one contact. As `touches_of`, it reads
-- through its own index, which row security would keep it from.

create function first_emails_of(scope text, key text, digest text, since timestamptz) returns setof timestamptz
  language plpgsql stable security definer rows 10 set search_path = public, pg_temp
as $$
declare
  team text := current_team();
begin
  return query
    select m.released_at from (
      select o.id, o.enrollment_id, o.released_at from messages o
       where first_emails_of.scope = 'company' and o.team_id = team and o.company_digest = digest and o.released_at > since
         and o.copy_of is null and o.delivery in ('sent', 'dot', 'unconfirmed')
      union all
      select o.id, o.enrollment_id, o.released_at from messages o
       where first_emails_of.scope = 'domain' and o.team_id = team and o.host_digest = digest and o.released_at > since
         and o.copy_of is null and o.delivery in ('sent', 'dot', 'unconfirmed')
      union all
      select o.id, o.enrollment_id, o.released_at from messages o
       where first_emails_of.scope = 'person' and o.team_id = team and o.contact_id = key and o.released_at > since
         and o.copy_of is null and o.delivery in ('sent', 'dot', 'unconfirmed')
      union all
      select o.id, o.enrollment_id, o.released_at from messages o
       where first_emails_of.scope = 'person' and o.team_id = team and o.reader_digest = digest
         and o.contact_id is distinct from key and o.released_at > since
         and o.copy_of is null and o.delivery in ('sent', 'dot', 'unconfirmed')) m
     where m.enrollment_id is not null
       and not exists (select from messages b
                        where b.team_id = team and b.enrollment_id = m.enrollment_id and b.copy_of is null
                          and b.released_at < m.released_at and b.delivery in ('sent', 'dot', 'unconfirmed'));
end
$$;
grant create on schema public to cadenza_across;
alter function first_emails_of(text,text,text,timestamp with time zone) owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function first_emails_of(text,text,text,timestamp with time zone) from public;
grant execute on function first_emails_of(text,text,text,timestamp with time zone) to cadenza_app;
