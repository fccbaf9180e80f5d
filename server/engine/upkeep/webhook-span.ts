// The call of a webhook as a span: in the trace of the email that the event is about, where it is about one. Its receiver is named the span.

import type { EventRow } from "../../features/events/events/store.ts";
import { newSpanId, type Traces, traceOfEmail, traceOfEvent, traceparentOf } from "../../kernel/traces.ts";
import type { CallOutcome } from "../../outgoing/door.ts";

export function webhookSpan(traces: Traces, teamId: string, event: EventRow, subscriptionId: string) {
  if (!traces.isOn) return null;
  const { subjectType, subjectId } = event;
  const isOfEmail = subjectType === "message" && subjectId !== null;
  const { traceId, parentId } = isOfEmail ? traceOfEmail(teamId, subjectId) : traceOfEvent(teamId, event.id);
  const trace = { traceId, parentId };
  const spanId = newSpanId();
  const from = performance.now();
  return {
    headers: { traceparent: traceparentOf(trace, spanId, traces.samples(trace)) },
    tell(outcome: CallOutcome) {
      const status = outcome.kind === "answered" ? outcome.status : null;
      const error = outcome.kind === "failed" ? outcome.error : null;
      traces.tell({
        ...trace,
        spanId,
        name: `webhook ${event.type}`,
        kind: "producer",
        from,
        until: performance.now(),
        attributes: {
          "cadenza.team_id": teamId,
          "cadenza.event_id": event.id,
          "cadenza.webhook_id": subscriptionId,
          "http.response.status_code": status,
        },
        failed: error ?? (status !== null && status >= 400 ? String(status) : null),
      });
    },
  };
}
