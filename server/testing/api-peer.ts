// What the peers of providers' APIs share: an HTTP server on loopback, mailboxes by their addresses, and calls that can be told to
// fail, before or after they had their effect. Its calls and its words are each provider's own (gmail-peer.ts, graph-peer.ts).

import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** How a call goes wrong. */
export type ApiFault<Refused extends ApiRefusal = ApiRefusal> =
  | "hang up"
  /** It did what was asked, and its answer never arrived. */
  | "lost"
  | "nonsense"
  /** It did what was asked, and says that it failed. */
  | "failed after"
  /** It does what is asked, and answers after a while. */
  | "slow"
  /** It does what is asked after longer than anybody waits. */
  | "late"
  /** It never answers: having done nothing, or all of it. */
  | "silent"
  | "silent after"
  /** As "lost", and the mailbox does not keep the email that was sent: nobody can tell any more. */
  | "without a trace"
  | ApiNonsense
  | Refused;

export type ApiRefusal = { status: number; headers?: Record<string, string> };
/** An answer of any shape, whatever was asked. */
export type ApiNonsense = { says: string; status?: number; type?: string; isDone: boolean };

export type PeerAnswer = { status: number; body?: unknown; raw?: Buffer };
export type PeerAsked = { body: Buffer; headers: IncomingHttpHeaders; url: URL };

/** Handed over to its recipients. */
export type Delivered = {
  to: string[];
  messageId: string;
  /** The Message-ID that it had as a draft. */
  draftedAs: string;
  subject: string;
  raw: Buffer;
  /** By our clock. */
  at: string;
};

type Box = { delivered: Delivered[]; erase(email: Delivered): void };

type Api<Call extends string, Own extends Box, Refused extends ApiRefusal> = {
  newBox(): Own;
  callOf(method: string, url: URL): Call;
  act(box: Own, call: Call, asked: PeerAsked): PeerAnswer;
  /** The draft that a call is to send. */
  draftOf(box: Own, asked: PeerAsked): Buffer | null;
  refusal(refused: Refused): PeerAnswer;
  noSignIn: Refused;
  failure: Refused;
  jsonType: string;
};

/** What became of one call. */
export type PeerCall<Call, Refused extends ApiRefusal> = {
  call: Call;
  email: string | null;
  fault: ApiFault<Refused> | null;
  /** What it was to send, if it was. */
  draft: Buffer | null;
  isAnswered: boolean;
};

const SLOW_MS = 1_500;
const LATE_MS = 3_000;

export async function openApiPeer<Call extends string, Own extends Box, Refused extends ApiRefusal>(
  emailOf: (token: string) => string | null,
  api: Api<Call, Own, Refused>,
) {
  const boxes = new Map<string, Own>();
  /** Each is met once, by the mailbox that it is of, or by the mailbox that asks first. */
  const faults: { at: Call; how: ApiFault<Refused>; of?: string; whenMet?: () => void }[] = [];
  const asked: Call[] = [];

  const boxOf = (email: string) => {
    const box = boxes.get(email.toLowerCase()) ?? api.newBox();
    boxes.set(email.toLowerCase(), box);
    return box;
  };

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? "/", `http://${request.headers.host}`);
    const asks = { body: Buffer.concat(chunks), headers: request.headers, url };
    const call = api.callOf(request.method ?? "GET", url);
    asked.push(call);
    const email = emailOf((request.headers.authorization ?? "").replace(/^Bearer /, ""));
    const at = faults.findIndex((fault) => fault.at === call && (fault.of ?? email) === email);
    const [met] = at === -1 ? [] : faults.splice(at, 1);
    met?.whenMet?.();
    const fault = met?.how ?? peer.draw(call) ?? null;
    const draft = email === null ? null : api.draftOf(boxOf(email), asks);
    response.once("close", () =>
      peer.watch({ call, email, fault, draft, isAnswered: response.writableFinished }),
    );
    const act = () => (email === null ? api.refusal(api.noSignIn) : api.act(boxOf(email), call, asks));
    await meet(fault, act, { request, response, box: email === null ? null : boxOf(email) });
  }

  type Met = { request: IncomingMessage; response: ServerResponse; box: Own | null };

  async function meet(
    fault: ApiFault<Refused> | null,
    act: () => PeerAnswer,
    { request, response, box }: Met,
  ) {
    const say = (answered: PeerAnswer, headers?: Record<string, string>) =>
      sayTo(response, answered, { "content-type": api.jsonType, ...headers });
    switch (fault) {
      case null:
        return say(act());
      case "hang up":
        return void request.socket.destroy();
      case "silent":
        return;
      case "silent after":
        return void act();
      case "lost":
        act();
        return void request.socket.destroy();
      case "without a trace": {
        const sent = box?.delivered.length ?? 0;
        act();
        for (const email of box?.delivered.slice(sent) ?? []) box?.erase(email);
        return void request.socket.destroy();
      }
      case "nonsense":
        act();
        return void response.writeHead(200, { "content-type": "text/html" }).end("<p>Sorry");
      case "failed after":
        act();
        return say(api.refusal(api.failure));
      case "slow": {
        const done = act();
        await pause(SLOW_MS);
        return say(done);
      }
      case "late":
        await pause(LATE_MS);
        return say(act());
    }
    if (!isNonsense(fault)) return say(api.refusal(fault), fault.headers);
    if (fault.isDone) act();
    response.writeHead(fault.status ?? 200, { "content-type": fault.type ?? "text/html" }).end(fault.says);
  }

  const server = createServer((request, response) => {
    peer.underway += 1;
    response.on("error", () => {});
    answer(request, response)
      .catch(() => response.destroy())
      .finally(() => {
        peer.underway -= 1;
      });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const peer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    boxOf,
    boxes,
    faults,
    asked,
    /** Calls that may still have an effect. */
    underway: 0,
    /** How a call goes wrong for which nothing was planned. */
    draw: (_call: Call): ApiFault<Refused> | null => null,
    watch: (_what: PeerCall<Call, Refused>): void => {},
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return peer;
}

function isNonsense(fault: ApiFault): fault is ApiNonsense {
  return typeof fault === "object" && "says" in fault;
}

function pause(ms: number) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function sayTo(response: ServerResponse, { status, body, raw }: PeerAnswer, headers: Record<string, string>) {
  response
    .writeHead(status, raw ? { ...headers, "content-type": "text/plain" } : headers)
    .end(raw ?? (body === undefined ? undefined : JSON.stringify(body)));
}
