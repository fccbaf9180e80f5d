// What a database is made of, as names and facts that every version of PostgreSQL tells alike. Texts of definitions are left out: two
// versions write the same one differently. Rights of the owner are left out too: a later version knows more of them.

import type pg from "pg";
import { withoutComments } from "../baseline.ts";

/** What it is, and how it is made. */
export type Fact = { what: string; how: string };

export async function readSchema(client: pg.Client): Promise<Map<string, string>> {
  const { rows } = await client.query<Fact>(FACTS);
  return new Map(rows.map(({ what, how }) => [what, withPlainBody(how)]));
}

/** Comments in a function of a released migration may change, as in all of its statements. */
function withPlainBody(how: string) {
  const [facts = "", body] = how.split(BODY, 2);
  return body === undefined ? facts : `${facts} ${withoutComments(body).replace(/\s+/g, " ")}`;
}

const BODY = " body: ";

/** Schemas that are copied in another way. */
export const APART = "nspname = 'pgboss' or nspname ~ '^sandbox_snapshot_'";

const FACTS = `
  with ours as (
    select oid, nspname, nspacl, nspowner from pg_namespace
     where nspname !~ '^pg_' and nspname <> 'information_schema' and not (${APART})
  ),
  relations as (
    select c.*, o.nspname, format('%I.%I', o.nspname, c.relname) as name,
           case c.relkind when 'r' then 'table' when 'p' then 'table' when 'v' then 'view' when 'm' then 'materialized view'
                          when 'S' then 'sequence' when 'i' then 'index' when 'I' then 'index' else 'relation' end as kind
      from pg_class c join ours o on o.oid = c.relnamespace
     where not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
  ),
  functions as (
    select p.*, o.nspname from pg_proc p join ours o on o.oid = p.pronamespace
     where not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
  )
  select 'schema ' || nspname as what, pg_get_userbyid(nspowner)::text as how from ours
  union all
  select format('right %s on schema %I to %s', a.privilege_type, nspname, coalesce(nullif(a.grantee, 0)::regrole::text, 'public')), a.is_grantable::text
    from ours, aclexplode(nspacl) a where a.grantee <> nspowner
  union all
  select format('%s %s', kind, name), concat_ws(' ', relkind, relpersistence, pg_get_userbyid(relowner), relrowsecurity, relforcerowsecurity,
         array_to_string(reloptions, ','))
    from relations
  union all
  select format('right %s on %s %s to %s', a.privilege_type, case relkind when 'S' then 'sequence' else 'table' end, name,
                coalesce(nullif(a.grantee, 0)::regrole::text, 'public')), a.is_grantable::text
    from relations, aclexplode(relacl) a where a.grantee <> relowner and a.privilege_type <> 'MAINTAIN'
  union all
  select format('right %s (%I) on table %s to %s', a.privilege_type, c.attname, name,
                coalesce(nullif(a.grantee, 0)::regrole::text, 'public')), a.is_grantable::text
    from relations r join pg_attribute c on c.attrelid = r.oid and c.attnum > 0 and not c.attisdropped, aclexplode(c.attacl) a
  union all
  select format('column %s.%I', name, a.attname),
         concat_ws(' ', format_type(a.atttypid, a.atttypmod), a.attnotnull, a.atthasdef, a.attidentity, a.attgenerated)
    from relations r join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
   where r.relkind in ('r', 'p', 'v', 'm')
  union all
  select format('constraint %I on %s', k.conname, r.name), concat_ws(' ', k.contype, k.convalidated, k.condeferrable, k.condeferred)
    from pg_constraint k join relations r on r.oid = k.conrelid where k.contype <> 'n'
  union all
  select format('trigger %I on %s', t.tgname, r.name), t.tgenabled::text
    from pg_trigger t join relations r on r.oid = t.tgrelid where not t.tgisinternal
  union all
  select format('policy %I on %s', p.polname, r.name), concat_ws(' ', p.polcmd, p.polpermissive, p.polroles::regrole[]::text)
    from pg_policy p join relations r on r.oid = p.polrelid
  union all
  select format('function %I.%I(%s)', nspname, proname, pg_get_function_identity_arguments(oid)),
         concat_ws(' ', prokind, pg_get_userbyid(proowner), prosecdef, provolatile) || '${BODY}' || prosrc
    from functions
  union all
  select format('right EXECUTE on routine %I.%I(%s) to %s', nspname, proname, pg_get_function_identity_arguments(f.oid),
                coalesce(nullif(a.grantee, 0)::regrole::text, 'public')), a.is_grantable::text
    from functions f, aclexplode(coalesce(proacl, acldefault('f', proowner))) a where a.grantee <> proowner
  union all
  select format('type %I.%I', o.nspname, t.typname), concat_ws(' ', t.typtype, format_type(nullif(t.typbasetype, 0), t.typtypmod),
         (select string_agg(e.enumlabel, ',' order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid))
    from pg_type t join ours o on o.oid = t.typnamespace
   where t.typtype in ('d', 'e') and not exists (select from pg_depend d where d.classid = 'pg_type'::regclass and d.objid = t.oid and d.deptype = 'e')
  union all
  select 'extension ' || extname, '' from pg_extension
  union all
  select 'large object', '' where exists (select from pg_largeobject_metadata)
  order by 1`;
