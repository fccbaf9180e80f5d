// Every object of a database as a kind, a name and a definition: what two databases are compared by.

import type pg from "pg";

export type SchemaObject = { kind: string; name: string; definition: string };

const SCHEMAS = "('public', 'audit', 'reporting')";

/** Grants as a sorted list; none at all reads as the defaults of that kind, which depend on the owner alone. */
const grants = (acl: string, kind: string, owner: string) => `(
  select string_agg(coalesce(pg_get_userbyid(nullif(a.grantee, 0)), 'public') || '=' || a.privilege_type
           || case when a.is_grantable then '*' else '' end, ',' order by pg_get_userbyid(nullif(a.grantee, 0)), a.privilege_type)
    from aclexplode(coalesce(${acl}, acldefault('${kind}', ${owner}))) a)`;

/** One query for each kind of object; each answers name and definition. */
const KINDS: Readonly<Record<string, string>> = {
  schema: `select nspname as name, pg_get_userbyid(nspowner) || ' ' || ${grants("nspacl", "n", "nspowner")} as definition
             from pg_namespace where nspname in ${SCHEMAS}`,
  extension: "select extname as name, extnamespace::regnamespace::text as definition from pg_extension",
  domain: `select typname as name, format_type(typbasetype, typtypmod) || ' ' || coalesce(typdefault, '-') || ' ' || typnotnull
                  || ' ' || typcollation::regcollation || ' ' || coalesce((select string_agg(pg_get_constraintdef(c.oid), ' ' order by conname)
                                from pg_constraint c where contypid = t.oid), '') as definition
             from pg_type t where typtype = 'd' and typnamespace::regnamespace::text in ${SCHEMAS}`,
  type: `select t.oid::regtype::text as name, typtype::text || coalesce((select string_agg(enumlabel, ',' order by enumsortorder) from pg_enum where enumtypid = t.oid), '') as definition
           from pg_type t where typtype in ('e', 'r', 'm') and typnamespace::regnamespace::text in ${SCHEMAS}`,
  table: `select c.oid::regclass::text as name, concat_ws(' ', relkind, relpersistence, pg_get_userbyid(relowner), relrowsecurity,
                 relforcerowsecurity, array_to_string(reloptions, ','), relreplident, ${grants("relacl", "r", "relowner")}) as definition
            from pg_class c where relkind in ('r', 'p', 'v', 'm', 'f') and relnamespace::regnamespace::text in ${SCHEMAS}`,
  sequence: `select c.oid::regclass::text as name, concat_ws(' ', pg_get_userbyid(relowner), format_type(seqtypid, null), seqstart, seqincrement,
                    seqmax, seqmin, seqcache, seqcycle, ${grants("relacl", "s", "relowner")}) as definition
               from pg_class c join pg_sequence on seqrelid = c.oid where relnamespace::regnamespace::text in ${SCHEMAS}`,
  column: `select a.attrelid::regclass || '.' || attname as name,
                  concat_ws(' ', format_type(atttypid, atttypmod), attnotnull, attidentity, attgenerated, attcollation::regcollation, attstorage, attcompression,
                    attstattarget, array_to_string(attoptions, ','), pg_get_expr(adbin, adrelid), attacl::text) as definition
             from pg_attribute a join pg_class c on c.oid = attrelid left join pg_attrdef d on adrelid = attrelid and adnum = attnum
            where attnum > 0 and not attisdropped and relkind in ('r', 'p', 'v', 'm') and relnamespace::regnamespace::text in ${SCHEMAS}`,
  "column order": `select c.oid::regclass::text as name, string_agg(attname, ' ' order by attnum) as definition
             from pg_attribute a join pg_class c on c.oid = attrelid
            where attnum > 0 and not attisdropped and relkind in ('r', 'p', 'v', 'm') and relnamespace::regnamespace::text in ${SCHEMAS} group by 1`,
  constraint: `select conrelid::regclass || ': ' || conname as name, pg_get_constraintdef(c.oid) || ' ' || convalidated as definition
                 from pg_constraint c where conrelid <> 0 and contype not in ('n', 't') and connamespace::regnamespace::text in ${SCHEMAS}`,
  index: `select indexrelid::regclass::text as name, concat_ws(' ', pg_get_indexdef(indexrelid), indisvalid, indisclustered, indisreplident) as definition
            from pg_index i join pg_class c on c.oid = indexrelid where relnamespace::regnamespace::text in ${SCHEMAS}`,
  function: `select p.oid::regprocedure::text as name, concat_ws(E'\\n', pg_get_userbyid(proowner), ${grants("proacl", "f", "proowner")},
                    pg_get_functiondef(p.oid)) as definition
               from pg_proc p where prokind in ('f', 'p') and pronamespace::regnamespace::text in ${SCHEMAS}
                and not exists (select from pg_depend where objid = p.oid and deptype = 'e')`,
  trigger: `select tgrelid::regclass || ': ' || tgname as name, pg_get_triggerdef(oid) || ' ' || tgenabled::text as definition
              from pg_trigger where not tgisinternal`,
  policy: `select polrelid::regclass || ': ' || polname as name,
                  concat_ws(' ', polcmd, polpermissive, array(select pg_get_userbyid(r) from unnest(polroles) r order by 1)::text,
                    pg_get_expr(polqual, polrelid), '/', pg_get_expr(polwithcheck, polrelid)) as definition
             from pg_policy`,
  view: `select c.oid::regclass::text as name, pg_get_viewdef(c.oid) as definition
           from pg_class c where relkind in ('v', 'm') and relnamespace::regnamespace::text in ${SCHEMAS}`,
  statistics: "select stxname as name, pg_get_statisticsobjdef(oid) as definition from pg_statistic_ext",
  rule: "select rulename || ' ' || ev_class::regclass as name, pg_get_ruledef(oid) as definition from pg_rewrite where rulename <> '_RETURN' and ev_class > 16384",
  "default grants":
    "select coalesce(defaclnamespace::regnamespace::text, '-') || ' ' || defaclobjtype::text as name, pg_get_userbyid(defaclrole) || defaclacl::text as definition from pg_default_acl",
  comment: `select pg_describe_object(classoid, objoid, objsubid) as name, description as definition from pg_description
             where objoid > 16384 and pg_describe_object(classoid, objoid, objsubid) !~ 'extension|pgboss'`,
};

/** All objects of the schemas that are ours. The tables of jobs and of migrations are made elsewhere. */
export async function describeSchema(client: pg.Client): Promise<SchemaObject[]> {
  const found: SchemaObject[] = [];
  for (const [kind, query] of Object.entries(KINDS)) {
    const { rows } = await client.query<{ name: string; definition: string }>(query);
    for (const { name, definition } of rows)
      if (!/\bschema_migrations\b/.test(name)) found.push({ kind, name, definition });
  }
  return found;
}

/** How many rows each table has, and what they say: migrations may put rows into an empty database. */
export async function describeRows(client: pg.Client): Promise<SchemaObject[]> {
  const { rows: tables } = await client.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c where relkind = 'r' and relnamespace::regnamespace::text in ${SCHEMAS}`,
  );
  const found: SchemaObject[] = [];
  for (const { name } of tables) {
    if (name === "schema_migrations") continue;
    const { rows } = await client.query<{ row: string }>(
      `select to_jsonb(t)::text as row from ${name} t order by 1`,
    );
    for (const { row } of rows)
      found.push({ kind: "row", name: `${name} ${row.slice(0, 200)}`, definition: row });
  }
  return found;
}
