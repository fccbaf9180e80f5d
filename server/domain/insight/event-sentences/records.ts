// Contacts, companies, and what is kept with them.

import { changedDeal } from "./deals.ts";
import { dateText, type Sentences, spacedWords } from "./sentence.ts";

/** What happened to the contact of the task. */
const WITHDRAWN: readonly unknown[] = ["moved", "finished", "failed", "removed"];

const HELD: Record<string, string> = {
  answered: "the contact replied",
  maybe_answered: "the contact may have replied",
  maybe_opted_out: "there may be an unsubscribe request",
  maybe_bounced: "the address may not exist",
  automatic: "an automatic reply came in",
  unclear: "an email could not be classified",
};

const DEALS_WITH_STAGES: Record<string, (name: unknown) => string> = {
  stage_deleted: (name) => `moved the deal ${name} to another stage, because its stage was deleted`,
  stage_closed: (name) => `closed the deal ${name} by changing its stage`,
  stage_won: (name) => `marked the deal ${name} as won by changing its stage`,
  stage_lost: (name) => `marked the deal ${name} as lost by changing its stage`,
  stage_opened: (name) => `reopened the deal ${name} by changing its stage`,
};

function toStage({ from_stage, to_stage }: Record<string, unknown>) {
  return to_stage ? `${from_stage ? `from ${from_stage} ` : ""}to ${to_stage}` : "to another stage";
}

export const records = {
  "contact.created": (who, _data, whom) => `${who} created the contact ${whom}`,
  "contact.updated": (who, _data, whom) => `${who} changed the contact ${whom}`,
  "contact.deleted": (who, data) =>
    data.keep_days === undefined
      ? `${who} deleted a contact`
      : `A contact was deleted after ${data.keep_days} days without activity, as the team's settings say`,
  "contact.merged": (who, _data, whom) => `${who} merged other contacts into ${whom}`,
  "contact.score_crossed": (_who, data, whom) =>
    `The score of ${whom} ${data.direction === "up" ? "reached" : "fell below"} ${data.mark}${data.to === data.mark ? "" : `: it is now ${data.to}`}`,
  "contact.stage_changed": (who, data, whom) => `${who} moved ${whom} ${toStage(data)}`,
  "contact.unsubscribed": (who, data, whom) =>
    data.source === "complaint"
      ? `${whom} reported an email as spam`
      : data.source === "unsubscribe"
        ? `${whom} unsubscribed`
        : `${who} marked ${whom} as unsubscribed`,
  "contact.resubscribed": (_who, _data, whom) => `${whom} subscribed again`,
  "contact.paused": (who, data, whom) =>
    data.source === "link"
      ? `${whom} asked for a pause until ${dateText(data.until)}`
      : data.source === "address"
        ? `${whom} is paused until ${dateText(data.until)}, because another contact with the same address is paused`
        : `${who} paused ${whom} until ${dateText(data.until)}`,
  "contact.unpaused": (who, data, whom) =>
    data.source === "link" ? `${whom} ended the pause` : `${who} ended the pause of ${whom}`,
  "contact.held": (_who, data, whom) =>
    `Automatic emails to ${whom} are on hold ${data.until ? `until ${dateText(data.until)}, or ` : ""}until the reply is settled: ${HELD[String(data.reason)] ?? HELD.unclear}`,
  "contact.released": (who, data, whom) =>
    data.as === "time"
      ? `Automatic emails to ${whom} continue: the waiting time after the reply has passed`
      : data.as === "setting"
        ? `Automatic emails to ${whom} continue: ${who} turned off waiting after replies`
        : `${who} settled the reply of ${whom}; automatic emails may continue`,
  "contact.meeting_booked": (_who, data, whom) => `${whom} booked a meeting${meetingSaid(data)}`,
  "contact.meeting_cancelled": (_who, data, whom) =>
    `A meeting with ${whom} was cancelled${meetingSaid(data)}`,
  "contact.referred": (_who, _data, whom) => `${whom} named another person to contact`,
  "label.created": (who, data) => `${who} created the list ${data.name}`,
  "label.updated": (who, data) => `${who} changed the list ${data.name}`,
  "label.deleted": (who, data) => `${who} deleted the list ${data.name}`,
  "label.records_added": (who, data) =>
    `${who} added ${data.count} ${data.modality} to the list ${data.name}`,
  "label.records_removed": (who, data) =>
    `${who} removed ${data.count} ${data.modality} from the list ${data.name}`,
  "stage.created": (who, data) => `${who} added the stage ${data.name}`,
  "stage.updated": (who, data) => `${who} changed the stage ${data.name}`,
  "stage.deleted": (who, data) => `${who} deleted the stage ${data.name}`,
  "field.created": (who, data) => `${who} added the field ${data.name}`,
  "field.updated": (who, data) => `${who} changed the field ${data.name}`,
  "field.deleted": (who, data) => `${who} deleted the field ${data.name}`,
  "account.created": (who) => `${who} created a company`,
  "account.updated": (who) => `${who} changed a company`,
  "account.stage_changed": (who, data) => `${who} moved a company ${toStage(data)}`,
  "account.merged": (who) => `${who} merged other companies into this one`,
  "account.deleted": (who) => `${who} deleted a company`,
  "attachment.created": (who, data) => `${who} uploaded a file of ${data.size} bytes`,
  "call.logged": (who) => `${who} logged a call`,
  "call.updated": (who) => `${who} changed a logged call`,
  "call.deleted": (who) => `${who} deleted a logged call`,
  "conversation.recorded": (who) => `${who} added a recorded conversation`,
  "conversation.updated": (who) => `${who} changed a recorded conversation`,
  "conversation.deleted": (who) => `${who} deleted a recorded conversation`,
  "conversation.exported": (who) => `${who} exported recorded conversations`,
  "note.created": (who) => `${who} wrote a note`,
  "note.updated": (who) => `${who} changed a note`,
  "note.mention_seen": (who) => `${who} has seen a note that mentions them`,
  "note.deleted": (who) => `${who} deleted a note`,
  "task.created": (who, data) => `${who} created a task: ${spacedWords(data.type)}`,
  "task.updated": (who, data) => `${who} changed a task: ${spacedWords(data.type)}`,
  "task.completed": (who, data) => `${who} completed a task: ${spacedWords(data.type)}`,
  "task.reopened": (who, data) => `${who} reopened a task: ${spacedWords(data.type)}`,
  "task.skipped": (who, data) =>
    WITHDRAWN.includes(data.reason)
      ? `A task is no longer needed: ${spacedWords(data.type)}`
      : data.reason === "not_done_in_time"
        ? `An overdue task was skipped: ${spacedWords(data.type)}`
        : `${who} skipped a task: ${spacedWords(data.type)}`,
  "deal.created": (who, data) => `${who} created the deal ${data.name}`,
  "deal.updated": (who, data) => `${who} ${changedDeal(data)}`,
  "deal.stage_changed": (who, data) => {
    const withStage = DEALS_WITH_STAGES[String(data.because)];
    return withStage
      ? `${who} ${withStage(data.name)}`
      : `${who} moved the deal ${data.name} ${toStage(data)}`;
  },
  "deal.deleted": (who, data) => `${who} deleted the deal ${data.name}`,
  "suppression.created": (who, data) => `${who} added ${data.value ?? "an address"} to the do not email list`,
  "suppression.deleted": (who, data) =>
    `${who} removed ${data.value ?? "an address"} from the do not email list`,
  "suppression.imported": (who, data) =>
    `${who} imported ${data.created} addresses into the do not email list`,
} satisfies Sentences;

function meetingSaid({ title, starts_at: at, program }: Record<string, unknown>) {
  const what = typeof title === "string" ? `: ${title}` : "";
  const when = typeof at === "string" ? `, ${at.slice(0, 16).replace("T", " ")} UTC` : "";
  return `${what}${when} (${program})`;
}
