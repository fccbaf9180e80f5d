// A change of a record that has versions says which version it was made to, so that what another user saved meanwhile is not
// overwritten unseen. A new call without it fails here until it says why a later change may win.

import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { endpoints } from "@cadenza/contract";

const SWITCH = "a switch: what is shown is turned over, and nothing else";
const CHOICE = "a choice of one value";
const UNDO = "undoing brings back what was there";

/** Calls that send no version, by their file, and why. */
const LATER_WINS: Record<string, string> = {
  "pages/automation/copilots/queries.ts copilots.update": SWITCH,
  "pages/automation/workflows/queries.ts workflows.update": SWITCH,
  "pages/contacts/prospects/organization.ts accounts.update": "names the company of the people database",
  "pages/contacts/views/queries.ts views.update": UNDO,
  "pages/mail/mailboxes/queries.ts emailAccounts.update": SWITCH,
  "pages/mail/mails/queries.ts emailerMessages.update":
    "a choice of one value, undoing, or a draft that was begun here",
  "pages/mail/outbox/MoveDialog.tsx emailerMessages.update": CHOICE,
  "pages/mail/templates/queries.ts templates.update": SWITCH,
  "pages/sequences/sequence-settings/ExactDates.tsx sequences.change": SWITCH,
  "pages/sequences/sequence-steps/KeptStep.tsx steps.update": SWITCH,
  "pages/sequences/sequence-steps/SaveDialog.tsx sequences.update": "a dry run",
  "pages/sequences/sequences/BulkVerbs.tsx sequences.change": "many at once get the same value",
  "pages/sequences/sequences/CreateDialog.tsx sequences.change": "it was created a moment ago",
  "pages/settings/personal-data/LawfulBasis.tsx processingRecords.update": CHOICE,
  "pages/settings/team/saving.ts teams.update": UNDO,
  "pages/settings/webhooks/queries.ts webhookSubscriptions.update": SWITCH,
};

/** Changes that say they have no version, by their file. */
const WITHOUT_VERSION: Record<string, string> = {
  "pages/sequences/sequences/ArchiveDialog.tsx": UNDO,
  "pages/sequences/sequences/SequenceVerbs.tsx": SWITCH,
};

const versioned = new Set(endpoints.filter(({ endpoint }) => endpoint.ifMatch).map(({ name }) => name));

/** The text between the parentheses that open at `from`. */
function argumentsAt(text: string, from: number) {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if ("({[".includes(text.charAt(at))) depth++;
    if (")}]".includes(text.charAt(at)) && --depth === 0) return text.slice(from + 1, at);
  }
  return text.slice(from + 1);
}

const sources = globSync("web/{frame,pages,parts,session*}/**/*.{ts,tsx}")
  .filter((path) => !path.endsWith(".test.ts"))
  .map((path) => ({ path: path.replace("web/", ""), text: readFileSync(path, "utf8") }));

function callsWithout() {
  return sources.flatMap(({ path, text }) => {
    return [...text.matchAll(/\bapi\.(\w+\.\w+)\(/g)].flatMap(({ 0: call, 1: name = "", index }) => {
      if (!versioned.has(name)) return [];
      const given = argumentsAt(text, index + call.length - 1);
      return /\bifMatch\b|, given$/.test(given.trim()) ? [] : [`${path} ${name}`];
    });
  });
}

test("each change of a record with versions names the version, or says why a later change may win", () => {
  assert.ok(versioned.size > 20);
  assert.deepEqual([...new Set(callsWithout())].toSorted(), Object.keys(LATER_WINS).toSorted());
});

test("a change that is sent without a version in spite of a version being asked for says why", () => {
  const without = sources.filter(({ text }) => /\bifMatch: undefined\b/.test(text)).map(({ path }) => path);
  assert.deepEqual(without.toSorted(), Object.keys(WITHOUT_VERSION).toSorted());
});
