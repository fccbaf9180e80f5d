// Whether an outside database can hold Cadenza's data. Asked before anything is created in it.

import pg from "pg";
import type { ConnectionOptions } from "./connect.ts";

/** The message says what is wrong and what to do: people read it. */
export class UnfitDatabase extends Error {}

type Facts = {
  user: string;
  database: string;
  version: number;
  encoding: string;
  made_with: string | null;
  has_now: string | null;
  may_fill_schema: boolean;
  may_fill_database: boolean;
  missing_roles: string[];
  may_create_roles: boolean;
  is_role_unbound: boolean;
};

const FACTS = `
  select current_user::text as "user", d.datname::text as database, current_setting('server_version_num')::int as version,
         pg_encoding_to_char(d.encoding) as encoding, d.datcollversion as made_with,
         pg_database_collation_actual_version(d.oid) as has_now,
         has_schema_privilege('public', 'create') as may_fill_schema,
         has_database_privilege(d.oid, 'create')
           or (to_regnamespace('pgboss') is not null
               and (select count(*) from pg_extension where extname in ('pg_trgm', 'btree_gin')) = 2) as may_fill_database,
         array(select wanted from unnest($1::text[]) wanted
                where not exists (select from pg_roles r where r.rolname = wanted)) as missing_roles,
         (select rolsuper or rolcreaterole from pg_roles where rolname = current_user) as may_create_roles,
         exists (select from pg_roles where rolname = 'cadenza_app' and (rolsuper or rolbypassrls)) as is_role_unbound
    from pg_database d where d.datname = current_database()`;

const ROLES = ["cadenza_app", "cadenza_across", "cadenza_audit", "cadenza_views", "cadenza_reporting"];

export async function refuseUnfit(client: pg.Client): Promise<void> {
  await refuseOldServer(client); // it lacks columns that are asked for below
  const { rows } = await client.query<Facts>(FACTS, [ROLES]);
  const sentence = rows[0] && whyUnfit(rows[0]);
  if (sentence) throw new UnfitDatabase(sentence);
}

export async function refuseOldServer(client: pg.Client) {
  const { rows } = await client.query<{ version: number }>(
    "select current_setting('server_version_num')::int as version",
  );
  if ((rows[0]?.version ?? 0) < 150000) throw new UnfitDatabase("Cadenza needs PostgreSQL 15 or newer.");
}

function whyUnfit(facts: Facts): string | null {
  const [user, database] = [facts.user, facts.database].map((name) => pg.escapeIdentifier(name));
  if (facts.encoding !== "UTF8")
    return `The database ${database} has the encoding ${facts.encoding}, and Cadenza needs UTF8: create it anew with CREATE DATABASE ${database} ENCODING 'UTF8' TEMPLATE template0.`;
  if (facts.made_with !== null && facts.made_with !== facts.has_now)
    return `The database ${database} was sorted by collation version ${facts.made_with}, and its server now has ${facts.has_now}, so its indexes may miss rows: run REINDEX DATABASE ${database}, then ALTER DATABASE ${database} REFRESH COLLATION VERSION.`;
  if (facts.missing_roles.length > 0 && !facts.may_create_roles)
    return `The user ${user} in DATABASE_URL may not create roles, and Cadenza needs ${facts.missing_roles.join(", ")}: run ALTER ROLE ${user} CREATEROLE as a superuser.`;
  if (facts.is_role_unbound)
    return "The role cadenza_app is not bound by row security, so teams would see each other's rows: run ALTER ROLE cadenza_app NOSUPERUSER NOBYPASSRLS.";
  if (!facts.may_fill_schema || !facts.may_fill_database)
    return `The user ${user} in DATABASE_URL may not create tables in the database ${database}: run ALTER DATABASE ${database} OWNER TO ${user} as a superuser.`;
  return null;
}

/** PostgreSQL's own words for a right that was not foreseen above. */
export function asMissingRight(error: unknown): unknown {
  const { code, message } = (error ?? {}) as { code?: string; message?: string };
  if (code !== "42501") return error;
  return new UnfitDatabase(
    `The user in DATABASE_URL lacks a right (${message}): make it the owner of the database, and give it CREATEROLE.`,
    { cause: error },
  );
}

const ROUNDS = 5;
const LONGEST_MS = 10_000;

/**
 * A pooler that gives each transaction another session loses roles, locks and settings in silence. Its clients are told a number of
 * its own as that of their session, and two of them are served by one.
 */
export async function refuseSharedSessions(client: pg.Client, connection: ConnectionOptions): Promise<void> {
  const first = await sessionOf(client);
  if (first === (client as unknown as { processID: number }).processID) return; // there is no pooler
  const other = new pg.Client({
    ...connection,
    connectionTimeoutMillis: LONGEST_MS,
    query_timeout: LONGEST_MS,
  });
  other.on("error", () => {}); // a lost connection rejects the query that was running
  await other.connect();
  try {
    for (let n = 0; n < ROUNDS; n++)
      if ((await sessionOf(other)) === first || (await sessionOf(client)) !== first)
        throw new UnfitDatabase(
          "DATABASE_URL leads to a connection pooler in transaction mode, and Cadenza needs sessions of its own: set pool_mode = session for this database in PgBouncer, or use the address of PostgreSQL itself.",
        );
  } finally {
    await other.end();
  }
}

async function sessionOf(client: pg.Client) {
  const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
  return rows[0]?.pid;
}

/** With row security turned off every team would see the rows of every team. */
export async function refuseOpenTables(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(OPEN_TABLES);
  const names = rows.map(({ name }) => name);
  if (names.length > 0)
    throw new UnfitDatabase(
      `Row security is off for ${names.join(", ")}, so teams would see each other's rows: run ${names.map((name) => `ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY`).join("; ")}.`,
    );
}

const OPEN_TABLES = `
  select c.relname::text as name from pg_class c
   where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relrowsecurity
     and exists (select from pg_policy p where p.polrelid = c.oid)
   order by 1`;
