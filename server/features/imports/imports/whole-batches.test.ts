// A batch of a file is written as a whole, of every kind: as many statements for hundreds of rows as for two. And a row that the
// database refuses is skipped by itself.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Act } from "../../../app.ts";
import { actFor } from "../../../engine/running/act-for.ts";
import { newId } from "../../../kernel/ids.ts";
import { bringIn } from "../../../testing/imported.ts";
import { listening } from "../../../testing/statements.ts";
import { unchecked } from "../../../testing/unchecked.ts";
import { asOwner } from "../../../testing/wire.ts";
import { type Team, useWorld } from "../../../testing/world.ts";
import type { ImportRowOutcome } from "../../prospecting/import-rows/rows-store.ts";
import type { ImportRow, KindName } from "../../prospecting/import-rows/store.ts";
import { KINDS, type ParsedRow } from "./kinds.ts";
import { READS } from "./understanding.ts";

const world = useWorld();

const CELLS: Record<KindName, (n: number) => Record<string, string>> = {
  contacts: (n) => ({ email: `p${n}@x${n}.example`, organization_name: `Company ${n}` }),
  accounts: (n) => ({ name: `Company ${n}`, domain: `company${n}.example` }),
  opportunities: (n) => ({
    name: `Deal ${n}`,
    salesforce_id: `sf-${n}`,
    organization_name: `Company ${n}`,
    amount: String(n),
    contact_emails: `p${n}@x${n}.example`,
  }),
  people: (n) => ({ name: `Person ${n}`, external_id: `p${n}`, organization_name: `Company ${n}` }),
  organizations: (n) => ({ name: `Company ${n}`, domain: `company${n}.example` }),
};
const CHANGED: Record<KindName, Record<string, string>> = {
  contacts: { title: "Buyer" },
  accounts: { industry: "Energy" },
  opportunities: { next_step: "Call" },
  people: { title: "Buyer" },
  organizations: { industry: "Energy" },
};

function rowsOf(kind: KindName, from: number, count: number, more: Record<string, string> = {}) {
  return Array.from({ length: count }, (_, at): ParsedRow<never> => {
    const read = READS[kind](new Map(Object.entries({ ...CELLS[kind](from + at), ...more })));
    assert.equal(read.code, null, JSON.stringify(read));
    return { row: at + 2, said: unchecked(read.row) };
  });
}

/** How many statements making, changing and taking back so many records takes. */
async function costOf(team: Team, kind: KindName, from: number, count: number) {
  const owned = { teamId: team.id, userId: team.owner.id, cause: "test", what: "import" };
  const costs: Record<string, number> = {};
  const counting = (what: string, work: (act: Act) => Promise<unknown>) =>
    actFor(world.running.app, owned, async (act) => {
      const asked: string[] = [];
      const answer = await work({ ...act, db: listening(act.db, asked) });
      costs[what] = asked.length;
      return answer as ImportRowOutcome[];
    });
  const text = "Name,Email\nEarlier,e@x.example\n";
  const { import: found } = await team.api.imports.create({ kind, text });
  const options: ImportRow["options"] = {
    overwrite: "replace",
    ownerId: null,
    stageId: null,
    labelNames: [],
    source: "file",
    createsAccounts: false,
    joining: null,
  };
  const work = { id: found.id, options };
  const definition = KINDS[kind];
  const made = await counting("make", (act) => definition.take(act, work, rowsOf(kind, from, count)));
  assert.deepEqual(new Set(made?.map(({ verdict }) => verdict)), new Set(["created"]), kind);
  const changed = await counting("change", (act) =>
    definition.take(act, work, rowsOf(kind, from, count, CHANGED[kind])),
  );
  assert.deepEqual(new Set(changed?.map(({ verdict }) => verdict)), new Set(["updated"]), kind);
  for (const [what, outcomes] of Object.entries({ "undo change": changed, "undo make": made }))
    await counting(what, (act) =>
      definition.undo(
        act,
        work,
        (outcomes ?? []).map((one) => ({
          recordId: one.recordId ?? newId(),
          rows: [{ ...one, touchedAt: act.now }],
        })),
      ),
    );
  return costs;
}

for (const kind of Object.keys(CELLS) as KindName[])
  test(`a batch of ${kind} asks as much of the database for two hundred rows as for two`, async () => {
    const team = await world.newTeam();
    await costOf(team, kind, 9_000, 2); // what is done once only is done
    assert.deepEqual(await costOf(team, kind, 1_000, 200), await costOf(team, kind, 0, 2));
  });

/** The database refuses rows of this table of which this is so, for a reason that no rule of ours knows. */
async function refuseIn(table: string, refused: string) {
  const name = `refused_in_${table}`;
  await asOwner(world, (client) =>
    client.query(`create function ${name}() returns trigger language plpgsql as $$ begin raise exception 'refused'; end $$;
      create trigger ${name} before insert on ${table} for each row when (${refused}) execute function ${name}();`),
  );
  return () => asOwner(world, (client) => client.query(`drop trigger ${name} on ${table}`));
}

test("a row that cannot be saved is skipped by itself, tried out and done, and all the others are saved", async (t) => {
  const team = await world.newTeam();
  t.after(await refuseIn("deals", "new.name like 'Refused %'"));
  t.after(await refuseIn("contacts", "new.first_name = 'Refused'"));
  const names = Array.from({ length: 50 }, (_, n) => (n % 20 === 7 ? `Refused ${n}` : `Deal ${n}`));
  names.splice(30, 0, "Deal 3"); // of a name that an earlier row has made: a deal of its own
  const text = `Name,Amount\n${names.map((name, n) => `${name},${n}`).join("\n")}\n,5\n`;
  const tried = await team.api.imports.create({ kind: "opportunities", text }, { dryRun: true });
  assert.equal(tried.import.created, 48);
  const { found, rows, job } = await bringIn(team, text, { kind: "opportunities" });
  assert.deepEqual(
    [found.status, found.created, found.skipped, job.done, job.total],
    ["done", 48, 4, 52, 52],
  );
  assert.deepEqual(
    rows.filter(({ verdict }) => verdict === "skipped").map(({ row, code }) => [row, code]),
    [
      [9, "row_not_saved"],
      [29, "row_not_saved"],
      [50, "row_not_saved"],
      [53, "deal_unnamed"],
    ],
  );
  assert.equal(
    rows.find(({ row }) => row === 9)?.sentence,
    "The row could not be saved. The other rows were.",
  );
  assert.equal((await team.api.opportunities.search({})).pagination.total_entries, 48);
  const people = await bringIn(team, "First Name,Email\nA,a@x.example\nRefused,b@x.example\nC,c@x.example\n");
  assert.deepEqual(
    people.rows.map(({ verdict }) => verdict),
    ["created", "skipped", "created"],
  );
});
