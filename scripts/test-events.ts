// Given to `node --test-reporter`: writes what happens in a test file as one JSON object a line, for run-tests.ts.

import { relative } from "node:path";
import type { TestEvent } from "node:test/reporters";
import { inspect } from "node:util";

export type TestLine =
  | { kind: "started"; name: string; depth: number }
  | { kind: "passed"; name: string }
  | { kind: "skipped"; name: string; why: string }
  | { kind: "failed"; name: string; where: string; error: string }
  | { kind: "ended"; name: string; tookMs: number };

export default async function* report(events: AsyncIterable<TestEvent>) {
  const path: string[] = []; // the suites and tests around the one at hand
  for await (const event of events) {
    if (event.type !== "test:dequeue" && event.type !== "test:pass" && event.type !== "test:fail") continue;
    const { name, nesting } = event.data;
    path.length = nesting;
    path[nesting] = name;
    const line = toLine(event, path.join(" > "));
    if (line) yield `${JSON.stringify(line)}\n`;
    if (nesting === 0 && event.type !== "test:dequeue") {
      const ended: TestLine = { kind: "ended", name, tookMs: Math.round(event.data.details.duration_ms) };
      yield `${JSON.stringify(ended)}\n`;
    }
  }
}

type Reported = Extract<TestEvent, { type: "test:dequeue" | "test:pass" | "test:fail" }>;

function toLine(event: Reported, name: string): TestLine | null {
  if (event.type === "test:dequeue") return { kind: "started", name, depth: event.data.nesting };
  const { data } = event;
  // "skip" and "todo" may be `true` or a reason; a todo that passes is still one.
  if (data.skip !== undefined || data.todo !== undefined) {
    return {
      kind: "skipped",
      name,
      why: [data.skip, data.todo].find((it) => typeof it === "string") ?? "no reason given",
    };
  }
  if (event.type === "test:pass") return data.details.type === "suite" ? null : { kind: "passed", name };
  const error = event.data.details.error as Error & { failureType?: string; cause?: unknown };
  if (error.failureType === "subtestsFailed") return null; // those that failed in it have been told
  const where = data.file ? `${relative(process.cwd(), data.file)}:${data.line ?? 1}` : "";
  return { kind: "failed", name, where, error: inspect(error.cause ?? error, { depth: 8 }) };
}
