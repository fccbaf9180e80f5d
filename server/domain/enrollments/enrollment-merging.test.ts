import assert from "node:assert/strict";
import { test } from "node:test";
import { enrollmentsKept, type MergedEnrollment } from "./enrollment-merging.ts";

const AT = Temporal.Instant.from("2026-03-02T08:00Z");

const row = (id: string, rest: Partial<MergedEnrollment> = {}): MergedEnrollment => ({
  id,
  sequenceId: "s",
  isWinners: false,
  state: "active",
  numDone: 0,
  addedAt: AT,
  ...rest,
});

test("of two enrollments in one sequence an ended one stays, else the furthest, else the winner's own", () => {
  const cases: [string, Partial<MergedEnrollment>, Partial<MergedEnrollment>, "winner" | "loser"][] = [
    ["alike", {}, {}, "winner"],
    ["the loser is further", {}, { numDone: 2 }, "loser"],
    ["the winner is further", { numDone: 1 }, {}, "winner"],
    ["the loser has replied", { numDone: 3 }, { state: "finished", numDone: 1 }, "loser"],
    ["the winner was stopped", { state: "finished" }, { numDone: 3 }, "winner"],
    ["both have ended", { state: "finished", numDone: 1 }, { state: "finished", numDone: 2 }, "loser"],
    ["the winner failed where the loser was never mailed", { state: "failed", numDone: 1 }, {}, "winner"],
  ];
  for (const [name, winner, loser, expected] of cases) {
    const rows = [row("loser", loser), row("winner", { ...winner, isWinners: true })];
    const { kept, pairs } = enrollmentsKept(rows);
    const goneId = expected === "winner" ? "loser" : "winner";
    assert.deepEqual([kept, pairs], [[expected], [{ goneId, keptId: expected }]], name);
  }
});

test("among losers a live one stays, and of several the one that was added first", () => {
  const later = AT.add({ hours: 1 });
  const rows = [row("a", { state: "failed" }), row("b", { addedAt: later }), row("c")];
  assert.deepEqual(enrollmentsKept(rows).kept, ["c"]);
  assert.deepEqual(enrollmentsKept([row("a"), row("b", { sequenceId: "other" })]).kept, ["a", "b"]);
});
