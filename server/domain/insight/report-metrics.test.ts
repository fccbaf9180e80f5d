import assert from "node:assert/strict";
import { test } from "node:test";
import { countsFor, figureOf, knows, METRICS, reportSourceOf } from "./report-metrics.ts";

test("part and whole of every share come of one source", () => {
  for (const metric of METRICS) assert.equal(countsFor([metric]).size, 1, metric);
  assert.deepEqual(
    [...countsFor(["percent_emails_replied", "num_emails_sent", "num_phone_calls"])].map(
      ([source, counts]) => [source, counts.length],
    ),
    [
      ["mails", 3],
      ["calls", 1],
    ],
  );
});

test("a share is of a hundred, never more, and null where its whole is too small", () => {
  const counted = { num_emails_replied: 1, num_emails_delivered: 3, num_emails_sent: 4 };
  assert.equal(figureOf("percent_emails_replied", counted, 0), 33.3333);
  assert.equal(figureOf("percent_emails_replied_per_sent", counted, 0), 25);
  assert.equal(figureOf("percent_emails_replied", counted, 4), null);
  assert.equal(figureOf("percent_emails_replied", {}, 0), null);
  assert.equal(
    figureOf("percent_emails_replied", { num_emails_replied: 2, num_emails_delivered: 1 }, 0),
    100,
  );
  assert.equal(figureOf("num_emails_sent", {}, 0), 0);
});

test("what a source knows nothing about is said", () => {
  assert.equal(knows(reportSourceOf("num_emails_sent"), "mailbox"), true);
  assert.equal(knows(reportSourceOf("num_phone_calls"), "mailbox"), false);
  assert.equal(knows(reportSourceOf("percent_opportunities_won"), "sequence"), false);
});
