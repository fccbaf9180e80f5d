// What reports without ids, in other languages and with contradicting codes must come to.

import assert from "node:assert/strict";
import { test } from "node:test";
import { isProven, type ReadReport, readReport, reportsApart } from "./reports-apart.ts";

const SETS = ["set-apart-reports.txt", "set-apart-reports-2.txt"];
const all = await Promise.all(SETS.flatMap(reportsApart).map(readReport));
const told = (some: readonly ReadReport[]) =>
  some
    .map(
      ({ language, is, by, text, as, verdict }) =>
        `${language} ${is} ${by}: ${text}\n    ${as} ${verdict.action}`,
    )
    .join("\n");

test("an address that nobody has is known in every language, by an id or by the address alone", (t) => {
  const some = all.filter(({ is }) => is === "hard");
  const missed = some.filter(({ as }) => as !== "hard");
  t.diagnostic(`as hard ${some.length - missed.length} of ${some.length}\n${told(missed)}`);
  assert.ok(missed.length <= some.length * 0.03, told(missed));
  const lost = some.filter(({ as, verdict }) => as !== "hard" && verdict.action !== "ask");
  assert.ok(lost.length <= 1, told(lost));
});

test("a report without an id of ours, which anybody can write, is never acted upon", () => {
  const some = all.filter((one) => !isProven(one) && one.is !== "none");
  assert.ok(some.length > 50);
  const acted = some.filter(({ verdict }) => verdict.kind !== "bounce" || verdict.action === "act");
  assert.deepEqual(acted, [], told(acted));
});

test("a full mailbox and a refused sender are not taken for an address that nobody has, in any language", () => {
  const wrong = all.filter(({ is, as }) => ["soft", "policy"].includes(is) && as === "hard");
  assert.deepEqual(wrong, [], told(wrong));
});

test("a letter of an administrator and a report about a stranger are no bounce of ours", () => {
  const wrong = all.filter(({ is, verdict }) => is === "none" && verdict.kind === "bounce");
  assert.deepEqual(wrong, [], told(wrong));
});
