import assert from "node:assert/strict";
import { test } from "node:test";

// The client of the page wants a browser's address; nothing is asked through it here.
Object.assign(globalThis, { location: new URL("http://localhost/") });
const { readManaged } = await import("./verbs.ts");

test("who goes along and who is left alone is told in numbers, the most first", () => {
  const answer = {
    contacts: [{}, {}, {}, {}, {}],
    skipped_contact_ids: { a: "not_paused", b: "contact_bounced", c: "not_paused" },
  } as never;
  assert.deepEqual(readManaged(answer), {
    going: 2,
    left: [
      { says: "not paused", count: 2 },
      { says: "bounced", count: 1 },
    ],
    isLong: false,
  });
});

test("long work names how many it is about, and nobody yet who is left alone", () => {
  const answer = { entity_progress_job: { entity_ids: ["a", "b"] } } as never;
  assert.deepEqual(readManaged(answer), { going: 2, left: [], isLong: true });
});
