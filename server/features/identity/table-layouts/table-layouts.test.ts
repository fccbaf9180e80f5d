import assert from "node:assert/strict";
import { test } from "node:test";
import { TABLE_COLUMNS } from "@cadenza/contract";
import { unchecked } from "../../../testing/unchecked.ts";
import { refused, type Team, tokenIn, useWorld } from "../../../testing/world.ts";

const PASSWORD = "a long sentence is a good password";
let team: Team;
let stranger: Team;
let colleague: Team["api"];
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
  stranger = await opened.newTeam("Stranger");
  const { invitation_url } = await team.api.users.invite({ email: "ines@example.no" });
  await opened
    .client()
    .invitations.accept({ token: tokenIn(invitation_url), name: "Ines Okafor", password: PASSWORD });
  colleague = (await opened.signIn("ines@example.no", PASSWORD)).api;
});

const layouts = async (api: Team["api"]) => (await api.tableLayouts.list({})).table_layouts;

test("a layout is kept as it was sent, replaced as a whole, and reset", async () => {
  const wish = { columns: ["company", "name", "field:64f0aa0000000000000000ff"], pinned: ["company"] };
  const { table_layout } = await team.api.tableLayouts.save({
    table: "contacts",
    ...wish,
    widths: { company: 240 },
  });
  assert.deepEqual(table_layout, { table: "contacts", ...wish, widths: { company: 240 } });
  assert.deepEqual(await layouts(team.api), [table_layout]);
  await team.api.tableLayouts.save({ table: "contacts", widths: { name: 300 } });
  assert.deepEqual(await layouts(team.api), [
    { table: "contacts", columns: null, pinned: [], widths: { name: 300 } },
  ]);
  await team.api.tableLayouts.save({ table: "sequences", columns: [] });
  assert.deepEqual(
    (await layouts(team.api)).map(({ table, columns }) => [table, columns]),
    [
      ["contacts", null],
      ["sequences", []],
    ],
  );
  for (const table of ["contacts", "sequences", "sequences"] as const)
    assert.equal((await team.api.tableLayouts.reset({ table })).table_layout.columns, null);
  assert.deepEqual(await layouts(team.api), []);
});

test("a session brings the layouts of its user, in every browser", async () => {
  await colleague.tableLayouts.save({ table: "companies", columns: ["name", "stage"] });
  const expected = [{ table: "companies", columns: ["name", "stage"], pinned: [], widths: {} }];
  const again = (await world.signIn("ines@example.no", PASSWORD)).api;
  assert.deepEqual((await again.sessions.current()).table_layouts, expected);
  const started = await world.client().sessions.start({ email: "ines@example.no", password: PASSWORD });
  assert.deepEqual(started.table_layouts, expected);
  await colleague.tableLayouts.reset({ table: "companies" });
});

test("neither a colleague nor another team sees or changes a layout", async () => {
  await team.api.tableLayouts.save({ table: "contacts", columns: ["name"] });
  for (const other of [colleague, stranger.api]) {
    assert.deepEqual(await layouts(other), []);
    await other.tableLayouts.reset({ table: "contacts" });
    await other.tableLayouts.save({ table: "contacts", columns: ["title"] });
  }
  assert.deepEqual((await layouts(team.api))[0]?.columns, ["name"]);
  for (const api of [team.api, colleague, stranger.api]) await api.tableLayouts.reset({ table: "contacts" });
});

const MANY = Array.from({ length: 101 }, (_, n) => `field:${n.toString(16).padStart(24, "0")}`);
const BAD: [what: string, wish: Record<string, unknown>, says: RegExp][] = [
  ["a table that is not there", { table: "unicorns" }, /table/],
  ["an unknown column", { columns: ["name", "unicorn"] }, /does not have: \\?"unicorn/],
  ["an unknown pinned column", { pinned: ["unicorn"] }, /pinned/],
  ["a width of an unknown column", { widths: { unicorn: 100 } }, /widths/],
  ["a column of another table", { columns: ["amount"] }, /amount/],
  ["a field that is no id", { columns: ["field:name'--"] }, /field:name/],
  ["a column twice", { columns: ["name", "title", "name"] }, /twice/],
  ["a pinned column twice", { pinned: ["title", "title"] }, /twice/],
  ["no width at all", { widths: { name: 0 } }, /widths/],
  ["a negative width", { widths: { name: -40 } }, /widths/],
  ["a width beyond any screen", { widths: { name: 1_000_000 } }, /widths/],
  ["a width with a fraction", { widths: { name: 100.5 } }, /widths/],
  ["a width that is a word", { widths: { name: "wide" } }, /widths/],
  ["more columns than a table can have", { columns: MANY }, /columns/],
  ["more widths than a table can have", { widths: Object.fromEntries(MANY.map((id) => [id, 100])) }, /100/],
  ["columns that are no list", { columns: { name: true } }, /columns/],
  ["a column of a megabyte", { columns: ["x".repeat(1_000_000)] }, /columns/],
];

for (const [what, wish, says] of BAD) {
  test(`a layout with ${what} is refused, and the one before stays`, async () => {
    await team.api.tableLayouts.save({ table: "contacts", columns: ["name", "title"] });
    const refusal = await refused(team.api.tableLayouts.save(unchecked({ table: "contacts", ...wish })));
    assert.equal(refusal.status, 422, refusal.message);
    assert.match(JSON.stringify(refusal), says);
    assert.deepEqual((await layouts(team.api))[0]?.columns, ["name", "title"]);
  });
}

test("every table keeps all its columns", async () => {
  for (const [table, columns] of Object.entries(TABLE_COLUMNS)) {
    assert.equal(new Set(columns).size, columns.length, table);
    const wish = { table: table as keyof typeof TABLE_COLUMNS, columns: [...columns].reverse() };
    assert.deepEqual((await team.api.tableLayouts.save(wish)).table_layout.columns, wish.columns);
  }
});

test("a table without custom fields refuses one", async () => {
  const { message } = await refused(
    team.api.tableLayouts.save({ table: "workflows", columns: ["field:64f0aa0000000000000000ff"] }),
  );
  assert.match(message, /workflows does not have/);
});
