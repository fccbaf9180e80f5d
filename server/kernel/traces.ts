// Spans of what Cadenza does, as OpenTelemetry has them. Ids of an email's trace are worked out from the email: so every process, and the
// same one after a restart, adds to one trace of its whole life. Attributes are ids, codes and counts, never an address or a text.

import { createHash, randomBytes } from "node:crypto";

export type Trace = { traceId: string; parentId: string | null; isSampled?: boolean };

type AttributeValue = string | number | boolean;

export type Span = Trace & {
  spanId?: string;
  name: string;
  kind: "internal" | "server" | "client" | "producer" | "consumer";
  /** By performance.now(). */
  from: number;
  until: number;
  attributes: Readonly<Record<string, AttributeValue | null | undefined>>;
  /** Why it failed, as a code. */
  failed?: string | null;
};

/** What code that does something is handed to tell of it. */
export type Traces = {
  /** Off: nothing is put together. */
  isOn: boolean;
  /** Whether spans of the trace are sent. */
  samples(trace: Trace): boolean;
  tell(span: Span): void;
};

/** Where nobody asks for traces. */
export const NO_TRACES: Traces = { isOn: false, samples: () => false, tell() {} };

const digest = (words: readonly string[]) => createHash("sha256").update(words.join(" ")).digest("hex");

/** All that happens to one email. `rootId` is its first span, under which the others stand. */
export function traceOfEmail(teamId: string, messageId: string): Trace & { rootId: string } {
  const hex = digest(["email", teamId, messageId]);
  const rootId = hex.slice(32, 48);
  return { traceId: hex.slice(0, 32), parentId: rootId, rootId };
}

/** What happens because of one event. */
export function traceOfEvent(teamId: string, eventId: string): Trace {
  return { traceId: digest(["event", teamId, eventId]).slice(0, 32), parentId: null };
}

export function newTrace(): Trace {
  return { traceId: randomBytes(16).toString("hex"), parentId: null };
}

const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})/;

/** The trace that the caller names in its header. A new one if the header is missing or malformed. */
export function traceFrom(traceparent: string | undefined): Trace {
  const [, traceId = "", parentId = "", flags = "00"] = TRACEPARENT.exec(traceparent ?? "") ?? [];
  if (/^0*$/.test(traceId) || /^0*$/.test(parentId)) return newTrace();
  return { traceId, parentId, isSampled: (Number.parseInt(flags, 16) & 1) === 1 };
}

export const newSpanId = () => randomBytes(8).toString("hex");

export function traceparentOf({ traceId }: Trace, spanId: string, isSampled: boolean) {
  return `00-${traceId}-${spanId}-${isSampled ? "01" : "00"}`;
}

/** A background job. */
export async function traceJob(traces: Traces, queue: string, run: () => Promise<void>) {
  if (!traces.isOn) return run();
  const from = performance.now();
  let failed: string | null = "failed";
  try {
    await run();
    failed = null;
  } finally {
    const span = { name: `job ${queue}`, kind: "internal", attributes: {}, failed } as const;
    traces.tell({ ...newTrace(), ...span, from, until: performance.now() });
  }
}
