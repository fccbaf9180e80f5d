// Logins and what they may do: no part of a backup, and part of a data folder. Passwords go as PostgreSQL keeps them, so each stays valid.

import pg from "pg";
import { OWNER } from "../embedded/cluster.ts";

type Role = {
  name: string;
  options: string;
  most_connections: number;
  password: string | null;
  valid_until: string | null;
};
type Membership = { role: string; member: string; is_admin: boolean };
type Setting = { role: string | null; database: string | null; name: string; value: string };

export type Roles = { roles: Role[]; memberships: Membership[]; settings: Setting[] };

const option = (column: string, word: string) => `case when ${column} then '${word}' else 'no${word}' end`;

export async function readRoles(client: pg.Client): Promise<Roles> {
  const { rows: roles } = await client.query<Role>(
    `select rolname as name, rolconnlimit as most_connections, rolpassword as password, rolvaliduntil::text as valid_until,
            concat_ws(' ', ${[
              option("rolsuper", "superuser"),
              option("rolinherit", "inherit"),
              option("rolcreaterole", "createrole"),
              option("rolcreatedb", "createdb"),
              option("rolcanlogin", "login"),
              option("rolreplication", "replication"),
              option("rolbypassrls", "bypassrls"),
            ].join(", ")}) as options
       from pg_authid where rolname !~ '^pg_' order by 1`,
  );
  const { rows: memberships } = await client.query<Membership>(
    `select distinct roleid::regrole::text as role, member::regrole::text as member, bool_or(admin_option) as is_admin
       from pg_auth_members where member::regrole::text !~ '^pg_' group by 1, 2 order by 1, 2`,
  );
  const { rows: settings } = await client.query<Setting>(
    `select case when setrole <> 0 then pg_get_userbyid(setrole) end as role, d.datname as database,
            split_part(one, '=', 1) as name, substr(one, strpos(one, '=') + 1) as value
       from pg_db_role_setting s left join pg_database d on d.oid = s.setdatabase, unnest(setconfig) one
      where s.setdatabase = 0 or d.datname = 'cadenza' order by 1, 2, 3`,
  );
  return { roles, memberships, settings };
}

export async function writeRoles(client: pg.Client, { roles, memberships, settings }: Roles) {
  const { rows: there } = await client.query<{ name: string }>("select rolname as name from pg_roles");
  const known = new Set(there.map(({ name }) => name));
  for (const role of roles) {
    const { name, options, most_connections, password, valid_until } = role;
    if (!known.has(name)) await client.query(`create role ${quoted(name)}`);
    if (name === OWNER) continue; // it was made with the password in the data folder
    await client.query(
      `alter role ${quoted(name)} with ${options} connection limit ${most_connections} password ${literal(password)}` +
        (valid_until === null ? "" : ` valid until ${literal(valid_until)}`),
    );
  }
  // The names come from regrole, which quotes them where they need it.
  for (const { role, member, is_admin } of memberships)
    await client.query(`grant ${role} to ${member}${is_admin ? " with admin option" : ""}`);
  for (const { role, database, name, value } of settings) {
    const whose = role === null ? `database ${quoted(database ?? "")}` : `role ${quoted(role)}`;
    const where = role !== null && database !== null ? ` in database ${quoted(database)}` : "";
    await client.query(`alter ${whose}${where} set ${name} = ${settingText(name, value)}`);
  }
}

/** PostgreSQL keeps lists of names already quoted, and would take a quoted list for one name. */
const LISTS = /^(?:search_path|temp_tablespaces|\w+_preload_libraries|unix_socket_directories)$/;

function settingText(name: string, value: string) {
  return LISTS.test(name) && value !== "" ? value : literal(value);
}

const quoted = (name: string) => pg.escapeIdentifier(name);
const literal = (value: string | null) => (value === null ? "null" : pg.escapeLiteral(value));
