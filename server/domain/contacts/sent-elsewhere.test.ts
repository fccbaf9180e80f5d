import assert from "node:assert/strict";
import { test } from "node:test";
import { NO_SENT_FOLDER, ofWhichElsewhere, sentFolderSays } from "./sent-elsewhere.ts";

test("how many were sent elsewhere is said where there are any", () => {
  assert.deepEqual([0, 1, 1_200].map(ofWhichElsewhere), [
    "",
    ", of which 1 was sent with another program",
    ", of which 1,200 were sent with another program",
  ]);
});

test("whether what was sent elsewhere is found is said in a sentence, whatever is in the way", () => {
  const at = Temporal.Instant.from("2026-11-20T09:00:00Z");
  const says = (trouble: string | null, lookedAt: Temporal.Instant | null = at) =>
    sentFolderSays({ lookedAt, trouble });
  assert.match(says(null, null), /has not been read yet/);
  assert.match(says(null), /count against its limits/);
  assert.match(says(NO_SENT_FOLDER), /No Sent folder was found/);
  assert.match(says("auth_failed"), /its server rejected the sign-in\./);
  assert.match(says("our_error"), /an unknown error\./);
});
