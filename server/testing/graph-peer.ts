// Microsoft Graph as a mailbox uses it, written from its published reference: drafts from MIME, sending them, what is in a folder,
// what is new in it (delta), and each message as MIME. Every call can be told to fail, before or after it had its effect.

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { GraphBox, type GraphMessage } from "./graph-box.ts";

export type GraphCall = "find" | "create" | "state" | "send" | "remove" | "delta" | "value" | "inbox";

/** How a call goes wrong. `lost`: it did what was asked, and its answer never arrived. */
export type GraphFault =
  | "hang up"
  | "lost"
  | "nonsense"
  /** It did what was asked, and says that it failed. */
  | "failed after"
  | { status: number; code?: string; headers?: Record<string, string> };

type Answer = { status: number; body?: unknown; raw?: Buffer };

const LARGEST_REQUEST = 4 * 1024 * 1024;

/** `emailOf`: whom a token belongs to; null where it is not good any more. */
export async function openGraphPeer(emailOf: (token: string) => string | null) {
  const boxes = new Map<string, GraphBox>();
  /** Each is met once, by the mailbox that it is of, or by the mailbox that asks first. */
  const faults: { at: GraphCall; how: GraphFault; of?: string }[] = [];
  const asked: GraphCall[] = [];
  /** Messages that cannot be read as MIME, however often they are asked for. */
  const broken = new Set<string>();
  /** What Exchange's clock shows, which tests may move. */
  const clock = { now: () => new Date().toISOString() };

  const boxOf = (email: string) => {
    const box = boxes.get(email.toLowerCase()) ?? new GraphBox();
    boxes.set(email.toLowerCase(), box);
    return box;
  };

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? "/", `http://${request.headers.host}`);
    const call = callOf(request.method ?? "GET", url);
    asked.push(call);
    const email = emailOf((request.headers.authorization ?? "").replace(/^Bearer /, ""));
    const at = faults.findIndex((fault) => fault.at === call && (fault.of ?? email) === email);
    const fault = at === -1 ? null : faults.splice(at, 1)[0]?.how;
    if (fault === "hang up") return void request.socket.destroy();
    if (typeof fault === "object" && fault)
      return say(response, refusal(fault.status, fault.code), fault.headers);
    const done =
      email === null ? refusal(401, "InvalidAuthenticationToken") : act(boxOf(email), call, request, url);
    if (fault === "lost") return void request.socket.destroy();
    if (fault === "nonsense")
      return void response.writeHead(200, { "content-type": "text/html" }).end("<p>Sorry");
    if (fault === "failed after") return say(response, refusal(500, "ErrorInternalServerError"));
    return say(response, done);

    function act(
      box: GraphBox,
      what: GraphCall,
      { headers }: IncomingMessage,
      { pathname, searchParams }: URL,
    ): Answer {
      if (!String(headers.prefer).includes('IdType="ImmutableId"')) return refusal(400, "ids would change");
      if (what === "inbox") return { status: 200, body: { id: "inbox" } };
      if (what === "create") return create(box, Buffer.concat(chunks), headers["content-type"] ?? "");
      if (what === "find") return found(box, pathname, searchParams);
      if (what === "delta")
        return changed(box, url, Number(/maxpagesize=(\d+)/.exec(String(headers.prefer))?.[1] ?? 10));
      const id = decodeURIComponent(/\/messages\/([^/]+)/.exec(pathname)?.[1] ?? "");
      const message = box.messages.get(id);
      if (!message) return refusal(404, "ErrorItemNotFound");
      if (what === "value" && broken.has(id)) return refusal(500, "ErrorInternalServerError");
      if (what === "value") return { status: 200, raw: message.raw };
      if (what === "remove") box.messages.delete(id);
      if (what === "send") box.send(message, clock.now());
      if (what === "state") return { status: 200, body: shown(message) };
      return { status: what === "send" ? 202 : 204 };
    }
  }

  function create(box: GraphBox, body: Buffer, type: string): Answer {
    if (!type.startsWith("text/plain")) return refusal(400, "RequestBodyRead");
    if (body.length > LARGEST_REQUEST) return refusal(413, "RequestEntityTooLarge");
    const raw = Buffer.from(body.toString("latin1"), "base64");
    if (!/^message-id:/im.test(raw.toString("latin1"))) return refusal(400, "ErrorMimeContentInvalid");
    const draft = box.add(raw, { folder: "drafts", isDraft: true, at: clock.now() });
    return { status: 201, body: shown(draft) };
  }

  function found(box: GraphBox, pathname: string, searchParams: URLSearchParams): Answer {
    const folder = /mailFolders\/(\w+)\//.exec(pathname)?.[1] ?? "";
    const filter = searchParams.get("$filter") ?? "";
    const id = /internetMessageId eq '([^']+)'/.exec(filter)?.[1] ?? null;
    const since = /sentDateTime ge (\S+)/.exec(filter)?.[1] ?? "";
    const rows = box.in(folder, id).filter(({ at }) => since === "" || Date.parse(at) >= Date.parse(since));
    return { status: 200, body: { value: rows.map(shown) } };
  }

  function changed(box: GraphBox, url: URL, most: number): Answer {
    const folder = /mailFolders\/(\w+)\//.exec(url.pathname)?.[1] ?? "";
    const from = /receivedDateTime ge (\S+)/.exec(url.searchParams.get("$filter") ?? "")?.[1] ?? "";
    const token = url.searchParams.get("$skiptoken") ?? url.searchParams.get("$deltatoken");
    const page = box.pageAfter(folder, token, { from, most });
    if (!page) return refusal(410, "syncStateNotFound");
    const link = `${url.origin}${url.pathname}?${page.isLast ? "$deltatoken" : "$skiptoken"}=${page.token}`;
    const value = page.messages.map(({ id, at }) => ({ id, receivedDateTime: at }));
    return { status: 200, body: { value, [page.isLast ? "@odata.deltaLink" : "@odata.nextLink"]: link } };
  }

  const server = createServer(
    (request, response) => void answer(request, response).catch(() => response.destroy()),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    boxOf,
    faults,
    asked,
    broken,
    clock,
    /** Brings an email to a folder of the mailbox. */
    deliver: (email: string, raw: Buffer, folder = "inbox") =>
      boxOf(email).add(raw, { folder, isDraft: false, at: clock.now() }),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function callOf(method: string, { pathname }: URL): GraphCall {
  if (method === "DELETE") return "remove";
  if (method === "POST") return pathname.endsWith("/send") ? "send" : "create";
  if (pathname.endsWith("/delta")) return "delta";
  if (pathname.endsWith("/$value")) return "value";
  if (pathname.endsWith("/mailFolders/inbox")) return "inbox";
  return pathname.includes("/mailFolders/") ? "find" : "state";
}

function shown({ id, isDraft, internetMessageId, to, at, raw }: GraphMessage) {
  const toRecipients = to.map((address) => ({ emailAddress: { name: address, address } }));
  const head = raw.toString("latin1").split(/\r?\n\r?\n/, 1)[0] ?? "";
  const internetMessageHeaders = head.split(/\r?\n(?![ \t])/).map((line) => {
    const [name = "", ...rest] = line.split(":");
    return { name, value: rest.join(":").trim() };
  });
  return { id, isDraft, internetMessageId, toRecipients, sentDateTime: at, internetMessageHeaders };
}

function refusal(status: number, code = "generalException"): Answer {
  return { status, body: { error: { code, message: `Refused as ${code}.` } } };
}

function say(response: ServerResponse, { status, body, raw }: Answer, headers: Record<string, string> = {}) {
  const type = raw ? "text/plain" : "application/json";
  response
    .writeHead(status, { "content-type": type, ...headers })
    .end(raw ?? (body === undefined ? undefined : JSON.stringify(body)));
}
