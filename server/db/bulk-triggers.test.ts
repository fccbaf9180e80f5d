// Triggers that see the rows of a whole statement stay linear, however many rows there are.

import assert from "node:assert/strict";
import { test } from "node:test";
import { asOwner } from "../testing/wire.ts";
import { useWorld } from "../testing/world.ts";

const world = useWorld({ role: "api" });

type Trigger = { name: string; source: string; tables: string[] };

async function triggersOfStatements() {
  return asOwner(world, async (client) => {
    const { rows } = await client.query<Trigger>(
      `select t.tgrelid::regclass || '.' || t.tgname as name, p.prosrc as source,
              array_remove(array[t.tgoldtable, t.tgnewtable]::text[], null) as tables
         from pg_trigger t join pg_proc p on p.oid = t.tgfoid
        where not t.tgisinternal and (t.tgoldtable is not null or t.tgnewtable is not null)
        order by 1`,
    );
    return rows;
  });
}

/** What is wrong with how a function reads its rows, or null. The planner takes them for one row, and loops over whatever it joins with them. */
function faultIn({ source, tables }: Omit<Trigger, "name">) {
  const text = source
    .replaceAll(/--[^\n]*/g, " ")
    .replaceAll(/\s+/g, " ")
    .toLowerCase();
  let rest = text;
  if (tables.length === 2) {
    const [one, other] = tables;
    // By hash or by merge only; inside a materialized part no condition turns it into another kind of join.
    const full = `as materialized \\( select (?:(?!\\bfrom (?:${one}|${other})\\b).)*?from (?:${one} \\w+ full join ${other}|${other} \\w+ full join ${one}) \\w+ on \\w+\\.team_id = \\w+\\.team_id and \\w+\\.id = \\w+\\.id \\)`;
    rest = rest.replaceAll(new RegExp(full, "g"), " ");
  }
  const named = `\\b(?:${tables.join("|")})\\b`;
  // Read by itself: nothing else stands in the same from.
  rest = rest.replaceAll(
    new RegExp(`\\bfrom ${named}(?= (?:limit|group by|where|having)\\b|[;)']|$)`, "g"),
    " ",
  );
  return new RegExp(named).test(rest) ? `joins ${tables.join(" and ")} in a way that may be a loop` : null;
}

test("a trigger for statements joins its rows with each other by a full join, and with nothing else", async () => {
  const triggers = await triggersOfStatements();
  assert.ok(triggers.length >= 17, `${triggers.length} triggers`);
  const faults = triggers.flatMap(({ name, ...how }) => {
    const fault = faultIn(how);
    return fault ? [`${name} ${fault}`] : [];
  });
  assert.deepEqual(faults, []);
});

test("what follows from a change of many rows joins them once for each table", async () => {
  const joining = (await triggersOfStatements()).filter(({ tables }) => tables.length === 2);
  const byTable = Map.groupBy(joining, ({ name }) => name.split(".")[0] ?? "");
  const several = [...byTable].filter(([, of]) => of.length > 1).map(([table]) => table);
  assert.ok(byTable.has("enrollments") && byTable.has("contacts"));
  assert.deepEqual(several, []);
});

test("a join that may be a loop is found", () => {
  const tables = ["rows_before", "rows_after"];
  for (const source of [
    "insert into x select n.id from rows_before o join rows_after n on n.team_id = o.team_id and n.id = o.id;",
    "insert into x select n.id from rows_before o full join rows_after n on n.team_id = o.team_id and n.id = o.id where o.state = 'a';",
    "with c as materialized ( select n.id from rows_before o full join rows_after n on n.team_id = o.team_id and n.id = o.id where o.state = 'a' ) select 1 from c;",
    "delete from p using rows_before o where p.id = o.id;",
    "select count(*) from rows_after, messages m;",
    "select count(*) from rows_after n left join messages m on m.id = n.id;",
  ])
    assert.notEqual(faultIn({ source, tables }), null, source);
  for (const source of [
    "with c as materialized ( select n.id, o.state from rows_before o full join rows_after n on n.team_id = o.team_id and n.id = o.id ) select 1 from c where state = 'a';",
    "select array_agg(id::text) into ids from rows_before;",
    "if exists (select from rows_after group by team_id having sum(amount) <> 0) then",
  ])
    assert.equal(faultIn({ source, tables }), null, source);
});
