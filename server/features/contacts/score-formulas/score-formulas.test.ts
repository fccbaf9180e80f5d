import assert from "node:assert/strict";
import { test } from "node:test";
import { startEngineProcess } from "../../../testing/engine-process.ts";
import { untilOver } from "../../../testing/members.ts";
import { newContact, newContacts } from "../../../testing/sequenced.ts";
import { unchecked } from "../../../testing/unchecked.ts";
import { asOwner } from "../../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

// Only answers callers: the engines of this file are processes of their own.
const world = useWorld({ role: "api" });

const CEO = { field: "title" as const, operator: "has_any_of" as const, value: ["CEO"], weight: 30 };
const PHONE = { field: "phone", operator: "is_known", weight: 10, name: "Can be called" } as const;

test("a team begins with the first formula, which says what it may look at", async () => {
  const team = await world.newTeam();
  await team.api.customFields.create({ modality: "account", label: "Plants", type: "number" });
  const { score_formula, fields } = await team.api.scoreFormula.show();
  assert.deepEqual(
    [score_formula.is_default, score_formula.out_of, score_formula.signals.length, score_formula.marks],
    [true, 100, 11, [75]],
  );
  assert.equal(fields.length, 30);
  const own = fields.at(-1);
  assert.deepEqual([own?.field, own?.name, own?.operators[0]], ["account_field", "Plants", "at_least"]);
});

test("what is replaced is shown as it counts, and what can be earned makes a hundred", async () => {
  const team = await world.newTeam();
  const { score_formula, job_id } = await team.api.scoreFormula.replace({
    signals: [CEO, PHONE],
    marks: [80, 40],
  });
  assert.deepEqual(
    [score_formula.out_of, score_formula.marks, score_formula.signals.map(({ says }) => says), job_id],
    [40, [40, 80], ["Title has CEO", "Can be called"], null],
  );
  const id = await newContact(team, { title: "CEO" });
  const { contact } = await team.api.contacts.get({ id });
  assert.deepEqual(
    [contact.prospect_score, contact.prospect_score_out_of, contact.prospect_score_parts],
    [75, 40, [{ code: "title", signal: 1, points: 30, says: "Title has CEO", seen: "CEO" }]],
  );
  const back = await team.api.scoreFormula.reset();
  assert.equal(back.score_formula.is_default, true);
  assert.equal((await team.api.contacts.get({ id })).contact.prospect_score, 40);
});

test("a preview writes nothing, and tells how many would stand where and who moves most", async () => {
  const team = await world.newTeam();
  const [buyer] = await newContacts(team, 2);
  const chief = await newContact(team, { title: "CEO" });
  const preview = await team.api.scoreFormula.preview({
    signals: [CEO, PHONE],
    contact_ids: [buyer as string],
  });
  assert.deepEqual(
    [preview.counted, preview.before, preview.after],
    [3, [0, 0, 2, 0, 1, 0, 0, 0, 0, 0], [2, 0, 0, 0, 0, 0, 0, 1, 0, 0]],
  );
  assert.deepEqual(
    preview.contacts.map(({ id, before, after }) => [id, before, after]).sort(),
    [
      [buyer, 25, 0],
      [chief, 40, 75],
      ...preview.contacts.filter(({ id }) => id !== buyer && id !== chief).map(({ id }) => [id, 25, 0]),
    ].sort(),
  );
  assert.equal((await team.api.scoreFormula.show()).score_formula.is_default, true);
  assert.equal((await team.api.contacts.get({ id: chief })).contact.prospect_score, 40);
});

const WRONG: [string, (team: Team, stranger: Team) => Promise<object>, RegExp][] = [
  [
    "an operator that does not fit",
    async () => ({ ...CEO, operator: "at_least" }),
    /^Signal 2 uses the operator at_least with title/,
  ],
  ["no value", async () => ({ ...CEO, value: [] }), /needs at least one value/],
  [
    "another user's list",
    async (_team, stranger) => {
      const { label } = await stranger.api.labels.create({ name: "Theirs", modality: "contacts" });
      return { field: "lists", operator: "has_any_of", value: [label.id], weight: 1 };
    },
    /which does not exist/,
  ],
  [
    "another user's field",
    async (_team, stranger) => {
      const made = await stranger.api.customFields.create({
        modality: "contact",
        label: "X",
        type: "number",
      });
      const custom_field_id = made.typed_custom_fields[0]?.id;
      return { field: "contact_field", custom_field_id, operator: "at_least", value: 1, weight: 1 };
    },
    /does not name a custom field of your team/,
  ],
];
for (const [what, signal, says] of WRONG)
  test(`${what} is refused with its place, and nothing is replaced`, async () => {
    const team = await world.newTeam();
    const wish = { signals: [PHONE, await signal(team, await world.newTeam("Stranger"))] };
    for (const attempt of [team.api.scoreFormula.replace, team.api.scoreFormula.preview]) {
      const refusal = await refused(attempt(unchecked(wish)));
      assert.deepEqual([refusal.status, refusal.code], [422, "score_signal_wrong"]);
      assert.match(refusal.message, says);
    }
    assert.equal((await team.api.scoreFormula.show()).score_formula.is_default, true);
  });

test("more than 25 signals are refused", async () => {
  const team = await world.newTeam();
  const signals = Array.from({ length: 26 }, () => PHONE);
  assert.equal((await refused(team.api.scoreFormula.replace({ signals }))).status, 422);
});

for (const point of ["progress-before-commit", "progress-between-batches"]) {
  test(`everybody is scored anew, killed at ${point} or not`, async (t) => {
    const team = await world.newTeam();
    await asOwner(world, (client) =>
      client.query(
        `insert into contacts (team_id, id, title, source, original_source, created_at, updated_at)
         select $1::ident, new_ident(), case when n % 3 = 0 then 'CEO' else 'Buyer' end, 'api', 'api', now(), now()
           from generate_series(1, 12000) n`,
        [team.id],
      ),
    );
    const killed = startEngineProcess(world, {
      CADENZA_TEST_SEAMS: "1",
      CADENZA_CRASH: `${point}=kill:0.5:1`, // spares the first batch, strikes at the second
    });
    t.after(killed.stop);
    const { job_id } = await team.api.scoreFormula.replace({ signals: [CEO] });
    assert.equal(await killed.ended, "SIGKILL");
    const next = startEngineProcess(world);
    t.after(next.stop);
    const over = await untilOver(team, job_id as string);
    assert.deepEqual(
      [over.status, over.total, over.done, over.counts],
      ["done", 12_000, 12_000, { changed: 4_000, same: 8_000 }],
    );
    const { rows } = await asOwner(world, (client) =>
      client.query(
        "select prospect_score as score, count(*)::int as contacts from contacts where team_id = $1 group by 1 order by 1",
        [team.id],
      ),
    );
    assert.deepEqual(rows, [
      { score: 0, contacts: 8_000 },
      { score: 100, contacts: 4_000 },
    ]);
  });
}
