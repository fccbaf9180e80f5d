import type { FeedEvent } from "./store.ts";

const WORDS = {
  "enrollment.added": "enrolled",
  "enrollment.paused": "paused",
  "enrollment.resumed": "resumed",
  "enrollment.failed": "failed",
  "enrollment.finished": "completed",
  "enrollment.removed": "removed",
  "message.replied": "replied",
} as const;

export const FEED_TYPES = Object.keys(WORDS);

/** To the second, and with only the keys that apply, as Apollo prints it. */
export function presentFeedEvent(event: FeedEvent) {
  const { step_position: step, reason, message_id: message } = event.data;
  return {
    type: WORDS[event.type as keyof typeof WORDS],
    occurred_at: event.occurredAt.toString({ smallestUnit: "second" }),
    ...(event.sequenceId !== null && { sequence_id: event.sequenceId }),
    ...(event.sequenceName !== null && { sequence_name: event.sequenceName }),
    ...(typeof step === "number" && { step_position: step }),
    ...(typeof reason === "string" && { reason }),
    ...(typeof message === "string" && { emailer_message_id: message }),
  };
}
