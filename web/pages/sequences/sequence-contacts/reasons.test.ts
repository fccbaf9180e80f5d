import assert from "node:assert/strict";
import { test } from "node:test";
import { NOT_SENT, REASONS } from "../../../../server/domain/enrollments/enrollment.ts";
import { sayReason } from "./reasons.ts";

test("every reason that the server gives has words of the screen", () => {
  const given = [...Object.values(REASONS), ...NOT_SENT, "bounced", "spam_blocked", "user_deleted", "undone"];
  const quoted = given.filter((reason) => sayReason(reason).startsWith("“"));
  assert.deepEqual(quoted, []);
});

test("a reason that a user wrote is quoted as it is", () => {
  assert.equal(sayReason("On leave until May_2027"), "“On leave until May_2027”");
});
