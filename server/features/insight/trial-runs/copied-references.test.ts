// What a copy refers to is in the copy: its database does not look when it is filled, and a statement would fail on it later.

import assert from "node:assert/strict";
import { test } from "node:test";
import { plantSample } from "../../../sample/plant.ts";
import { asOwner } from "../../../testing/wire.ts";
import { type Team, useWorld } from "../../../testing/world.ts";
import { copyForTrial } from "./copying.ts";

let team: Team;
const world = useWorld({ role: "api" }, async (opened) => {
  team = await opened.newTeam();
  await plantSample(opened.running.app, { teamId: team.id, userId: team.owner.id });
});

type Row = Record<string, unknown>;
type Reference = { name: string; table: string; columns: string[]; to: string; keys: string[] };

test("no row of a copy refers to a row that was not copied", async () => {
  const references = await allReferences();
  const { emailer_campaigns: sequences } = await team.api.sequences.search({ per_page: 100 });
  const nowhere = new Map<string, number>();
  for (const { id } of sequences) {
    const copied = await copyOf(id);
    for (const reference of references)
      for (const row of copied.get(reference.table) ?? [])
        if (!leads(reference, row, copied))
          nowhere.set(reference.name, (nowhere.get(reference.name) ?? 0) + 1);
  }
  assert.ok(references.length > 100 && sequences.length > 10);
  assert.deepEqual([...nowhere], []);
});

async function copyOf(sequenceId: string) {
  const { app } = world.running;
  const copied = new Map<string, Row[]>();
  const wish = { teamId: team.id, sequenceId, contactIds: [], mailboxIds: [], now: app.now() };
  await app.db.inTeam(team.id, (db) =>
    copyForTrial(db, wish, async (table, rows) => {
      copied.set(table, [...(copied.get(table) ?? []), ...(rows as Row[])]);
    }),
  );
  return copied;
}

const keysOf = new WeakMap<readonly Row[], Map<string, Set<string>>>();

function leads({ columns, to, keys }: Reference, row: Row, copied: ReadonlyMap<string, Row[]>) {
  if (columns.some((column) => row[column] === null || row[column] === undefined)) return true;
  const rows = copied.get(to) ?? [];
  const known = keysOf.get(rows) ?? new Map<string, Set<string>>();
  keysOf.set(rows, known);
  const name = keys.join();
  if (!known.has(name))
    known.set(name, new Set(rows.map((one) => JSON.stringify(keys.map((key) => one[key])))));
  return known.get(name)?.has(JSON.stringify(columns.map((column) => row[column])));
}

function allReferences() {
  return asOwner(world, async (client) => {
    const { rows } = await client.query<Reference>(
      `select conname as name, c.conrelid::regclass::text as table, c.confrelid::regclass::text as to,
              array(select attname::text from unnest(c.conkey) with ordinality k (n, at)
                      join pg_attribute on attrelid = c.conrelid and attnum = n order by at) as columns,
              array(select attname::text from unnest(c.confkey) with ordinality k (n, at)
                      join pg_attribute on attrelid = c.confrelid and attnum = n order by at) as keys
         from pg_constraint c where c.contype = 'f' and c.connamespace = 'public'::regnamespace`,
    );
    return rows;
  });
}
