// A span for each call that is answered. A caller that names its trace finds ours in it.

import type { FastifyInstance } from "fastify";
import { newSpanId, newTrace, type Trace, type Traces, traceFrom } from "../kernel/traces.ts";

type Call = { trace: Trace; spanId: string; from: number };

/** Those that are being answered, by the id of the request. */
const calls = new Map<string, Call>();

export function traceCalls(traces: Traces, server: FastifyInstance) {
  if (!traces.isOn) return;
  server.addHook("onRequest", (request, _reply, done) => {
    const trace = traceFrom([request.headers.traceparent].flat()[0]);
    calls.set(request.id, { trace, spanId: newSpanId(), from: performance.now() });
    done();
  });
  server.addHook("onResponse", async (request, reply) => {
    const call = calls.get(request.id);
    calls.delete(request.id);
    if (!call) return;
    const { url, config } = request.routeOptions;
    const operation = config?.scope ?? url ?? "unknown";
    const { statusCode } = reply;
    traces.tell({
      ...call.trace,
      spanId: call.spanId,
      name: `${request.method} ${operation}`,
      kind: "server",
      from: call.from,
      until: performance.now(),
      attributes: {
        "http.request.method": request.method,
        "http.route": url,
        "http.response.status_code": statusCode,
        "cadenza.request_id": request.id,
      },
      failed: statusCode >= 500 ? String(statusCode) : null,
    });
  });
}

/** A slow statement, as a part of the call that waits for it. */
export function tellStatement(
  traces: Traces,
  {
    request,
    statement,
    ms,
    teamId,
  }: { request?: string | null; statement: string; ms: number; teamId: string | null },
) {
  if (!traces.isOn) return;
  const call = calls.get(request ?? "");
  const until = performance.now();
  traces.tell({
    ...(call ? { ...call.trace, parentId: call.spanId } : newTrace()),
    name: "slow statement",
    kind: "client",
    from: until - ms,
    until,
    attributes: { "db.system.name": "postgresql", "db.query.text": statement, "cadenza.team_id": teamId },
  });
}
