// An OpenTelemetry collector: a real HTTP server that keeps the spans it is sent, and answers what the test says.

import { createServer, type IncomingHttpHeaders } from "node:http";
import type { TraceSettings } from "../trace-settings.ts";

type Value = { stringValue?: string; intValue?: string; doubleValue?: number; boolValue?: boolean };

export type CollectedSpan = {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: { key: string; value: Value }[];
  status?: { code: number; message: string };
};

type Scope = { scopeSpans: { spans: CollectedSpan[] }[] };

export async function openCollector() {
  const texts: string[] = [];
  const headers: IncomingHttpHeaders[] = [];
  /** What is answered next; 200 once they are used up. */
  const answers: { status: number; headers?: Record<string, string> }[] = [];
  const spans: CollectedSpan[] = [];
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    headers.push(request.headers);
    const answer = answers.shift() ?? { status: 200 };
    if (answer.status === 200) {
      texts.push(text);
      const { resourceSpans } = JSON.parse(text) as { resourceSpans: Scope[] };
      for (const { scopeSpans } of resourceSpans) for (const one of scopeSpans) spans.push(...one.spans);
    }
    response.writeHead(answer.status, { "content-type": "application/json", ...answer.headers }).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  const settings: TraceSettings = {
    url: `http://127.0.0.1:${port}/v1/traces`,
    host: "127.0.0.1",
    port,
    headers: { "api-key": "secret of the collector" },
    resource: { "service.name": "cadenza" },
    sampler: { ratio: 1, followsCaller: true },
  };
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${port}`, settings, spans, texts, headers, answers, close };
}

/** The attributes of a span, each as its value. */
export function attributesOf(span: CollectedSpan | undefined) {
  return Object.fromEntries(
    (span?.attributes ?? []).map(({ key, value }) => [
      key,
      value.stringValue ?? value.boolValue ?? value.doubleValue ?? Number(value.intValue),
    ]),
  );
}
