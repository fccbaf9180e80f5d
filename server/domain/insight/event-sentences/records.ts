// Contacts, companies, and what is kept with them.

import { codeWords } from "../../../kernel/code-words.ts";
import { dayWords, say, texts } from "../../../kernel/say.ts";
import { changedDeal } from "./deals.ts";
import type { Sentences } from "./sentence.ts";

/** What happened to the contact of the task. */
const WITHDRAWN: readonly unknown[] = ["moved", "finished", "failed", "removed"];

const HELD: Record<string, string> = texts({
  answered: "the contact replied",
  maybe_answered: "the contact may have replied",
  maybe_opted_out: "there may be an unsubscribe request",
  maybe_bounced: "the address may not exist",
  automatic: "an automatic reply came in",
  unclear: "an email could not be classified",
});

const DEALS_WITH_STAGES: Record<string, (name: unknown) => string> = {
  stage_deleted: (name) =>
    say("moved the deal {name} to another stage, because its stage was deleted", { name }),
  stage_closed: (name) => say("closed the deal {name}, because its stage now counts as closed", { name }),
  stage_won: (name) => say("marked the deal {name} as won, because its stage now counts as won", { name }),
  stage_lost: (name) => say("marked the deal {name} as lost, because its stage now counts as lost", { name }),
  stage_opened: (name) => say("reopened the deal {name}, because its stage now counts as open", { name }),
};

function toStage({ from_stage, to_stage }: Record<string, unknown>) {
  return to_stage
    ? say("{hasFrom_stage, select, yes {from {from_stage} } other {}}to {to_stage}", {
        from_stage,
        hasFrom_stage: from_stage ? "yes" : "no",
        to_stage,
      })
    : say("to another stage");
}

export const records = {
  "contact.created": (who, _data, whom) => say("{who} created the contact {whom}", { who, whom }),
  "contact.updated": (who, _data, whom) => say("{who} changed the contact {whom}", { who, whom }),
  "contact.deleted": (who, data) =>
    data.keep_days === undefined
      ? say("{who} deleted a contact", { who })
      : say("A contact was deleted after {keep_days} days without activity, as the team's settings say", {
          keep_days: data.keep_days,
        }),
  "contact.merged": (who, _data, whom) => say("{who} merged other contacts into {whom}", { who, whom }),
  "contact.score_crossed": (_who, data, whom) =>
    say(
      "The score of {whom} {direction, select, up {reached} other {fell below}} {mark}{hasTo, select, yes {} other {: it is now {to}}}",
      {
        whom,
        direction: data.direction,
        mark: data.mark,
        to: data.to,
        hasTo: data.to === data.mark ? "yes" : "no",
      },
    ),
  "contact.stage_changed": (who, data, whom) =>
    say("{who} moved {whom} {toStage}", { who, whom, toStage: toStage(data) }),
  "contact.unsubscribed": (who, data, whom) =>
    data.source === "complaint"
      ? say("{whom} reported an email as spam", { whom })
      : data.source === "unsubscribe"
        ? say("{whom} unsubscribed", { whom })
        : say("{who} marked {whom} as unsubscribed", { who, whom }),
  "contact.resubscribed": (_who, _data, whom) => say("{whom} subscribed again", { whom }),
  "contact.paused": (who, data, whom) =>
    data.source === "link"
      ? say("{whom} asked for a pause until {until}", { whom, until: dayWords(data.until) })
      : data.source === "address"
        ? say("{whom} is paused until {until}, because another contact with the same address is paused", {
            whom,
            until: dayWords(data.until),
          })
        : say("{who} paused {whom} until {until}", { who, whom, until: dayWords(data.until) }),
  "contact.unpaused": (who, data, whom) =>
    data.source === "link"
      ? say("{whom} ended the pause", { whom })
      : say("{who} ended the pause of {whom}", { who, whom }),
  "contact.held": (_who, data, whom) =>
    say(
      "Automatic emails to {whom} are on hold {hasUntil, select, yes {until {until}, or } other {}}until the reply is settled: {reason}",
      {
        whom,
        until: dayWords(data.until),
        hasUntil: data.until ? "yes" : "no",
        reason: HELD[String(data.reason)] ?? HELD.unclear,
      },
    ),
  "contact.released": (who, data, whom) =>
    data.as === "time"
      ? say("Automatic emails to {whom} continue: the waiting time after the reply has passed", { whom })
      : data.as === "setting"
        ? say("Automatic emails to {whom} continue: {who} turned off waiting after replies", { whom, who })
        : say("{who} settled the reply of {whom}; automatic emails may continue", { who, whom }),
  "contact.meeting_booked": (_who, data, whom) =>
    say("{whom} booked a meeting{meeting}", { whom, meeting: meetingSaid(data) }),
  "contact.meeting_cancelled": (_who, data, whom) =>
    say("A meeting with {whom} was cancelled{meeting}", { whom, meeting: meetingSaid(data) }),
  "contact.referred": (_who, _data, whom) => say("{whom} named another person to contact", { whom }),
  "label.created": (who, data) => say("{who} created the list {name}", { who, name: data.name }),
  "label.updated": (who, data) => say("{who} changed the list {name}", { who, name: data.name }),
  "label.deleted": (who, data) => say("{who} deleted the list {name}", { who, name: data.name }),
  "label.records_added": (who, data) =>
    say("{who} added {count} {modality} to the list {name}", {
      who,
      count: data.count,
      modality: data.modality,
      name: data.name,
    }),
  "label.records_removed": (who, data) =>
    say("{who} removed {count} {modality} from the list {name}", {
      who,
      count: data.count,
      modality: data.modality,
      name: data.name,
    }),
  "stage.created": (who, data) => say("{who} added the stage {name}", { who, name: data.name }),
  "stage.updated": (who, data) => say("{who} changed the stage {name}", { who, name: data.name }),
  "stage.deleted": (who, data) => say("{who} deleted the stage {name}", { who, name: data.name }),
  "field.created": (who, data) => say("{who} added the field {name}", { who, name: data.name }),
  "field.updated": (who, data) => say("{who} changed the field {name}", { who, name: data.name }),
  "field.deleted": (who, data) => say("{who} deleted the field {name}", { who, name: data.name }),
  "account.created": (who) => say("{who} created a company", { who }),
  "account.updated": (who) => say("{who} changed a company", { who }),
  "account.stage_changed": (who, data) =>
    say("{who} moved a company {toStage}", { who, toStage: toStage(data) }),
  "account.merged": (who) => say("{who} merged other companies into this one", { who }),
  "account.deleted": (who) => say("{who} deleted a company", { who }),
  "attachment.created": (who, data) => say("{who} uploaded a file of {size} bytes", { who, size: data.size }),
  "call.logged": (who) => say("{who} logged a call", { who }),
  "call.updated": (who) => say("{who} changed a logged call", { who }),
  "call.deleted": (who) => say("{who} deleted a logged call", { who }),
  "conversation.recorded": (who) => say("{who} added a recorded conversation", { who }),
  "conversation.updated": (who) => say("{who} changed a recorded conversation", { who }),
  "conversation.deleted": (who) => say("{who} deleted a recorded conversation", { who }),
  "conversation.exported": (who) => say("{who} exported recorded conversations", { who }),
  "note.created": (who) => say("{who} wrote a note", { who }),
  "note.updated": (who) => say("{who} changed a note", { who }),
  "note.mention_seen": (who) => say("{who} has seen a note that mentions them", { who }),
  "note.deleted": (who) => say("{who} deleted a note", { who }),
  "task.created": (who, data) => say("{who} created a task: {type}", { who, type: codeWords(data.type) }),
  "task.updated": (who, data) => say("{who} changed a task: {type}", { who, type: codeWords(data.type) }),
  "task.completed": (who, data) => say("{who} completed a task: {type}", { who, type: codeWords(data.type) }),
  "task.reopened": (who, data) => say("{who} reopened a task: {type}", { who, type: codeWords(data.type) }),
  "task.skipped": (who, data) =>
    WITHDRAWN.includes(data.reason)
      ? say("A task is no longer needed: {type}", { type: codeWords(data.type) })
      : data.reason === "not_done_in_time"
        ? say("An overdue task was skipped: {type}", { type: codeWords(data.type) })
        : say("{who} skipped a task: {type}", { who, type: codeWords(data.type) }),
  "deal.created": (who, data) => say("{who} created the deal {name}", { who, name: data.name }),
  "deal.updated": (who, data) => `${who} ${changedDeal(data)}`,
  "deal.stage_changed": (who, data) => {
    const withStage = DEALS_WITH_STAGES[String(data.because)];
    return withStage
      ? `${who} ${withStage(data.name)}`
      : say("{who} moved the deal {name} {toStage}", { who, name: data.name, toStage: toStage(data) });
  },
  "deal.deleted": (who, data) => say("{who} deleted the deal {name}", { who, name: data.name }),
  "suppression.created": (who, data) =>
    say("{who} added {value} to the do not email list", { who, value: data.value ?? say("an address") }),
  "suppression.deleted": (who, data) =>
    say("{who} removed {value} from the do not email list", { who, value: data.value ?? say("an address") }),
  "suppression.imported": (who, data) =>
    say("{who} imported {created} addresses into the do not email list", { who, created: data.created }),
} satisfies Sentences;

function meetingSaid({ title, starts_at: at, program }: Record<string, unknown>) {
  const what = typeof title === "string" ? `: ${title}` : "";
  const when = typeof at === "string" ? `, ${at.slice(0, 16).replace("T", " ")} UTC` : "";
  return `${what}${when} (${program})`;
}
