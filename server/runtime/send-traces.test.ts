import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { NO_METRICS } from "../kernel/metrics.ts";
import { newTrace, traceFrom, traceOfEmail, traceparentOf } from "../kernel/traces.ts";
import { openOutgoing } from "../outgoing/door.ts";
import { attributesOf, openCollector } from "../testing/collector.ts";
import { allow } from "../testing/loopback.ts";
import { until } from "../testing/sending.ts";
import { openTraces } from "./send-traces.ts";

type Given = { ratio?: number; followsCaller?: boolean; url?: string };

async function opened(t: TestContext, { ratio = 1, followsCaller = true, url }: Given = {}) {
  const collector = await openCollector();
  t.after(collector.close);
  const said: string[] = [];
  const counted = { sent: 0, dropped: 0 };
  const outgoing = openOutgoing({
    allowed: allow("127.0.0.0/8"),
    ownDatabase: [{ host: "/nowhere", port: 9 }],
  });
  const metrics = {
    ...NO_METRICS,
    count: (_name: string, { outcome }: Record<string, string>, by = 1) => {
      counted[outcome as keyof typeof counted] += by;
    },
  };
  const say = (_facts: object, message: string) => void said.push(message);
  const settings = { ...collector.settings, ...(url && { url }), sampler: { ratio, followsCaller } };
  const traces = openTraces(settings, { outgoing, metrics: () => metrics, log: { warn: say, info: say } });
  t.after(traces.stop);
  return { collector, traces, said, counted };
}

const span = (name: string, trace = newTrace()) => ({
  ...trace,
  name,
  kind: "internal" as const,
  from: performance.now() - 5,
  until: performance.now(),
  attributes: { text: "one", whole: 2, part: 0.5, yes: true, none: null },
});

test("a span is sent as OTLP has it, with the headers of the operator", async (t) => {
  const { collector, traces, counted } = await opened(t);
  const before = BigInt(Math.round(performance.timeOrigin)) * 1_000_000n;
  traces.tell({ ...span("first"), failed: "refused" });
  await until(async () => collector.spans.length === 1);
  const [first] = collector.spans;
  assert.match(`${first?.traceId} ${first?.spanId}`, /^[0-9a-f]{32} [0-9a-f]{16}$/);
  assert.deepEqual([first?.name, first?.kind, first?.status], ["first", 1, { code: 2, message: "refused" }]);
  assert.deepEqual(attributesOf(first), { text: "one", whole: 2, part: 0.5, yes: true });
  const [from = 0n, to = 0n] = [first?.startTimeUnixNano, first?.endTimeUnixNano].map((at) =>
    BigInt(at ?? 0),
  );
  assert.ok(from > before && to > from, `${from} ${to}`);
  assert.equal(collector.headers[0]?.["api-key"], "secret of the collector");
  await until(async () => counted.sent === 1);
  assert.equal(counted.dropped, 0);
});

test("what a busy collector refuses is sent again, and told once", async (t) => {
  const { collector, traces, said, counted } = await opened(t);
  collector.answers.push(
    { status: 503, headers: { "retry-after": "0" } },
    { status: 429, headers: { "retry-after": "0" } },
  );
  traces.tell(span("late"));
  await until(async () => counted.sent === 1);
  assert.deepEqual(
    collector.spans.map(({ name }) => name),
    ["late"],
  );
  assert.deepEqual(said, [
    "traces could not be sent; they are tried again, then dropped",
    "traces are sent again",
  ]);
});

test("what a collector does not take for good is dropped at once, and counted", async (t) => {
  const { collector, traces, counted } = await opened(t);
  collector.answers.push({ status: 400 });
  traces.tell(span("malformed"));
  await until(async () => counted.dropped === 1);
  traces.tell(span("next"));
  await until(async () => collector.spans.length === 1);
  assert.equal(collector.headers.length, 2);
});

test("where no collector answers, spans beyond the queue are dropped, and stopping does not wait", async (t) => {
  const { traces, said, counted } = await opened(t, { url: "http://127.0.0.1:9/v1/traces" });
  for (let n = 0; n < 3_000; n++) traces.tell(span(`${n}`));
  assert.equal(counted.dropped, 3_000 - 2_048);
  await until(async () => said.length === 1);
  await traces.stop();
  assert.equal(said.length, 1);
});

test("of a share of traces each process takes the same ones, and a caller that names its trace decides for it", async (t) => {
  const { traces } = await opened(t, { ratio: 0.25 });
  const { traces: second } = await opened(t, { ratio: 0.25 });
  const all = Array.from({ length: 400 }, (_, n) => traceOfEmail("64f0aa000000000000000001", `message ${n}`));
  const taken = all.filter(traces.samples);
  assert.deepEqual(taken, all.filter(second.samples));
  assert.ok(taken.length > 50 && taken.length < 150, `${taken.length} of 400`);
  const [left = newTrace()] = all.filter((one) => !traces.samples(one));
  assert.ok(traces.samples(traceFrom(traceparentOf(left, "00f067aa0ba902b7", true))));
  const { traces: own } = await opened(t, { ratio: 1, followsCaller: false });
  assert.ok(own.samples(traceFrom(traceparentOf(left, "00f067aa0ba902b7", false))));
});

test("a header that names no trace begins a new one", () => {
  const good = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  assert.deepEqual(traceFrom(good), {
    traceId: "4bf92f3577b34da6a3ce929d0e0e4736",
    parentId: "00f067aa0ba902b7",
    isSampled: true,
  });
  for (const bad of [
    undefined,
    "",
    "00-xyz",
    good.toUpperCase(),
    `00-${"0".repeat(32)}-00f067aa0ba902b7-01`,
  ]) {
    const { traceId, parentId, isSampled } = traceFrom(bad);
    assert.match(traceId, /^[0-9a-f]{32}$/);
    assert.deepEqual([parentId, isSampled], [null, undefined]);
    assert.notEqual(traceId, "4bf92f3577b34da6a3ce929d0e0e4736");
  }
});
