// Sequences, who is in them, and what they are made of.

import { enrollmentSentence } from "../../imports/import-words.ts";
import type { Sentences } from "./sentence.ts";

function loosened({ loosened_touch_ids: ids, reviewed_touch_ids: reviewed }: Record<string, unknown>) {
  if (!Array.isArray(ids) || ids.length === 0) return "";
  const waiting = Array.isArray(reviewed) ? reviewed.length : 0;
  const go = ids.length === 1 ? "1 email is no longer paired" : `${ids.length} emails are no longer paired`;
  const wait = ids.length === 1 ? "needs" : `${waiting} ${waiting === 1 ? "needs" : "need"}`;
  return `: ${go} with an earlier email${waiting > 0 ? `, and ${wait} a review` : ""}`;
}

export const sequences = {
  "sequence.created": (who, data) => `${who} created the sequence ${data.name}`,
  "sequence.changed": (who, data) =>
    data.earlier_version_id
      ? `${who} changed the sequence ${data.name}; contacts already in it keep the earlier version`
      : `${who} changed the sequence ${data.name}${loosened(data)}`,
  "sequence.approved": (who, data) => `${who} activated the sequence ${data.name}`,
  "sequence.aborted": (who, data) => `${who} deactivated the sequence ${data.name}`,
  "sequence.archived": (who, data) => `${who} archived the sequence ${data.name}`,
  "sequence.test_sent": (who, data) => `${who} sent a test email of a sequence to ${data.to}`,
  "ab_test.started": (who, data) => `${who} started an A/B test of step ${data.position} of ${data.name}`,
  "ab_test.ended": (who, data) => {
    const of = `the A/B test of step ${data.position} of ${data.name}`;
    if (data.outcome === "stopped") return `${who} stopped ${of}`;
    if (data.outcome === "won")
      return `Variant ${data.winner} won ${of}; the other variants are set to review`;
    return `${capital(of)} ended without a winner: ${AB_ENDINGS[String(data.outcome)]}`;
  },
  "sequence.starred": (who, data) => `${who} starred the sequence ${data.name}`,
  "sequence.unstarred": (who, data) => `${who} unstarred the sequence ${data.name}`,
  "template.created": (who, data) => `${who} created the template ${data.name}`,
  "template.changed": (who, data) => `${who} changed the template ${data.name}`,
  "template.archived": (who, data) => `${who} archived the template ${data.name}`,
  "template.starred": (who, data) => `${who} starred the template ${data.name}`,
  "template.unstarred": (who, data) => `${who} unstarred the template ${data.name}`,
  "schedule.created": (who, data) => `${who} created the schedule ${data.name}`,
  "schedule.changed": (who, data) => `${who} changed the schedule ${data.name}`,
  "schedule.deleted": (who, data) => `${who} deleted the schedule ${data.name}`,
  "ruleset.created": (who, data) => `${who} created the ruleset ${data.name}`,
  "ruleset.changed": (who, data) => `${who} changed the ruleset ${data.name}`,
  "ruleset.deleted": (who, data) => `${who} deleted the ruleset ${data.name}`,
  "folder.created": (who, data) => `${who} created the folder ${data.name}`,
  "folder.changed": (who, data) => `${who} changed the folder ${data.name}`,
  "folder.deleted": (who, data) => `${who} deleted the folder ${data.name}`,
  "enrollment.added": (who) => `${who} added a contact to a sequence`,
  "enrollment.skipped": (who, data) =>
    `${who} could not add a contact to a sequence: ${whyLeftOut(data.code)}`,
  "enrollment.paused": (who, data) => `${who} paused a contact in a sequence: ${data.reason}`,
  "enrollment.resumed": (who) => `${who} resumed a contact in a sequence`,
  "enrollment.finished": (who, data) => `${who} marked a contact as finished in a sequence: ${data.reason}`,
  "enrollment.failed": (who, data) => `${who} marked a contact as failed in a sequence: ${data.reason}`,
  "enrollment.removed": (who) => `${who} removed a contact from a sequence`,
  "enrollment.moved": (who) => `${who} moved a contact to another step or mailbox`,
  "enrollment.branched": (_who, data) =>
    `A contact in a sequence took the ${data.path} path of step ${data.step_position}`,
  "change.undone": (who, data) => `${who} undid a change to ${data.undone} contacts in sequences`,
} satisfies Sentences;

const AB_ENDINGS: Record<string, string> = {
  even: "all variants do equally well",
  undecided: "no variant was surely better by its end",
  changed: "fewer than two variants were left",
};

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** Within a sentence: no capital, no full stop. */
function whyLeftOut(code: unknown) {
  const says = enrollmentSentence(typeof code === "string" ? code : null);
  return says ? says.charAt(0).toLowerCase() + says.slice(1).replace(/\.$/, "") : String(code);
}
