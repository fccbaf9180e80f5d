import assert from "node:assert/strict";
import { test } from "node:test";
import { partOf } from "../../../../server/testing/unchecked.ts";
import type { Managed } from "./queries.ts";

// The client of the page wants a browser's address; nothing is asked through it here.
Object.assign(globalThis, { location: new URL("http://localhost/") });
const { readManaged } = await import("./verbs.ts");

test("who goes along and who is left alone is told in numbers, the most first", () => {
  const answer = partOf<Managed>({
    contacts: [{}, {}, {}, {}, {}],
    skipped_contact_ids: { a: "not_paused", b: "contact_bounced", c: "not_paused" },
  });
  assert.deepEqual(readManaged(answer), {
    going: 2,
    left: [
      { says: "not paused", count: 2 },
      { says: "bounced", count: 1 },
    ],
    isLong: false,
  });
});

test("long work names how many contacts it is about, and does not know yet which are left out", () => {
  const answer = partOf<Managed>({ entity_progress_job: { entity_ids: ["a", "b"] } });
  assert.deepEqual(readManaged(answer), { going: 2, left: [], isLong: true });
});
