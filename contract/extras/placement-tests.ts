// Where emails of a mailbox arrive: one to each seed mailbox of the team, looked for in all of its folders.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

const verdict = z.string().nullable();

const result = z.strictObject({
  seed_id: fields.id,
  email: z.string(),
  provider: z.enum(["google", "microsoft", "yahoo", "apple", "gmx", "other"]),
  delivery: z.enum(["waiting", "sending", "sent", "unconfirmed", "failed"]),
  waits_for: z.string().nullable().describe("`limit`, `mailbox`, `sending_paused` or `server`"),
  next_at: fields.stamp.nullable(),
  place: z
    .enum(["inbox", "tab", "spam", "folder", "missing", "unread", "unsent"])
    .nullable()
    .describe("null: not found yet. `missing`: not found within an hour; `unread`: the seed cannot be read"),
  folder: z.string().nullable(),
  seconds: z.int().nullable().describe("From sending to arrival"),
  trouble: z
    .string()
    .nullable()
    .describe("`auth_failed`, `closed`, a failure of the connection; `suppressed`: on the Do not email list"),
  server_said: z.string().nullable(),
  spf: verdict,
  dkim: verdict,
  dmarc: verdict,
});

const count = z.int();

export const placementTest = z.strictObject({
  id: fields.id,
  email_account_id: fields.id,
  email: z.string(),
  emailer_touch_id: fields.id.nullable(),
  subject: z.string(),
  started_at: fields.stamp,
  finished_at: fields.stamp.nullable(),
  counts: z.strictObject({
    inbox: count,
    tab: count,
    spam: count,
    folder: count,
    missing: count,
    unread: count,
    unsent: count,
    open: count,
  }),
  inbox_percent: z.int().nullable().describe("Of the emails whose place is known"),
  advice: z.array(
    z.strictObject({
      code: z.enum(["auth", "spam", "spam_everywhere", "tab", "missing", "unread", "good"]),
      providers: z.array(z.string()),
      checks: z.array(z.string()),
    }),
  ),
  results: z.array(result),
});

export const placementTests = {
  list: endpoint({
    method: "GET",
    path: "/placement_tests",
    scope: "placement_tests/index",
    access: "scoped",
    effect: "read",
    summary: "List the newest 50 placement tests",
    input: z.object({ email_account_id: fields.id.optional() }),
    output: z.strictObject({ placement_tests: z.array(placementTest) }),
  }),

  show: endpoint({
    method: "GET",
    path: "/placement_tests/{id}",
    scope: "placement_tests/show",
    access: "scoped",
    effect: "read",
    summary: "Show a placement test",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ placement_test: placementTest }),
  }),

  start: endpoint({
    method: "POST",
    path: "/placement_tests",
    scope: "placement_tests/create",
    access: "scoped",
    effect: "write",
    summary: "Test in which folders emails arrive",
    description:
      "Sends one email to each seed mailbox and looks for it in all folders for an hour. The emails count toward the limits of the mailbox.",
    input: z.object({
      email_account_id: fields.id.optional().describe("Not needed with `like_id`"),
      emailer_touch_id: fields.id.optional().describe("Instead of a text: the email of a step"),
      subject: fields.text(500).optional(),
      body_html: fields.html(100_000).optional(),
      like_id: fields.id.optional().describe("Repeats this test"),
      seed_ids: z.array(fields.id).min(1).max(20).optional().describe("Default: all seed mailboxes"),
    }),
    output: z.strictObject({ placement_test: placementTest }),
  }),
};
