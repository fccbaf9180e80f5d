// A real HTTP server that webhooks are sent to. It keeps what it was sent, checks the signatures by its
// own reading of Standard Webhooks, and answers what the test says.

import { createHmac } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";
import type { TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { PATIENCE_MS } from "./patience.ts";

type ReceivedWebhook = {
  id: string;
  timestamp: string;
  signatures: string[];
  traceparent: string;
  text: string;
  body: { id: string; type: string; occurred_at: string; subject: { type: string; id: string } };
  atMs: number;
  replied: number;
};

/** Answers a status, or takes the response in hand. */
export type Answering = (received: ReceivedWebhook, response: ServerResponse) => number | undefined;

export async function openReceiver(t: TestContext, answering: Answering = () => 200) {
  const received: ReceivedWebhook[] = [];
  const receiver = { url: "", received, answering, waitFor, isSignedBy };
  const server = createServer(async (request, response) => {
    response.on("error", () => {});
    let text = "";
    for await (const chunk of request) text += chunk;
    const header = (name: string) => String(request.headers[name] ?? "");
    const entry: ReceivedWebhook = {
      id: header("webhook-id"),
      timestamp: header("webhook-timestamp"),
      signatures: header("webhook-signature").split(" "),
      traceparent: header("traceparent"),
      text,
      body: JSON.parse(text) as ReceivedWebhook["body"],
      atMs: Date.now(),
      replied: 0,
    };
    received.push(entry);
    const status = receiver.answering(entry, response);
    if (status === undefined) return;
    entry.replied = status;
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  receiver.url = `http://127.0.0.1:${(server.address() as { port: number }).port}/hook`;
  return receiver;

  async function waitFor(count: number) {
    for (const end = performance.now() + PATIENCE_MS; received.length < count; ) {
      if (performance.now() > end) throw new Error(`only ${received.length} of ${count} webhooks came`);
      await sleep(10);
    }
    return received;
  }
}

/** How many of its signatures were made with this secret. */
function isSignedBy({ id, timestamp, text, signatures }: ReceivedWebhook, secret: string) {
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const expected = createHmac("sha256", key).update(`${id}.${timestamp}.${text}`).digest("base64");
  return signatures.includes(`v1,${expected}`);
}
