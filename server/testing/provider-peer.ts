// A provider of facts on loopback that does what a test tells it, decent or not, and remembers what it was asked.

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

type PeerRequest = {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage["headers"];
  body: Record<string, unknown>;
};

export type Answering = (asked: PeerRequest, response: ServerResponse) => void;

export type ProviderPeer = {
  url: string;
  asked: PeerRequest[];
  /** May be changed between two calls. */
  answer: Answering;
  close(): Promise<void>;
};

/** Answers with this, as JSON. */
export function json(value: unknown, status = 200, headers: Record<string, string> = {}): Answering {
  return (_asked, response) =>
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(value));
}

export async function openProvider(answer: Answering = json({})): Promise<ProviderPeer> {
  const peer = { asked: [], answer } as unknown as ProviderPeer;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    response.on("error", () => {});
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { pathname, searchParams } = new URL(request.url ?? "/", "http://peer");
      const text = Buffer.concat(chunks).toString();
      const asked = {
        method: request.method ?? "",
        path: pathname,
        query: searchParams,
        headers: request.headers,
        body: text === "" ? {} : (JSON.parse(text) as Record<string, unknown>),
      };
      peer.asked.push(asked);
      peer.answer(asked, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  peer.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  peer.close = () =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return peer;
}
