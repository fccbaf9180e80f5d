set local check_function_bodies = off;
create extension if not exists pg_trgm;
create extension if not exists btree_gin;

create domain ident as text collate "C" check (value ~ '^[0-9a-f]{24}$');

-- What can happen to an email, and so to its contact.
create domain mail_event as text check (value in
  ('delivered', 'opened', 'clicked', 'replied', 'interested', 'demoed', 'bounced', 'spam_blocked', 'unsubscribed',
   'out_of_office', 'finished', 'not_sent', 'unresponsive', 'job_changed'));

-- Views that check the product from outside. Only cadenza_audit can read them. They look across teams, so they belong to
-- cadenza_across. Their columns are stable.
create schema audit;

create schema reporting;

grant usage on schema public to cadenza_app, cadenza_across, cadenza_views;
grant usage on schema audit to cadenza_audit, cadenza_across;
grant usage on schema reporting to cadenza_reporting, cadenza_views;

-- Counts by word, added up.
create function added(counts jsonb, more jsonb) returns jsonb
  language sql immutable
  return counts || coalesce(
    (select jsonb_object_agg(key, value::bigint + coalesce((counts ->> key)::bigint, 0)) from jsonb_each_text(more)), '{}');

-- The same as addressKey in features/contacts/answer-holds/keys.ts.
create function address_key(team text, address text) returns text
  language sql immutable parallel safe
  return encode(sha256(convert_to(team || ' ' || lower(address), 'UTF8')), 'hex');

-- The clock for times that decide. It is read after the locks are taken, so of two changes that exclude each other the later one
-- has the later time. Only tests move it (`cadenza.ahead_ms`).
create function cadenza_now() returns timestamptz
  language sql volatile parallel safe
  return clock_timestamp() + coalesce(nullif(current_setting('cadenza.ahead_ms', true), ''), '0')::float8 * interval '1 millisecond';

-- Open sessions stay open, but see no rows from then on.
create function close_sql_login(login text) returns void
  language plpgsql security definer set search_path = public, pg_temp
as $$
begin
  if login !~ '^[0-9a-f]{24}$' then
    raise exception 'that is no login of ours';
  end if;
  if not exists (select from pg_roles where rolname = 'cadenza_sql_' || login) then
    return; -- restored from a backup onto another server: the login never existed here
  end if;
  execute format('alter role %I nologin password null', 'cadenza_sql_' || login);
  execute format('drop role %I', 'cadenza_sql_' || login);
exception when dependent_objects_still_exist then
  null; -- something of its own is open in a session: it can never log in again
end
$$;
revoke execute on function close_sql_login(text) from public;
grant execute on function close_sql_login(text) to cadenza_app;

-- A statement is planned once for a connection. PostgreSQL takes a table without statistics for empty, so the plan reads all rows
-- of a team to find a few. Autovacuum runs once a minute at most, so a table that has doubled is analyzed at once while it is
-- small. A large table is left to autovacuum: a plan for 20,000 rows is right for 10 million.
--
-- Only the owner of a table may analyze it, so this runs as the owner. It returns the table's name, or null when none is left.
create function count_grown_table() returns text
  language sql security definer set search_path = public, pg_temp
as $$
  select count_grown_table(false)
$$;
revoke execute on function count_grown_table() from public;
grant execute on function count_grown_table() to cadenza_app;

-- The team this transaction works for; null outside any team, and then nothing is visible.
create function current_team() returns text
  language sql stable parallel safe
  return nullif(current_setting('cadenza.team_id', true), '');

create function domain_of(address text) returns text
  language sql immutable parallel safe
  return lower(split_part(address, '@', -1));

create function email_md5(email text) returns text
  language sql immutable parallel safe
  return md5(lower(email));

create function email_sha256(email text) returns text
  language sql immutable parallel safe
  return encode(sha256(replace(lower(email), '\', '\\')::bytea), 'hex');

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
revoke execute on function end_unruly_sql_logins(interval) from public;
grant execute on function end_unruly_sql_logins(interval) to cadenza_app;

-- Whether a subscription to these types (`contact.created`, `contact.*`, `*`) includes this type.
create function event_matches(type text, wanted text[]) returns boolean
  language sql immutable parallel safe
  return type = any(wanted) or '*' = any(wanted) or split_part(type, '.', 1) || '.*' = any(wanted);

-- Puts a team's table under guard. Every migration that creates one calls this.
--
-- The application sees and writes rows of the current team only, and cannot move a row into
-- another. cadenza_across may read, for the functions it owns and the audit views.
create procedure guard_table(name regclass, column_name text default 'team_id')
  language plpgsql
as $$
begin
  execute format('alter table %s enable row level security', name);
  execute format('alter table %s force row level security', name);
  execute format(
    'create policy team on %s to cadenza_app using (%I = current_team()) with check (%I = current_team())',
    name, column_name, column_name
  );
  execute format('create policy across on %s for select to cadenza_across using (true)', name);
  execute format('grant select, insert, update, delete on %s to cadenza_app', name);
  execute format('grant select on %s to cadenza_across', name);
end
$$;

-- One profile has many addresses: with and without a scheme, a country, a slash, or what was clicked.
create function linkedin_key(url text) returns text
  language sql immutable parallel safe
  return nullif(rtrim(regexp_replace(regexp_replace(lower(btrim(url)), '[?#].*$', ''), '^(https?:)?(//)?([a-z0-9-]+\.)?linkedin\.com/', ''), '/'), '');

-- Several transactions that share a row lock have one number (a multixact).
create function lockers(stamp xid) returns setof xid
  language plpgsql volatile set search_path = public, pg_temp
as $$
begin
  return next stamp;
  begin
    return query select m.xid from pg_get_multixact_members(stamp) m;
  exception when others then null; -- one alone
  end;
end
$$;
revoke execute on function lockers(xid) from public;
grant execute on function lockers(xid) to cadenza_app;

-- Sessions whose transaction, or whose idle time after the last one, has lasted longer. Only the owner of roles can see the start.
-- Real time: sessions know no other.
create function long_sessions(longer_than interval) returns table (pid int, role text, application text, seconds float8)
  language sql volatile security definer set search_path = public, pg_temp
  begin atomic
    select a.pid, a.usename::text, a.application_name, extract(epoch from clock_timestamp() - coalesce(a.xact_start, a.state_change))::float8
      from pg_stat_activity a
     where a.datname = current_database() and a.backend_type = 'client backend' and a.pid <> pg_backend_pid()
       and coalesce(a.xact_start, a.state_change) < clock_timestamp() - longer_than;
  end;
revoke execute on function long_sessions(interval) from public;
grant execute on function long_sessions(interval) to cadenza_app;

-- Half-steps of doubling: they find a range of numbers roughly before the exact comparison.
create function magnitude(n bigint) returns int
  language sql immutable strict parallel safe
  return case when n <= 0 then -1 else floor(2 * ln(n) / ln(2) + 1e-9)::int end;

create function mark(team text, kind text, value text) returns bigint
  language sql immutable strict parallel safe
  return hashtextextended(team || ' ' || kind || ' ' || lower(btrim(value)), 0);

create function magnitude_marks(team text, kind text, lowest bigint, highest bigint) returns bigint[]
  language sql immutable parallel safe
  return (select coalesce(array_agg(mark(team, kind, m::text)), '{}')
            from generate_series(magnitude(coalesce(lowest, 0)), magnitude(coalesce(highest, 10000000000000))) as m);

-- Written out rather than as queries: they run for every row that is written.
create function marks_of(team text, kind text, vals text[]) returns bigint[]
  language plpgsql immutable parallel safe
as $$
declare
  one text;
  found bigint[] := '{}';
begin
  foreach one in array coalesce(vals, '{}') loop
    if btrim(one) <> '' then found := found || mark(team, kind, one); end if;
  end loop;
  return found;
end
$$;

-- An id made in SQL, for statements that make many at once; the same shape as ids.ts makes.
create function new_ident() returns ident
  language sql volatile parallel safe
  return lpad(to_hex(extract(epoch from clock_timestamp())::bigint), 8, '0')
      || substr(replace(gen_random_uuid()::text, '-', ''), 1, 12)
      || substr(replace(gen_random_uuid()::text, '-', ''), 1, 4);

-- A change of a rule is acknowledged when the gates that were open at its commit have closed: such a gate has read the old rule and
-- may still let its email go. Gates hold a shared lock of their team. The change finds the holders and waits for them, so nothing
-- is locked meanwhile and gates never wait for each other.
create function open_gates(team text) returns setof text
  language sql volatile
begin atomic
  select l.pid || ' ' || l.virtualtransaction
    from pg_locks l
   where l.locktype = 'advisory' and l.mode = 'ShareLock' and l.granted and l.objsubid = 1 and l.pid <> pg_backend_pid()
     and l.database = (select oid from pg_database where datname = current_database())
     and (l.classid::bigint << 32 | l.objid::bigint) = hashtextextended('gates ' || team, 0);
end;

-- Only the owner of the database may create roles, so these run as the owner. A role is one of ours by its name. It can read the
-- views and nothing else. Which team it sees is a row that the team's own request wrote.
create function open_sql_login(login text, verifier text) returns void
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
revoke execute on function open_sql_login(text,text) from public;
grant execute on function open_sql_login(text,text) to cadenza_app;

create function plain_place(part text) returns text
  language plpgsql immutable strict parallel safe
as $$
declare
  plain text := nullif(lower(btrim(part)), '');
begin
  return coalesce('{"us":"united states","usa":"united states","u.s.":"united states","u.s.a.":"united states",
    "united states of america":"united states","uk":"united kingdom","u.k.":"united kingdom","great britain":"united kingdom",
    "uae":"united arab emirates","holland":"netherlands","the netherlands":"netherlands","deutschland":"germany","sverige":"sweden",
    "norge":"norway","danmark":"denmark","suomi":"finland","czechia":"czech republic"}'::jsonb ->> plain, plain);
end
$$;

-- The form of a searched place: `Chicago, US` becomes `chicago, united states`.
create function place_asked(place text) returns text
  language sql immutable parallel safe
  return (select string_agg(plain_place(part), ', ' order by n)
            from string_to_table(place, ',') with ordinality as t (part, n) where btrim(part) <> '');

-- A place is found by each of its parts, and by what people put together of them.
create function place_marks(team text, kind text, city text, state text, country text) returns bigint[]
  language plpgsql immutable parallel safe
as $$
declare
  c text := plain_place(city);
  s text := plain_place(state);
  n text := plain_place(country);
begin
  return array_remove(array[mark(team, kind, c), mark(team, kind, s), mark(team, kind, n), mark(team, kind, c || ', ' || s),
    mark(team, kind, c || ', ' || n), mark(team, kind, s || ', ' || n), mark(team, kind, c || ', ' || s || ', ' || n)], null);
end
$$;

-- A title as people mean it: abbreviations in full, no small words. `VP of Sales` is `vice president sales`.
create function plain_title(title text) returns text
  language plpgsql immutable strict parallel safe
as $$
declare
  word text;
  plain text;
begin
  foreach word in array string_to_array(regexp_replace(lower(title), '[^[:alnum:]+#]+', ' ', 'g'), ' ') loop
    continue when word in ('', 'of', 'the', 'and', 'for', 'in', 'at');
    plain := concat_ws(' ', plain, coalesce(
      '{"vp":"vice president","svp":"senior vice president","evp":"executive vice president","avp":"assistant vice president",
        "ceo":"chief executive officer","cfo":"chief financial officer","coo":"chief operating officer","cto":"chief technology officer",
        "cio":"chief information officer","cmo":"chief marketing officer","cro":"chief revenue officer","cpo":"chief product officer",
        "ciso":"chief information security officer","chro":"chief human resources officer","sr":"senior","jr":"junior","mgr":"manager",
        "dir":"director","eng":"engineer","ops":"operations","mktg":"marketing","hr":"human resources","it":"information technology",
        "md":"managing director","sdr":"sales development representative","bdr":"business development representative",
        "cofounder":"co founder"}'::jsonb ->> word, word));
  end loop;
  return plain;
end
$$;

-- An index of words takes in what is new as one list and sorts it in when the list has grown to 4 MB. Until then every search by
-- words, of every team, reads that list from end to end: of three thousand contacts that were changed, as long as the search
-- itself takes. So the lists are sorted in while they are short. They stay as they are for who writes: a file of thousands goes
-- in faster by long lists.
--
-- Only who owns an index may do so, so this works as its owner; what it says is how many pages it sorted in.
create function put_words_in_order() returns int
  language plpgsql security definer set search_path = public, pg_temp
as $$
begin
  perform set_config('lock_timeout', '200ms', true);
  if not pg_try_advisory_xact_lock(hashtextextended('putting words in order', 0)) then
    return 0; -- another engine is doing it
  end if;
  return (select coalesce(sum(gin_clean_pending_list(c.oid)), 0)
            from pg_class c join pg_am a on a.oid = c.relam
           where c.relnamespace = 'public'::regnamespace and c.relkind = 'i' and a.amname = 'gin');
exception when lock_not_available then
  return 0; -- one of the tables is busy; the next round tries again
end
$$;
revoke execute on function put_words_in_order() from public;
grant execute on function put_words_in_order() to cadenza_app;

create function title_marks(team text, title text) returns bigint[]
  language sql immutable parallel safe
  return marks_of(team, 'title word', string_to_array(plain_title(title), ' '));

-- Of what was written or has ended; on its way a mail changes several times, and says nothing new.
create function words_of_mail(subject text, body text, to_name text, to_email text, from_name text) returns tsvector
  language sql immutable parallel safe
  return to_tsvector('simple', left(coalesce(subject, ''), 1000) || ' ' || left(coalesce(to_name, ''), 300) || ' '
    || left(coalesce(to_email, ''), 300) || ' ' || left(coalesce(from_name, ''), 300) || ' ' || left(coalesce(body, ''), 50000));
