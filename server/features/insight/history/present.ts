// What happened, in the sentences of the audit log; what happened in a sequence names the sequence and the reason.

import type { IneligibleReason } from "../../../domain/enrollments/eligibility.ts";
import { wordsFor } from "../../../domain/enrollments/failure-words.ts";
import { enrollmentSentence } from "../../../domain/imports/import-words.ts";
import { stored } from "../../../kernel/moments.ts";
import { say } from "../../../kernel/say.ts";
import { presentReason } from "../../enrollments/verdicts/present.ts";
import { eventSentenceOf } from "../../events/feed/present.ts";
import type { FedEvent, PastEvent } from "./store.ts";

export function presentPast(event: PastEvent) {
  const { type, at, cause, userId, userName, apiKeyId, contactName } = event;
  return {
    at: stored(at),
    event: type,
    cause,
    actor: { user_id: userId, name: userName, api_key_id: apiKeyId },
    sentence: inSequenceSays(event) ?? eventSentenceOf({ ...event, subjectName: contactName }),
  };
}

export function presentFed(event: FedEvent) {
  const { id, contactId, contactName } = event;
  return {
    ...presentPast(event),
    id,
    contact: contactId === null ? null : { id: contactId, name: contactName },
  };
}

/** What happened to an enrollment: with the contact, the sequence and the reason. Null for anything else. */
export function inSequenceSays(event: Told) {
  return IN_SEQUENCE[event.type]?.(whoDid(event), event.contactName ?? say("a contact"), event) ?? null;
}

type Told = Omit<PastEvent, "at" | "cause" | "userId">;

/** Without a user or key, the engine did it. */
function whoDid({ userName, apiKeyId }: Pick<Told, "userName" | "apiKeyId">) {
  return userName ?? (apiKeyId ? say("An API key") : "Cadenza");
}

type Telling = (who: string, whom: string, event: Told) => string;

const IN_SEQUENCE: Partial<Record<PastEvent["type"], Telling>> = {
  "enrollment.added": (who, whom, event) =>
    say("{who} added {whom} to {sequence}", { who, whom, sequence: sequenceOf(event) }),
  "enrollment.skipped": (who, whom, event) =>
    say("{who} could not add {whom} to {sequence}: {why}", {
      who,
      whom,
      sequence: sequenceOf(event),
      why: whyLeftOut(event),
    }),
  "enrollment.paused": (who, whom, event) =>
    say("{who} paused {whom} in {sequence}: {why}", {
      who,
      whom,
      sequence: sequenceOf(event),
      why: why(event),
    }),
  "enrollment.resumed": (who, whom, event) =>
    event.data.after_failure
      ? say("{who} retried the failed step of {whom} in {sequence}", {
          who,
          whom,
          sequence: sequenceOf(event),
        })
      : say("{who} resumed {whom} in {sequence}", { who, whom, sequence: sequenceOf(event) }),
  "enrollment.finished": (who, whom, event) =>
    say("{who} marked {whom} as finished in {sequence}: {why}", {
      who,
      whom,
      sequence: sequenceOf(event),
      why: why(event),
    }),
  "enrollment.failed": (who, whom, event) =>
    say("{who} marked {whom} as failed in {sequence}: {why}", {
      who,
      whom,
      sequence: sequenceOf(event),
      why: why(event),
    }),
  "enrollment.removed": (who, whom, event) =>
    say("{who} removed {whom} from {sequence}", { who, whom, sequence: sequenceOf(event) }),
  "enrollment.moved": (who, whom, event) =>
    event.data.email_account_id
      ? say("{who} moved {whom} to another mailbox in {sequence}", { who, whom, sequence: sequenceOf(event) })
      : say(
          "{who} moved {whom} to step {step_position} in {sequence}{hasReason, select, yes {: {why}} other {}}",
          {
            who,
            whom,
            step_position: event.data.step_position,
            sequence: sequenceOf(event),
            why: why(event),
            hasReason: event.data.reason ? "yes" : "no",
          },
        ),
  "enrollment.branched": (_who, whom, event) =>
    say("{whom} took the {path} path of step {step_position} in {sequence}: {because}", {
      whom,
      path: event.data.path,
      step_position: event.data.step_position,
      sequence: sequenceOf(event),
      because: event.data.because,
    }),
};

function sequenceOf({ sequenceName }: Told) {
  return sequenceName ?? say("a sequence");
}

function why({ data }: Told) {
  return wordsFor(typeof data.reason === "string" ? data.reason : null);
}

/** As the verdict says; verdicts are kept 90 days, and after that the code says less. */
function whyLeftOut({ reasons, data }: Told) {
  const [first] = (reasons ?? []) as IneligibleReason[];
  if (first) return presentReason(first).sentence;
  const code = typeof data.code === "string" ? data.code : null;
  return enrollmentSentence(code) ?? String(code);
}
