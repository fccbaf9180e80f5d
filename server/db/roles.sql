-- Roles belong to the whole server, so this runs before every migration and tolerates finding
-- them there, made by an earlier start, by another database of the same server, or by hand.
--
-- cadenza_app     whom the product works as: owns nothing, bypasses nothing, sees one team at a time
-- cadenza_across  nobody logs in as it; it owns the few functions that must look across teams
-- cadenza_audit   reads the schema audit and nothing else
-- cadenza_views   nobody logs in as it; it owns the views of the schema reporting, under row security like the product
-- cadenza_reporting  reads those views and nothing else, as one team; logins of people's own tools are made members of it
do $$
declare
  wanted text;
begin
  foreach wanted in array array['cadenza_app', 'cadenza_across', 'cadenza_audit', 'cadenza_views', 'cadenza_reporting'] loop
    begin
      if not exists (select 1 from pg_roles where rolname = wanted) then
        execute format('create role %I nologin nosuperuser nocreatedb nocreaterole nobypassrls', wanted);
      end if;
    exception when duplicate_object or unique_violation then
      null; -- another process made it a moment ago
    end;
    -- Whoever owns the schema must be able to hand functions over and to work as the application.
    if not pg_has_role(current_user, wanted, 'member') then
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
