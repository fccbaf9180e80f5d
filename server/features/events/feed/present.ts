import { mail } from "../../../domain/insight/event-sentences/mail.ts";
import { records } from "../../../domain/insight/event-sentences/records.ts";
import type { EventSentence } from "../../../domain/insight/event-sentences/sentence.ts";
import { sequences } from "../../../domain/insight/event-sentences/sequences.ts";
import { sources } from "../../../domain/insight/event-sentences/sources.ts";
import { team } from "../../../domain/insight/event-sentences/team.ts";
import { unattended } from "../../../domain/insight/event-sentences/unattended.ts";
import { stored } from "../../../kernel/moments.ts";
import { say, texts } from "../../../kernel/say.ts";
import type { EventRow, EventType } from "../events/store.ts";
import { refusedCalls } from "../refused-calls/present.ts";

export function presentAuditEntry(event: EventRow) {
  return {
    id: event.id,
    at: stored(event.occurredAt),
    type: event.type,
    sentence: eventSentenceOf(event),
    actor: {
      user_id: event.userId,
      name: event.userName,
      api_key_id: event.apiKeyId,
      application:
        event.applicationId === null ? null : { id: event.applicationId, name: event.applicationName },
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

const SENTENCES: Record<EventType, EventSentence> = {
  ...team,
  ...records,
  ...sequences,
  ...mail,
  ...sources,
  ...unattended,
  ...refusedCalls,
};

/** All there is, for those who choose. */
export const eventTypes = Object.keys(SENTENCES) as EventType[];

type Told = Pick<EventRow, "type" | "userName" | "cause" | "apiKeyId" | "data"> &
  Partial<Pick<EventRow, "subjectName" | "applicationName">>;

/** The actor by the event's cause, where it was no user of the team. Events without a request come from Cadenza. */
const WHO_ELSE: Record<string, string> = texts({
  api: "The operator",
  web: "The operator",
  visitor: "A recipient",
});

type Doer = Pick<EventRow, "userName" | "cause" | "apiKeyId">;

/** Who did it: a user, a key, or who else the cause points to. */
export function actorNameOf({ userName, cause, apiKeyId }: Doer) {
  return userName ?? (apiKeyId ? say("An API key") : (WHO_ELSE[cause] ?? "Cadenza"));
}

export function eventSentenceOf(event: Told) {
  const name = actorNameOf(event);
  const who = event.applicationName
    ? say("{name}, by {applicationName},", { name, applicationName: event.applicationName })
    : name;
  return SENTENCES[event.type](who, event.data, event.subjectName ?? say("a contact"));
}
