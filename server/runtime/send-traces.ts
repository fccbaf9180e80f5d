// Sends spans to an OpenTelemetry collector, as OTLP in JSON over HTTP. What is sent and how it fails never waits on a caller: spans stand
// in a queue with an end, and what does not fit or is not taken in time is dropped and counted.

import { setTimeout as sleep } from "node:timers/promises";
import { epochNanosecondsAt } from "../clock.ts";
import type { Metrics } from "../kernel/metrics.ts";
import { newSpanId, type Span, type Trace, type Traces } from "../kernel/traces.ts";
import { VERSION } from "../kernel/version.ts";
import type { FetchResult, Outgoing } from "../outgoing/door.ts";
import type { TraceSettings } from "../trace-settings.ts";

type Means = {
  outgoing: Outgoing;
  metrics: () => Metrics;
  log: { warn(facts: object, message: string): void; info(facts: object, message: string): void };
};

const MOST_WAITING = 2_048;
const MOST_AT_ONCE = 512;
const EVERY_MS = 2_000;
const LONGEST_WAIT_MS = 30_000;
const MOST_TRIES = 5;
const STOP_GRACE_MS = 2_000;
const PASSING = new Set([429, 502, 503, 504]);

const KINDS = { internal: 1, server: 2, client: 3, producer: 4, consumer: 5 } as const;
const FAILED = 2;

export function openTraces(
  { url, host, headers, resource, sampler }: TraceSettings,
  { outgoing, metrics, log }: Means,
): Traces & { stop(): Promise<void> } {
  const waiting: object[] = [];
  const stopping = new AbortController();
  let isFailing = false;
  const counted = (outcome: "sent" | "dropped", spans: number) =>
    metrics().count("cadenza_trace_spans_total", { outcome }, spans);

  const post = (spans: readonly object[]): Promise<FetchResult> =>
    outgoing.fetch({
      method: "POST",
      url,
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify({
        resourceSpans: [{ resource: attributesOf(resource), scopeSpans: [scope(spans)] }],
      }),
      longestMs: 10_000,
      answer: "traces",
    });

  async function send(spans: readonly object[]) {
    for (let tries = 1; ; tries++) {
      const answer = await post(spans);
      const status = answer.kind === "answered" ? answer.status : null;
      if (status !== null && status >= 200 && status < 300) return tellTaken(spans.length);
      const mayPass = status === null || PASSING.has(status);
      const why = answer.kind === "answered" ? `status ${answer.status}` : answer.error;
      tellFailing(why);
      if (!mayPass || tries === MOST_TRIES || stopping.signal.aborted)
        return counted("dropped", spans.length);
      const asked = answer.kind === "answered" ? Number(answer.retryAfter) * 1_000 : Number.NaN;
      const restMs = Math.min(LONGEST_WAIT_MS, asked >= 0 ? asked : 1_000 * 2 ** (tries - 1));
      await sleep(restMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
  }

  function tellTaken(spans: number) {
    counted("sent", spans);
    if (isFailing) log.info({ host }, "traces are sent again");
    isFailing = false;
  }

  /** Once, not for each batch. */
  function tellFailing(why: string) {
    if (!isFailing) log.warn({ host, why }, "traces could not be sent; they are tried again, then dropped");
    isFailing = true;
  }

  async function sendWaiting() {
    while (waiting.length > 0) await send(waiting.splice(0, MOST_AT_ONCE));
  }

  const sending = (async () => {
    while (!stopping.signal.aborted) {
      await sleep(EVERY_MS, undefined, { signal: stopping.signal, ref: false }).catch(() => {});
      await sendWaiting();
    }
  })();

  const isSampled = ({ traceId, isSampled: asked }: Trace) =>
    sampler.followsCaller && asked !== undefined ? asked : shareOf(traceId) < sampler.ratio;

  return {
    isOn: true,
    samples: isSampled,
    tell(span) {
      if (!isSampled(span)) return;
      if (waiting.length >= MOST_WAITING) return counted("dropped", 1);
      waiting.push(encoded(span));
    },
    async stop() {
      stopping.abort();
      await Promise.race([sending, sleep(STOP_GRACE_MS, undefined, { ref: false })]);
    },
  };
}

/** Where the trace stands between 0 and 1: each process decides the same about it. */
function shareOf(traceId: string) {
  return Number.parseInt(traceId.slice(-13), 16) / 16 ** 13;
}

const scope = (spans: readonly object[]) => ({
  scope: { name: "cadenza", version: VERSION ?? "unknown" },
  spans,
});

function encoded({ traceId, spanId, parentId, name, kind, from, until, attributes, failed }: Span) {
  return {
    traceId,
    spanId: spanId ?? newSpanId(),
    ...(parentId && { parentSpanId: parentId }),
    name,
    kind: KINDS[kind],
    startTimeUnixNano: String(epochNanosecondsAt(from)),
    endTimeUnixNano: String(epochNanosecondsAt(until)),
    ...attributesOf(attributes),
    ...(failed && { status: { code: FAILED, message: failed } }),
  };
}

function attributesOf(given: Span["attributes"]) {
  return {
    attributes: Object.entries(given).flatMap(([key, value]) =>
      value === null || value === undefined ? [] : [{ key, value: otlpValue(value) }],
    ),
  };
}

function otlpValue(value: string | number | boolean) {
  if (typeof value === "boolean") return { boolValue: value };
  if (typeof value === "string") return { stringValue: value };
  return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
}
