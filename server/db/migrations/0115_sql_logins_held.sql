-- A login of the schema reporting may lift what its role was given as a default: its statement timeout, its read-only
-- transactions. What it may not do at all is taken away in roles.sql where the server's functions are ours to revoke; what it
-- does for too long, and a lock that it should not have, is seen here by the engine, which ends the session. Neither asks the session.

-- Only who may act as a role may end its sessions.
do $$
declare
  login text;
begin
  for login in select rolname from pg_roles where rolname ~ '^cadenza_sql_[0-9a-f]{24}$' and not pg_has_role(current_user, oid, 'usage') loop
    begin
      execute format('grant %I to current_user', login);
    exception when insufficient_privilege then null; -- made by another owner: its sessions cannot be ended by this one
    end;
  end loop;
end
$$;

create or replace function open_sql_login(login text, verifier text) returns void
  language plpgsql security definer set search_path = public, pg_temp
as $$
declare
  role_name text := 'cadenza_sql_' || login;
begin
  if login !~ '^[0-9a-f]{24}$' or verifier !~ '^SCRAM-SHA-256\$\d+:[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+$' then
    raise exception 'that is no login of ours';
  end if;
  execute format(
    'create role %I login nosuperuser nocreatedb nocreaterole nobypassrls noreplication connection limit 10 in role cadenza_reporting password %L',
    role_name, verifier);
  execute format('alter role %I set default_transaction_read_only = on', role_name);
  execute format('alter role %I set search_path = reporting', role_name);
  execute format('alter role %I set statement_timeout = %L', role_name, '5min');
  execute format('alter role %I set idle_in_transaction_session_timeout = %L', role_name, '5min');
  if not pg_has_role(current_user, role_name, 'usage') then
    execute format('grant %I to current_user', role_name);
  end if;
end
$$;

-- Ends the sessions of logins that hold an advisory lock, have waited or worked in one transaction for too long, or own a large
-- object; deletes the objects. Real time throughout: sessions know no other.
create function end_unruly_sql_logins(longest interval) returns table (login text, why text)
  language plpgsql security definer set search_path = public, pg_temp
as $$
declare
  found record;
  object oid;
begin
  for object in
    select m.oid from pg_largeobject_metadata m join pg_roles r on r.oid = m.lomowner where r.rolname ~ '^cadenza_sql_[0-9a-f]{24}$'
  loop
    begin
      perform lo_unlink(object);
    exception when others then null; -- it was deleted a moment ago
    end;
  end loop;
  for found in
    select a.pid, a.usename::text as usename,
           case when exists (select from pg_locks l where l.pid = a.pid and l.locktype = 'advisory') then 'took_a_lock'
                else 'took_too_long' end as why
      from pg_stat_activity a
     where a.datname = current_database() and a.usename ~ '^cadenza_sql_[0-9a-f]{24}$'
       and (exists (select from pg_locks l where l.pid = a.pid and l.locktype = 'advisory')
            or a.xact_start < clock_timestamp() - longest)
  loop
    begin
      if pg_terminate_backend(found.pid) then
        login := substr(found.usename, length('cadenza_sql_') + 1);
        why := found.why;
        return next;
      end if;
    exception when insufficient_privilege then null; -- the role is another owner's
    end;
  end loop;
end
$$;
revoke execute on function end_unruly_sql_logins from public;
grant execute on function end_unruly_sql_logins to cadenza_app;

create function team_of_sql_login(login text) returns text
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select l.team_id::text from sql_logins l where l.role_name = 'cadenza_sql_' || login;
  end;
grant create on schema public to cadenza_across;
alter function team_of_sql_login owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function team_of_sql_login from public;
grant execute on function team_of_sql_login to cadenza_app;
