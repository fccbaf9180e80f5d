import { stored } from "../../moments.ts";
import type { EventRow, EventType } from "./store.ts";

export function presentAuditEntry(event: EventRow) {
  return {
    id: event.id,
    at: stored(event.occurredAt),
    type: event.type,
    sentence: sentenceOf(event),
    actor: {
      user_id: event.userId,
      name: event.userName,
      api_key_id: event.apiKeyId,
      cause: event.cause,
      address: event.address,
    },
    subject: { type: event.subjectType, id: event.subjectId },
    data: event.data,
    request_id: event.requestId,
  };
}

/** As the feed and the webhooks tell it. */
export function presentEvent(event: EventRow) {
  return {
    id: event.id,
    type: event.type,
    occurred_at: stored(event.occurredAt),
    actor: { user_id: event.userId, api_key_id: event.apiKeyId, cause: event.cause },
    subject: { type: event.subjectType, id: event.subjectId },
    data: event.data,
  };
}

const SENTENCES: Record<EventType, (who: string, data: Record<string, unknown>, whom: string) => string> = {
  "team.created": (who, data) => `${who} opened the team ${data.name}`,
  "team.changed": (who) => `${who} changed the team's settings`,
  "user.invited": (who, data) =>
    `${who} ${data.purpose === "reset" ? "made a password link for" : "invited"} ${data.email}`,
  "user.joined": (who) => `${who} joined the team`,
  "user.changed": (who, data) => `${who} changed ${data.name === who ? "their own profile" : data.name}`,
  "user.deactivated": (who, data) => `${who} deactivated ${data.name}`,
  "user.reactivated": (who, data) => `${who} reactivated ${data.name}`,
  "session.started": (who) => `${who} signed in`,
  "session.ended": (who) => `${who} signed out`,
  "session.refused": (_who, _data, whom) => `Somebody tried to sign in as ${whom} with a wrong password`,
  "password.changed": (who) => `${who} chose a new password`,
  "api_key.created": (who, data) => `${who} made the API key ${data.name}`,
  "api_key.rotated": (who, data) => `${who} gave the API key ${data.name} a new secret`,
  "api_key.revoked": (who, data) => `${who} revoked the API key ${data.name}`,
  "call.logged": (who) => `${who} logged a call`,
  "call.updated": (who) => `${who} changed a logged call`,
  "note.created": (who) => `${who} wrote a note`,
  "note.updated": (who) => `${who} changed a note`,
  "note.deleted": (who) => `${who} deleted a note`,
  "task.created": (who, data) => `${who} created the task ${data.title}`,
  "task.updated": (who, data) => `${who} changed the task ${data.title}`,
  "task.completed": (who, data) => `${who} completed the task ${data.title}`,
  "task.skipped": (who, data) => `${who} skipped the task ${data.title}`,
  "deal.created": (who, data) => `${who} created the deal ${data.name}`,
  "deal.updated": (who, data) => `${who} changed the deal ${data.name}`,
  "deal.stage_changed": (who, data) => `${who} moved the deal ${data.name} to another stage`,
  "deal.deleted": (who, data) => `${who} deleted the deal ${data.name}`,
  "suppression.created": (who, data) => `${who} barred ${data.value}`,
  "suppression.deleted": (who, data) => `${who} lifted the bar on ${data.value}`,
  "suppression.imported": (who, data) => `${who} barred ${data.created} addresses from a list`,
  "email_account.connected": (who, data) => `${who} connected the mailbox ${data.email}`,
  "email_account.changed": (who, data) => `${who} changed the mailbox ${data.email}`,
  "email_account.tested": (who, data) => `${who} tried the mailbox ${data.email}`,
  "email_account.disconnected": (who, data) => `${who} disconnected the mailbox ${data.email}`,
  "job.started": (who, data) => `${who} asked for ${data.job_type} of ${data.total}`,
  "job.done": (_who, data) => `The ${data.job_type} of ${data.total} is done`,
  "job.failed": (_who, data) => `The ${data.job_type} of ${data.total} failed`,
  "job.cancelled": (who, data) => `${who} cancelled the ${data.job_type} of ${data.total}`,
  "webhook.created": (who) => `${who} subscribed a webhook`,
  "webhook.changed": (who) => `${who} changed a webhook`,
  "webhook.deleted": (who) => `${who} deleted a webhook`,
  "webhook.secret_rotated": (who) => `${who} gave a webhook a new secret`,
  "webhook.switched_off": () => "A webhook was switched off, because its receiver said that it is gone",
  "webhook.tested": (who) => `${who} tested a webhook`,
  "webhook.replayed": (who) => `${who} had events delivered to a webhook again`,
};

function sentenceOf(event: EventRow) {
  const who =
    event.userName ?? (event.cause === "start" ? "Cadenza" : event.apiKeyId ? "A key" : "The operator");
  return SENTENCES[event.type](who, event.data, event.subjectName ?? "somebody");
}
