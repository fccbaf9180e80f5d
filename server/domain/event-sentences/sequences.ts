// Sequences, who is in them, and what they are made of.

import { enrollmentSentence } from "../import-words.ts";
import type { Sentences } from "./sentence.ts";

function loosened({ loosened_touch_ids: ids, reviewed_touch_ids: reviewed }: Record<string, unknown>) {
  if (!Array.isArray(ids) || ids.length === 0) return "";
  const waiting = Array.isArray(reviewed) ? reviewed.length : 0;
  const go = ids.length === 1 ? "1 of its mails goes" : `${ids.length} of its mails go`;
  const wait = ids.length === 1 ? "waits" : `${waiting} of them ${waiting === 1 ? "waits" : "wait"}`;
  return `: ${go} with none any more${waiting > 0 ? `, and ${wait} for a review` : ""}`;
}

export const sequences = {
  "sequence.created": (who, data) => `${who} made the sequence ${data.name}`,
  "sequence.changed": (who, data) =>
    data.earlier_version_id
      ? `${who} left whoever was in the sequence ${data.name} the steps as they were`
      : `${who} changed the sequence ${data.name}${loosened(data)}`,
  "sequence.approved": (who, data) => `${who} turned on the sequence ${data.name}`,
  "sequence.aborted": (who, data) => `${who} turned off the sequence ${data.name}`,
  "sequence.archived": (who, data) => `${who} archived the sequence ${data.name}`,
  "sequence.test_sent": (who, data) => `${who} sent a test mail of a sequence to ${data.to}`,
  "sequence.starred": (who, data) => `${who} starred the sequence ${data.name}`,
  "sequence.unstarred": (who, data) => `${who} took the star off the sequence ${data.name}`,
  "template.created": (who, data) => `${who} wrote the template ${data.name}`,
  "template.changed": (who, data) => `${who} changed the template ${data.name}`,
  "template.archived": (who, data) => `${who} archived the template ${data.name}`,
  "template.starred": (who, data) => `${who} starred the template ${data.name}`,
  "template.unstarred": (who, data) => `${who} took the star off the template ${data.name}`,
  "schedule.created": (who, data) => `${who} made the schedule ${data.name}`,
  "schedule.changed": (who, data) => `${who} changed the schedule ${data.name}`,
  "schedule.deleted": (who, data) => `${who} deleted the schedule ${data.name}`,
  "ruleset.created": (who, data) => `${who} made the ruleset ${data.name}`,
  "ruleset.changed": (who, data) => `${who} changed the ruleset ${data.name}`,
  "ruleset.deleted": (who, data) => `${who} deleted the ruleset ${data.name}`,
  "folder.created": (who, data) => `${who} made the folder ${data.name}`,
  "folder.changed": (who, data) => `${who} changed the folder ${data.name}`,
  "folder.deleted": (who, data) => `${who} deleted the folder ${data.name}`,
  "enrollment.added": (who) => `${who} added a contact to a sequence`,
  "enrollment.skipped": (who, data) =>
    `${who} could not add a contact to a sequence: ${whyLeftOut(data.code)}`,
  "enrollment.paused": (who, data) => `${who} paused a contact in a sequence: ${data.reason}`,
  "enrollment.resumed": (who) => `${who} resumed a contact in a sequence`,
  "enrollment.finished": (who, data) => `${who} finished a contact in a sequence: ${data.reason}`,
  "enrollment.failed": (who, data) => `${who} failed a contact in a sequence: ${data.reason}`,
  "enrollment.removed": (who) => `${who} removed a contact from a sequence`,
  "enrollment.moved": (who) => `${who} moved a contact within a sequence`,
  "change.undone": (who, data) => `${who} took back what was done to ${data.undone} contacts in sequences`,
} satisfies Sentences;

/** Within a sentence: no capital, no full stop. */
function whyLeftOut(code: unknown) {
  const says = enrollmentSentence(typeof code === "string" ? code : null);
  return says ? says.charAt(0).toLowerCase() + says.slice(1).replace(/\.$/, "") : String(code);
}
