import assert from "node:assert/strict";
import { test } from "node:test";
import { mayUndo, NEW, sayLeftOut, sayShared } from "./words.ts";

const column = (name: string) => ({ name }) as Parameters<typeof sayShared>[1]["columns"][number];
const PREVIEW = {
  columns: ["Booth", "booth", "Hall", "hall"].map(column),
  fields: [
    { field: "title", label: "Hall", is_custom: false },
    { field: "typed_custom_fields.1", label: "HALL", is_custom: true },
  ],
};

test("a field that is to be made goes into the one of its name, and two columns of a name into one", () => {
  const text = `${NEW}string`;
  const mapping = { Booth: text, booth: text, Hall: text, hall: null };
  const said = PREVIEW.columns.map(({ name }) => sayShared(name, PREVIEW, mapping));
  assert.deepEqual(said, [
    null,
    "Uses the same field as the column Booth.",
    "The field HALL already exists and will be used.",
    null,
  ]);
  assert.equal(sayShared("booth", PREVIEW, { ...mapping, Booth: null }), null);
});

test("what could not be used is said by the name of its field", () => {
  assert.equal(
    sayLeftOut("owner_email", "is not an active user of your team"),
    "owner email is not an active user of your team",
  );
  assert.equal(sayLeftOut("64f0aa0000000000000000c1", "Booth must be a number"), "Booth must be a number");
});

test("an import can be undone for a time, by the user who made it or an admin", () => {
  const found = {
    status: "done",
    created: 1,
    updated: 0,
    user_id: "ines",
    undo_until: "2026-05-31T00:00:00Z",
  } as Parameters<typeof mayUndo>[0];
  const [ines, ole, admin] = [
    { id: "ines", role: "member" },
    { id: "ole", role: "member" },
    { id: "ada", role: "admin" },
  ];
  const now = new Date("2026-05-30T00:00:00Z");
  assert.deepEqual(
    [ines, ole, admin].map((asker) => mayUndo(found, asker, now)),
    [true, false, true],
  );
  for (const rest of [{ status: "running" }, { status: "undone" }, { created: 0 }] as const)
    assert.equal(mayUndo({ ...found, ...rest }, ines, now), false);
  assert.equal(mayUndo(found, ines, new Date("2026-06-01T00:00:00Z")), false);
});
