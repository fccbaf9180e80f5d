import assert from "node:assert/strict";
import { test } from "node:test";
import { bounceReason } from "./bounces.ts";

const CASES: [status: string | null, said: string, expected: string][] = [
  ["5.1.1", "550 5.1.1 User unknown", "hard 5.1.1"],
  ["5.1.2", "Bad destination system address", "hard 5.1.2"],
  ["5.1.10", "550 5.1.10 RESOLVER.ADR.RecipientNotFound", "hard 5.1.10"],
  ["5.1.7", "Bad sender's mailbox address syntax", "policy 5.1.7"],
  ["5.2.1", "mailbox disabled, not accepting messages", "hard 5.2.1"],
  ["5.2.2", "mailbox full", "soft 5.2.2"],
  ["5.2.3", "message too long", "soft 5.2.3"],
  ["5.4.1", "Recipient address rejected: Access denied", "hard 5.4.1"],
  ["5.4.4", "unable to route", "hard 5.4.4"],
  ["5.4.7", "delivery time expired", "soft 5.4.7"],
  ["5.7.1", "blocked", "policy 5.7.1"],
  ["5.7.1", "550 5.7.1 User unknown", "hard 5.7.1"],
  ["4.2.2", "over quota", "soft 4.2.2"],
  ["4.7.1", "blocked, user unknown perhaps", "soft 4.7.1"],
  ["5.0.0", "550 5.1.1 no such user", "hard 5.1.1"],
  ["5.0.0", "554 rejected as spam", "policy 5.0.0"],
  ["5.0.0", "nothing known", "soft 5.0.0"],
  ["5.1.0", "Address rejected", "hard 5.1.0"],
  ["5.1.0", "sender blocked by policy", "policy 5.1.0"],
  ["5.5.0", "mailbox unavailable", "hard 5.5.0"],
  [null, "550 5.7.26 unauthenticated", "policy 5.7.26"],
  [null, "452 4.2.2 over quota", "soft 4.2.2"],
  [null, "451 try again", "soft null"],
  [null, "550 sorry", "hard null"],
  [null, "554 sorry", "soft null"],
  [null, "", "soft null"],
  [null, "Utilisateur inconnu", "hard null"],
  [null, "Das Postfach ist voll", "soft null"],
  [null, "connect to 10.5.7.1 failed: connection refused", "soft null"],
];

test("a bounce is hard, soft or a refusal of the sender", () => {
  for (const [status, said, expected] of CASES) {
    const reason = bounceReason(status, said);
    assert.equal(`${reason.class} ${reason.code}`, expected, `${status} ${said} by ${reason.rule}`);
  }
});
