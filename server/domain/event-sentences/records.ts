// Contacts, companies, and what is kept with them.

import { dayOf, type Sentences, wordsOf } from "./sentence.ts";

/** What became of whoever it was about. */
const WITHDRAWN: readonly unknown[] = ["moved", "finished", "failed", "removed"];

const HELD: Record<string, string> = {
  answered: "they replied",
  maybe_answered: "they may have replied",
  maybe_opted_out: "they may want no more mail",
  maybe_bounced: "their address may be dead",
  automatic: "a machine answered for them",
  unclear: "a mail could not be understood",
};

const DEALS_WITH_STAGES: Record<string, (name: unknown) => string> = {
  stage_deleted: (name) => `moved the deal ${name} to another stage, as its own was deleted`,
  stage_closed: (name) => `closed the deal ${name} with its stage`,
  stage_won: (name) => `made the deal ${name} a won one with its stage`,
  stage_lost: (name) => `made the deal ${name} a lost one with its stage`,
  stage_opened: (name) => `opened the deal ${name} again with its stage`,
};

export const records = {
  "contact.created": (who, _data, whom) => `${who} made the contact ${whom}`,
  "contact.updated": (who, _data, whom) => `${who} changed the contact ${whom}`,
  "contact.deleted": (who) => `${who} deleted a contact`,
  "contact.merged": (who, _data, whom) => `${who} merged other contacts into ${whom}`,
  "contact.score_crossed": (_who, data, whom) =>
    `The score of ${whom} ${data.direction === "up" ? "came to" : "fell below"} ${data.mark}: it is ${data.to}`,
  "contact.stage_changed": (who, _data, whom) => `${who} moved ${whom} to another stage`,
  "contact.unsubscribed": (who, data, whom) =>
    data.source === "complaint"
      ? `${whom} reported a mail as spam`
      : data.source === "unsubscribe"
        ? `${whom} unsubscribed`
        : `${who} noted that ${whom} unsubscribed`,
  "contact.resubscribed": (_who, _data, whom) => `${whom} took back that they unsubscribed`,
  "contact.paused": (who, data, whom) =>
    data.source === "link"
      ? `${whom} asked not to be written to until ${dayOf(data.until)}`
      : data.source === "address"
        ? `${whom} has an address that is not to be written to until ${dayOf(data.until)}`
        : `${who} noted that ${whom} is not to be written to until ${dayOf(data.until)}`,
  "contact.unpaused": (who, data, whom) =>
    data.source === "link" ? `${whom} took back their pause` : `${who} lifted the pause of ${whom}`,
  "contact.held": (_who, data, whom) =>
    `No automatic mail goes to ${whom} ${data.until ? `until ${dayOf(data.until)}, or ` : ""}until the answer is settled: ${HELD[String(data.reason)] ?? HELD.unclear}`,
  "contact.released": (who, data, whom) =>
    data.as === "time"
      ? `Automatic mails to ${whom} go on: the days after the answer have passed`
      : data.as === "setting"
        ? `Automatic mails to ${whom} go on: ${who} switched off waiting after answers`
        : `${who} settled the answer of ${whom}; automatic mails may go on`,
  "contact.referred": (_who, _data, whom) => `${whom} named somebody else to write to`,
  "label.created": (who, data) => `${who} made the list ${data.name}`,
  "label.updated": (who, data) => `${who} changed the list ${data.name}`,
  "label.deleted": (who, data) => `${who} deleted the list ${data.name}`,
  "label.records_added": (who, data) => `${who} put ${data.count} ${data.modality} on the list ${data.name}`,
  "label.records_removed": (who, data) =>
    `${who} took ${data.count} ${data.modality} off the list ${data.name}`,
  "stage.created": (who, data) => `${who} added the stage ${data.name}`,
  "stage.updated": (who, data) => `${who} changed the stage ${data.name}`,
  "stage.deleted": (who, data) => `${who} deleted the stage ${data.name}`,
  "field.created": (who, data) => `${who} added the field ${data.name}`,
  "field.updated": (who, data) => `${who} changed the field ${data.name}`,
  "field.deleted": (who, data) => `${who} deleted the field ${data.name}`,
  "account.created": (who) => `${who} made a company`,
  "account.updated": (who) => `${who} changed a company`,
  "account.stage_changed": (who) => `${who} moved a company to another stage`,
  "account.merged": (who) => `${who} merged accounts into this one`,
  "account.deleted": (who) => `${who} deleted a company`,
  "attachment.created": (who, data) => `${who} uploaded a file of ${data.size} bytes`,
  "call.logged": (who) => `${who} logged a call`,
  "call.updated": (who) => `${who} changed a logged call`,
  "call.deleted": (who) => `${who} deleted a logged call`,
  "note.created": (who) => `${who} wrote a note`,
  "note.updated": (who) => `${who} changed a note`,
  "note.deleted": (who) => `${who} deleted a note`,
  "task.created": (who, data) => `${who} created a task: ${wordsOf(data.type)}`,
  "task.updated": (who, data) => `${who} changed a task: ${wordsOf(data.type)}`,
  "task.completed": (who, data) => `${who} completed a task: ${wordsOf(data.type)}`,
  "task.reopened": (who, data) => `${who} opened a task again: ${wordsOf(data.type)}`,
  "task.skipped": (who, data) =>
    WITHDRAWN.includes(data.reason)
      ? `A task is no longer to be done: ${wordsOf(data.type)}`
      : data.reason === "not_done_in_time"
        ? `A task was left undone for too long, and skipped: ${wordsOf(data.type)}`
        : `${who} skipped a task: ${wordsOf(data.type)}`,
  "deal.created": (who, data) => `${who} created the deal ${data.name}`,
  "deal.updated": (who, data) => `${who} changed the deal ${data.name}`,
  "deal.stage_changed": (who, data) => {
    const withStage = DEALS_WITH_STAGES[String(data.because)];
    return withStage
      ? `${who} ${withStage(data.name)}`
      : `${who} moved the deal ${data.name} to another stage`;
  },
  "deal.deleted": (who, data) => `${who} deleted the deal ${data.name}`,
  "suppression.created": (who, data) => `${who} barred ${data.value ?? "an address"}`,
  "suppression.deleted": (who, data) => `${who} lifted the bar on ${data.value ?? "an address"}`,
  "suppression.imported": (who, data) => `${who} barred ${data.created} addresses from a list`,
} satisfies Sentences;
