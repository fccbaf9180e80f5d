-- Roles belong to the whole server, so this runs before every migration and tolerates finding
-- them there, made by an earlier start, by another database of the same server, or by hand.
--
-- cadenza_app     the role the product works as: owns nothing, bypasses nothing, sees one team at a time
-- cadenza_across  never logs in; it owns the few functions that must look across teams
-- cadenza_audit   reads the schema audit and nothing else
-- cadenza_views   never logs in; it owns the views of the schema reporting, under row security like the product
-- cadenza_reporting  reads those views and nothing else, as one team; logins of people's own tools are made members of it
do $$
declare
  wanted text;
  takes_on boolean := current_setting('server_version_num')::int >= 160000;
begin
  foreach wanted in array array['cadenza_app', 'cadenza_across', 'cadenza_audit', 'cadenza_views', 'cadenza_reporting'] loop
    begin
      if not exists (select 1 from pg_roles where rolname = wanted) then
        execute format('create role %I nologin nosuperuser nocreatedb nocreaterole nobypassrls', wanted);
      end if;
    exception when duplicate_object or unique_violation then
      null; -- another process made it a moment ago
    end;
    -- The schema's owner must be able to hand functions over and to work as the application. Since PostgreSQL 16 a user who is
    -- no superuser is a member of the roles it creates, and may not take them on until it grants them to itself.
    if not pg_has_role(current_user, wanted, case when takes_on then 'set' else 'member' end) then
      begin
        execute format('grant %I to current_user', wanted);
      exception when unique_violation then
        null;
      end;
    end if;
  end loop;

  if exists (select 1 from pg_roles where rolname = 'cadenza_app' and (rolsuper or rolbypassrls)) then
    raise exception 'role cadenza_app must be neither superuser nor able to bypass row security';
  end if;
end
$$;

-- What every login of a server may call unless it is taken away: locks by a number, which would hold up the product's own, and
-- large objects, which are written to disk; and temporary tables. Only the owner of the server's functions can take those away;
-- elsewhere the engine ends the sessions that use them (end_unruly_sql_logins).
do $$
declare
  called regprocedure;
begin
  if has_database_privilege('cadenza_reporting', current_database(), 'temporary') then
    execute format('grant temporary on database %I to cadenza_app, cadenza_across', current_database());
    execute format('revoke temporary on database %I from public', current_database());
  end if;
  for called in
    select p.oid from pg_proc p
     where p.pronamespace = 'pg_catalog'::regnamespace
       and (p.proname ~ '^pg_(?:try_)?advisory_' or p.proname ~ '^(?:lo_|loread$|lowrite$)')
       and pg_has_role(current_user, p.proowner, 'usage') and has_function_privilege('cadenza_reporting', p.oid, 'execute')
  loop
    execute format('grant execute on function %s to cadenza_app, cadenza_across', called);
    execute format('revoke execute on function %s from public', called);
  end loop;
exception when insufficient_privilege then
  null;
end
$$;
