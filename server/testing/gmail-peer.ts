// The Gmail API as a mailbox uses it, written from its published reference (REST v1: users.drafts, users.messages, users.threads,
// users.history, users.getProfile). Every call can be told to fail, before or after it had its effect.

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { GmailBox, type GmailMessage, headersOf } from "./gmail-box.ts";

export const GMAIL_CALLS = [
  ...(["drafts", "create", "draft", "send", "remove", "messages", "metadata", "raw", "thread"] as const),
  ...(["history", "profile"] as const),
];
export type GmailCall = (typeof GMAIL_CALLS)[number];

/** How a call goes wrong. `lost`: it did what was asked, and its answer never arrived. */
export type GmailFault =
  | "hang up"
  | "lost"
  | "nonsense"
  /** It did what was asked, and says that it failed. */
  | "failed after"
  /** It does what is asked, after a while. */
  | "slow"
  | { status: number; reason?: string; message?: string; headers?: Record<string, string> };

type Answer = { status: number; body?: unknown };

const SLOW_MS = 1_500;
const LARGEST_JSON = 10 * 1024 * 1024;

/** `emailOf`: whom a token belongs to; null where it is not good any more. */
export async function openGmailPeer(emailOf: (token: string) => string | null) {
  const boxes = new Map<string, GmailBox>();
  /** Each is met once, by the mailbox that it is of, or by the mailbox that asks first. */
  const faults: { at: GmailCall; how: GmailFault; of?: string }[] = [];
  const asked: GmailCall[] = [];
  /** Messages that cannot be read whole, however often they are asked for. */
  const broken = new Set<string>();
  /** What Google's clock shows, which tests may move. */
  const clock = { now: () => Date.now() };

  const boxOf = (email: string) => {
    const box = boxes.get(email.toLowerCase()) ?? new GmailBox();
    boxes.set(email.toLowerCase(), box);
    return box;
  };

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const url = new URL(request.url ?? "/", `http://${request.headers.host}`);
    const call = callOf(request.method ?? "GET", url);
    asked.push(call);
    const email = emailOf((request.headers.authorization ?? "").replace(/^Bearer /, ""));
    const at = faults.findIndex((fault) => fault.at === call && (fault.of ?? email) === email);
    const fault = at === -1 ? null : faults.splice(at, 1)[0]?.how;
    if (fault === "hang up") return void request.socket.destroy();
    if (typeof fault === "object" && fault) {
      const { status, reason, message, headers } = fault;
      return say(response, refusal(status, reason, message), headers);
    }
    const asks = { body, type: request.headers["content-type"] ?? "", url };
    const done = email === null ? refusal(401, "authError") : act(boxOf(email), call, asks);
    if (fault === "slow") await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
    if (fault === "lost") return void request.socket.destroy();
    if (fault === "nonsense")
      return void response.writeHead(200, { "content-type": "text/html" }).end("<p>Sorry");
    if (fault === "failed after") return say(response, refusal(500, "backendError"));
    return say(response, done);
  }

  type Asks = { body: Buffer; type: string; url: URL };

  function act(box: GmailBox, call: GmailCall, { body, type, url }: Asks): Answer {
    const { pathname, searchParams: query } = url;
    const id = decodeURIComponent(pathname.split("/").at(-1) ?? "");
    switch (call) {
      case "profile":
        return ok({ emailAddress: "me", historyId: String(box.historyId) });
      case "create":
        return created(box, body, type);
      case "send": {
        const sent = box.send(String(JSON.parse(body.toString()).id), clock.now());
        return sent ? ok(bare(sent)) : refusal(404, "notFound");
      }
      case "remove":
        return box.remove(id) ? { status: 204 } : refusal(404, "notFound");
      case "draft": {
        const message = box.messages.get(box.drafts.get(id) ?? "");
        return message ? ok({ id, message: bare(message) }) : refusal(404, "notFound");
      }
      case "drafts": {
        const found = new Set(box.under("DRAFT", query.get("q") ?? "").map((one) => one.id));
        const rows = [...box.drafts].filter(([, messageId]) => found.has(messageId));
        const drafts = rows.map(([draftId, messageId]) => ({
          id: draftId,
          message: { id: messageId, threadId: box.messages.get(messageId)?.threadId },
        }));
        return ok({ ...(drafts.length > 0 && { drafts }), resultSizeEstimate: drafts.length });
      }
      case "messages":
        return listed(box, query);
      case "history":
        return changes(box, query);
      case "thread": {
        const messages = [...box.messages.values()].filter(({ threadId }) => threadId === id);
        if (messages.length === 0) return refusal(404, "notFound");
        return ok({ id, messages: messages.map((one) => shown(one, query.getAll("metadataHeaders"))) });
      }
      default: {
        const message = box.messages.get(id);
        if (!message) return refusal(404, "notFound");
        if (call === "metadata") return ok(shown(message, query.getAll("metadataHeaders")));
        if (broken.has(id)) return refusal(500, "backendError");
        return ok({ ...bare(message), raw: message.raw.toString("base64url") });
      }
    }
  }

  function created(box: GmailBox, body: Buffer, type: string): Answer {
    if (type.startsWith("application/json") && body.length > LARGEST_JSON)
      return refusal(413, "uploadTooLarge");
    const { raw, threadId } = type.startsWith("multipart/related") ? inParts(body, type) : inJson(body);
    if (!raw || !/^to: *\S/im.test(raw.toString("latin1")))
      return refusal(400, "invalidArgument", "Recipient address required");
    if (threadId && ![...box.messages.values()].some((one) => one.threadId === threadId))
      return refusal(404, "notFound");
    const { id, message } = box.draft(raw, threadId, clock.now());
    return ok({ id, message: bare(message) });
  }

  function listed(box: GmailBox, query: URLSearchParams): Answer {
    const label = query.get("labelIds");
    const all = box
      .under(label, query.get("q") ?? "")
      .filter(({ labelIds }) => query.get("includeSpamTrash") === "true" || !labelIds.includes("SPAM"));
    const from = Number(query.get("pageToken") ?? 0);
    const to = from + Number(query.get("maxResults") ?? 100);
    const messages = all.slice(from, to).map(({ id, threadId }) => ({ id, threadId }));
    return ok({
      ...(messages.length > 0 && { messages }),
      ...(to < all.length && { nextPageToken: String(to) }),
      resultSizeEstimate: all.length,
    });
  }

  function changes(box: GmailBox, query: URLSearchParams): Answer {
    const all = box.since(Number(query.get("startHistoryId")), query.get("labelId") ?? "");
    if (!all) return refusal(404, "notFound");
    const from = Number(query.get("pageToken") ?? 0);
    const to = from + Number(query.get("maxResults") ?? 100);
    const types = query.getAll("historyTypes");
    const history = all.slice(from, to).flatMap(({ historyId, messageId, labelIds, isMove }) => {
      const message = { id: messageId, threadId: box.messages.get(messageId)?.threadId };
      const isWanted = types.includes(isMove ? "labelAdded" : "messageAdded");
      const change = isMove ? { labelsAdded: [{ message, labelIds }] } : { messagesAdded: [{ message }] };
      return isWanted ? [{ id: String(historyId), messages: [message], ...change }] : [];
    });
    return ok({
      ...(history.length > 0 && { history }),
      ...(to < all.length && { nextPageToken: String(to) }),
      historyId: String(box.historyId),
    });
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
    /** Brings an email to the mailbox, under a label. */
    deliver: (email: string, raw: Buffer, label = "INBOX", threadId?: string) =>
      boxOf(email).add(raw, [label, "UNREAD"], clock.now(), threadId),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function callOf(method: string, { pathname, searchParams }: URL): GmailCall {
  const path = pathname.replace(/^(?:\/upload)?\/gmail\/v1\/users\/me\//, "");
  if (method === "DELETE") return "remove";
  if (method === "POST") return path === "drafts/send" ? "send" : "create";
  if (path === "profile" || path === "history" || path === "drafts" || path === "messages") return path;
  if (path.startsWith("drafts/")) return "draft";
  if (path.startsWith("threads/")) return "thread";
  return searchParams.get("format") === "raw" ? "raw" : "metadata";
}

type Given = { raw: Buffer | null; threadId: string | undefined };

function inJson(body: Buffer): Given {
  const { message } = JSON.parse(body.toString()) as { message: { raw?: string; threadId?: string } };
  return { raw: message.raw ? Buffer.from(message.raw, "base64url") : null, threadId: message.threadId };
}

function inParts(body: Buffer, type: string): Given {
  const boundary = /boundary=(\S+)/.exec(type)?.[1] ?? "";
  const [, about = "", mail = ""] = body.toString("latin1").split(`--${boundary}`);
  const contentOf = (part: string) => part.slice(part.indexOf("\r\n\r\n") + 4, -2);
  if (!/content-type: message\/rfc822/i.test(mail)) return { raw: null, threadId: undefined };
  const { message } = JSON.parse(contentOf(about)) as { message: { threadId?: string } };
  return { raw: Buffer.from(contentOf(mail), "latin1"), threadId: message.threadId };
}

function bare({ id, threadId, labelIds, at, raw }: GmailMessage) {
  return { id, threadId, labelIds, internalDate: String(at), sizeEstimate: raw.length };
}

function shown(message: GmailMessage, names: readonly string[]) {
  const wanted = names.map((name) => name.toLowerCase());
  const headers = headersOf(message.raw).filter(
    ({ name }) => wanted.length === 0 || wanted.includes(name.toLowerCase()),
  );
  return { ...bare(message), payload: { mimeType: "text/plain", headers } };
}

const ok = (body: unknown): Answer => ({ status: 200, body });

function refusal(code: number, reason = "backendError", message = `Refused as ${reason}.`): Answer {
  return {
    status: code,
    body: { error: { code, message, errors: [{ message, domain: "global", reason }] } },
  };
}

function say(response: ServerResponse, { status, body }: Answer, headers: Record<string, string> = {}) {
  response
    .writeHead(status, { "content-type": "application/json; charset=UTF-8", ...headers })
    .end(body === undefined ? undefined : JSON.stringify(body));
}
