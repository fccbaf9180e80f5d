// Whatever is written from now on: noted by triggers in the same transaction, so that looking costs the same however much
// there is. Counters of calls, and when a key was last used, change by being asked and are left out.

import pg from "pg";
import type { World } from "./world.ts";

export type Watch = {
  /** What was written since one last looked, as `<table> insert`. */
  written(): Promise<string[]>;
  close(): Promise<void>;
};

/** Of one team, or of all that is in the database. */
export async function watchWrites(world: Pick<World, "ownerConnection">, teamId?: string): Promise<Watch> {
  const client = new pg.Client(world.ownerConnection);
  client.on("error", () => {}); // the server may be stopped before its callers
  await client.connect();
  await client.query(SET_UP);
  const { rows } = await client.query<Table>(TABLES);
  const tables = teamId === undefined ? rows : rows.filter(({ hasTeams }) => hasTeams);
  await client.query(tables.map(({ name }) => triggersOn(name, teamId)).join(";"));
  return {
    async written() {
      const seen = await client.query<{ said: string }>(TAKE);
      return seen.rows.map(({ said }) => said);
    },
    close: () => client.end(),
  };
}

const SET_UP = `
create schema watching;
create table watching.written (number bigint generated always as identity, said text not null);
create function watching.note() returns trigger language plpgsql security definer as $$
begin
  insert into watching.written (said) values (tg_table_name || ' ' || lower(tg_op));
  return null;
end $$`;

const TAKE = `
with seen as (delete from watching.written returning number, said)
select said from seen order by number`;

const TABLES = `
select format('%I.%I', n.nspname, c.relname) as name, a.attname is not null as "hasTeams"
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  left join pg_attribute a on a.attrelid = c.oid and a.attname = 'team_id' and not a.attisdropped
 where c.relkind in ('r', 'p') and not c.relispartition and c.relname <> 'api_usage'
   and (n.nspname = 'public' or (n.nspname, c.relname) = ('pgboss', 'job'))`;

type Table = { name: string; hasTeams: boolean };

function triggersOn(table: string, teamId: string | undefined) {
  const told = (row: string) => `to_jsonb(${row}) - 'last_used_at' - 'heartbeat_on'`;
  const isOf = (row: string) =>
    teamId === undefined ? "true" : `${row}.team_id = ${pg.escapeLiteral(teamId)}`;
  const whens = {
    insert: isOf("new"),
    update: `${isOf("new")} and ${told("new")} <> ${told("old")}`,
    delete: isOf("old"),
  };
  return Object.entries(whens)
    .map(
      ([act, when]) =>
        `create trigger watching_${act} after ${act} on ${table} for each row when (${when}) execute function watching.note()`,
    )
    .join(";");
}
