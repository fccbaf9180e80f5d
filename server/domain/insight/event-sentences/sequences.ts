// Sequences, who is in them, and what they are made of.

import { codeWords } from "../../../kernel/code-words.ts";
import { say, texts } from "../../../kernel/say.ts";
import { wordsFor } from "../../enrollments/failure-words.ts";
import { enrollmentSentence } from "../../imports/import-words.ts";
import type { Sentences } from "./sentence.ts";
import { editSaid } from "./sequence-edits.ts";

function loosened({ loosened_touch_ids: ids, reviewed_touch_ids: reviewed }: Record<string, unknown>) {
  if (!Array.isArray(ids) || ids.length === 0) return "";
  const waiting = Array.isArray(reviewed) ? reviewed.length : 0;
  const go = say(
    ": {count, plural, one {1 email is no longer paired with an earlier email} other {# emails are no longer paired with an earlier email}}",
    { count: ids.length },
  );
  if (waiting === 0) return go;
  return ids.length === 1
    ? say("{go}, and needs a review", { go })
    : say("{go}, and {waiting, plural, one {# needs a review} other {# need a review}}", { go, waiting });
}

export const sequences = {
  "sequence.created": (who, data) => say("{who} created the sequence {name}", { who, name: data.name }),
  "sequence.changed": (who, data) =>
    data.earlier_version_id
      ? say("{who} changed the sequence {name}; contacts already in it keep the earlier version", {
          who,
          name: data.name,
        })
      : say("{who} changed the sequence {name}{loosened}", {
          who,
          name: data.name,
          loosened: loosened(data) || editSaid(data),
        }),
  "sequence.approved": (who, data) => say("{who} activated the sequence {name}", { who, name: data.name }),
  "sequence.aborted": (who, data) => say("{who} deactivated the sequence {name}", { who, name: data.name }),
  "sequence.archived": (who, data) => say("{who} archived the sequence {name}", { who, name: data.name }),
  "sequence.test_sent": (who, data) =>
    say("{who} sent a test email of a sequence to {to}", { who, to: data.to }),
  "ab_test.started": (who, data) =>
    say("{who} started an A/B test of step {position} of {name}", {
      who,
      position: data.position,
      name: data.name,
    }),
  "ab_test.ended": (who, data) => {
    const of = say("the A/B test of step {position} of {name}", { position: data.position, name: data.name });
    if (data.outcome === "stopped") return say("{who} stopped {of}", { who, of });
    if (data.outcome === "won")
      return say("Variant {winner} won {of}; the other variants are set to review", {
        winner: data.winner,
        of,
      });
    return say("{of} ended without a winner: {outcome}", {
      of: capital(of),
      outcome: AB_ENDINGS[String(data.outcome)],
    });
  },
  "sequence.starred": (who, data) => say("{who} starred the sequence {name}", { who, name: data.name }),
  "sequence.unstarred": (who, data) => say("{who} unstarred the sequence {name}", { who, name: data.name }),
  "template.created": (who, data) => say("{who} created the template {name}", { who, name: data.name }),
  "template.changed": (who, data) => say("{who} changed the template {name}", { who, name: data.name }),
  "template.archived": (who, data) => say("{who} archived the template {name}", { who, name: data.name }),
  "template.unarchived": (who, data) => say("{who} unarchived the template {name}", { who, name: data.name }),
  "template.starred": (who, data) => say("{who} starred the template {name}", { who, name: data.name }),
  "template.unstarred": (who, data) => say("{who} unstarred the template {name}", { who, name: data.name }),
  "schedule.created": (who, data) => say("{who} created the schedule {name}", { who, name: data.name }),
  "schedule.changed": (who, data) => say("{who} changed the schedule {name}", { who, name: data.name }),
  "schedule.deleted": (who, data) => say("{who} deleted the schedule {name}", { who, name: data.name }),
  "ruleset.created": (who, data) => say("{who} created the ruleset {name}", { who, name: data.name }),
  "ruleset.changed": (who, data) => say("{who} changed the ruleset {name}", { who, name: data.name }),
  "ruleset.deleted": (who, data) => say("{who} deleted the ruleset {name}", { who, name: data.name }),
  "folder.created": (who, data) => say("{who} created the folder {name}", { who, name: data.name }),
  "folder.changed": (who, data) => say("{who} changed the folder {name}", { who, name: data.name }),
  "folder.deleted": (who, data) => say("{who} deleted the folder {name}", { who, name: data.name }),
  "enrollment.added": (who) => say("{who} added a contact to a sequence", { who }),
  "enrollment.skipped": (who, data) =>
    say("{who} could not add a contact to a sequence: {code}", { who, code: whyLeftOut(data.code) }),
  "enrollment.paused": (who, data) =>
    say("{who} paused a contact in a sequence: {reason}", {
      who,
      reason: wordsFor(typeof data.reason === "string" ? data.reason : null),
    }),
  "enrollment.resumed": (who) => say("{who} resumed a contact in a sequence", { who }),
  "enrollment.finished": (who, data) =>
    say("{who} marked a contact as finished in a sequence: {reason}", {
      who,
      reason: wordsFor(typeof data.reason === "string" ? data.reason : null),
    }),
  "enrollment.failed": (who, data) =>
    say("{who} marked a contact as failed in a sequence: {reason}", {
      who,
      reason: wordsFor(typeof data.reason === "string" ? data.reason : null),
    }),
  "enrollment.removed": (who) => say("{who} removed a contact from a sequence", { who }),
  "enrollment.moved": (who) => say("{who} moved a contact to another step or mailbox", { who }),
  "enrollment.branched": (_who, data) =>
    say("A contact in a sequence took the {path} path of step {step_position}", {
      path: codeWords(data.path),
      step_position: data.step_position,
    }),
  "change.undone": (who, data) =>
    say("{who} undid a change to {undone} contacts in sequences", { who, undone: data.undone }),
} satisfies Sentences;

const AB_ENDINGS: Record<string, string> = texts({
  even: "all variants do equally well",
  undecided: "no variant was surely better by its end",
  changed: "fewer than two variants were left",
});

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** Within a sentence: no capital, no full stop. */
function whyLeftOut(code: unknown) {
  const says = enrollmentSentence(typeof code === "string" ? code : null);
  return says ? says.charAt(0).toLowerCase() + says.slice(1).replace(/\.$/, "") : String(code);
}
