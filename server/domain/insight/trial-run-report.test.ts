import assert from "node:assert/strict";
import { test } from "node:test";
import { agreementOf, collisionsAmong, type TrialEmail } from "./trial-run-report.ts";

const at = (text: string) => Temporal.Instant.from(text);
const email = (contactId: string, sentAt: string, more: Partial<TrialEmail> = {}): TrialEmail => ({
  contactId,
  companyKey: null,
  sequenceId: "tried",
  mailboxId: "box",
  sentAt: at(sentAt),
  ...more,
});

test("a contact whom another sequence mails within a day is found, and one whom it mails a day later is not", () => {
  const found = collisionsAmong(
    [
      email("a", "2027-01-04T09:00:00Z"),
      email("a", "2027-01-05T08:59:00Z", { sequenceId: "other" }),
      email("b", "2027-01-04T09:00:00Z"),
      email("b", "2027-01-05T09:00:00Z", { sequenceId: "other" }),
      email("c", "2027-01-04T09:00:00Z", { sequenceId: "other" }),
    ],
    "tried",
    "UTC",
  );
  assert.deepEqual(
    [...found].map(([id, kinds]) => [id, ...kinds]),
    [["a", "sequence"]],
  );
});

test("colleagues are those of one company on one day of the team, and one contact is no colleague of theirs", () => {
  const acme = { companyKey: "acme.example" };
  const found = collisionsAmong(
    [
      email("a", "2027-01-04T22:30:00Z", acme),
      email("b", "2027-01-05T09:00:00Z", acme),
      email("c", "2027-01-06T09:00:00Z", acme),
      email("c", "2027-01-06T15:00:00Z", acme),
      email("d", "2027-01-04T22:30:00Z", { ...acme, sequenceId: "other" }),
    ],
    "tried",
    "Europe/Berlin",
  );
  assert.deepEqual([...found.keys()], [], "in Berlin the first is on the 4th, the second on the 5th");
  const inOslo = collisionsAmong(
    [email("a", "2027-01-04T23:30:00Z", acme), email("b", "2027-01-05T09:00:00Z", acme)],
    "tried",
    "Europe/Oslo",
  );
  assert.deepEqual([...inOslo.keys()], ["a", "b"]);
});

test("a forecast agrees where each mailbox sends as many on each day", () => {
  const hour = (mailboxId: string, text: string, sends: number) => ({
    mailboxId,
    hourMs: at(text).epochMilliseconds,
    sends,
  });
  const foreseen = [hour("a", "2027-01-04T09:00:00Z", 3), hour("b", "2027-01-04T09:00:00Z", 2)];
  const told = agreementOf(
    [hour("a", "2027-01-04T10:00:00Z", 3), hour("b", "2027-01-05T09:00:00Z", 2)],
    foreseen,
    "UTC",
  );
  assert.deepEqual(told, {
    sent: 5,
    foreseen: 5,
    elsewhere: 2,
    days: [
      { day: "2027-01-04", sent: 3, foreseen: 5 },
      { day: "2027-01-05", sent: 2, foreseen: 0 },
    ],
    mailboxes: [
      { mailboxId: "a", sent: 3, foreseen: 3 },
      { mailboxId: "b", sent: 2, foreseen: 2 },
    ],
  });
  assert.equal(agreementOf(foreseen, foreseen, "UTC").elsewhere, 0);
});
