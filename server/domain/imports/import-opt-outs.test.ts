import assert from "node:assert/strict";
import { test } from "node:test";
import { optOutNamed, optOutWatch, readOptOut, saysOptOut } from "./import-opt-outs.ts";

const names: [name: string, field: "do_not_contact" | "email_unsubscribed" | null][] = [
  ["Unsubscribed from all email", "email_unsubscribed"],
  ["Opted out of email: Marketing Information", "email_unsubscribed"],
  ["Email Opt Out", "email_unsubscribed"],
  ["HasOptedOutOfEmail", "email_unsubscribed"],
  ["Emails Opted Out At", "email_unsubscribed"],
  ["emailOptOut", "email_unsubscribed"],
  ["email_optout", "email_unsubscribed"],
  ["UNSUB_TIME", "email_unsubscribed"],
  ["Portal Unsubscribe", "email_unsubscribed"],
  ["Newsletter abgemeldet am", "email_unsubscribed"],
  ["Do Not Email", "email_unsubscribed"],
  ["Do Not Contact", "do_not_contact"],
  ["DoNotCall", "do_not_contact"],
  ["Don't contact", "do_not_contact"],
  ["DNC", "do_not_contact"],
  ["Contact Restrictions", "do_not_contact"],
  ["Blocklisted", "do_not_contact"],
  ["CLEAN_TIME", "do_not_contact"],
  ["Exclude from mailings", "email_unsubscribed"],
  ["Stop emailing", "email_unsubscribed"],
  ["Unsubscribe link", null],
  ["HasOptedOutOfFax", null],
  ["Description", null],
  ["Adopt Outreach", null],
  ["Subscribed", null],
  ["OPTIN_TIME", null],
  ["Contact owner", null],
];
for (const [name, field] of names)
  test(`a column named "${name}" ${field ? `goes to ${field}` : "is no opt-out by its name"}`, () =>
    assert.equal(optOutNamed(name), field));

const cells: [name: string, cell: string, says: "yes" | "no" | "unclear"][] = [
  ...["TRUE", "Yes", "1", "x", "Opted Out", "unsubscribed", "2024-02-11 08:15:00", "11.02.2024", "✓"].map(
    (cell) => ["Opted Out", cell, "yes"] as [string, string, "yes"],
  ),
  ...["false", "No", "0", "", "-", "Opted In", "Subscribed", "n/a", "0000-00-00", "0000-00-00 00:00:00"].map(
    (cell) => ["Opted Out", cell, "no"] as [string, string, "no"],
  ),
  ["UNSUB_REASON", "No longer interested", "unclear"],
  ["Subscribed", "no", "yes"],
  ["Subscribed", "yes", "no"],
  ["Subscribed", "", "no"],
  ["Email Opt-In", "FALSE", "yes"],
  ["Email Opt-In", "opted out", "yes"],
  ["GDPR Consent", "no", "yes"],
  ["GDPR Consent", "Withdrawn", "yes"],
  ["Ok to email", "FALSE", "yes"],
  ["Ok to email", "TRUE", "no"],
  ["Contactable", "N", "yes"],
  ["Email Permission", "Denied", "yes"],
];
for (const [name, cell, says] of cells)
  test(`"${cell}" under "${name}" says ${says}`, () => assert.equal(readOptOut(name, cell), says));

test("a cell alone marks a contact as opted out only where it says nothing else", () => {
  assert.deepEqual(
    ["Unsubscribed", "do-not-contact", "Opted out of the pension plan", "Not interested", "Unsworth"].map(
      saysOptOut,
    ),
    [true, true, false, false, false],
  );
});

test("a no under a name of consent reads like an opt-out, and a yes does not", () => {
  const watch = optOutWatch("Accepts Email Marketing");
  assert.deepEqual(["yes", "", "no"].map(watch), [false, false, true]);
  assert.equal(optOutWatch("Manager")("no"), false);
  const permission = optOutWatch("Email permission");
  assert.deepEqual(["Granted", "Denied"].map(permission), [false, true]);
});

const STATUSES: [name: string, cell: string, says: "yes" | "no"][] = [
  ["status", "COMPLETED", "no"],
  ["status", "UNSUBSCRIBED", "yes"],
  ["Lead Status", "Blocked", "yes"],
  ["category", "Do Not Contact", "yes"],
  ["lastState", "emailsUnsubscribed", "yes"],
  ["lastState", "emailsSent", "no"],
  ["Status", "Opted out by phone", "yes"],
  ["State", "Texas", "no"],
  ["unsubscribed_client_id_map", "{}", "no"],
];
for (const [name, cell, says] of STATUSES)
  test(`"${cell}" under "${name}" says ${says}`, () => assert.equal(readOptOut(name, cell), says));
