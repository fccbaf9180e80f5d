// The Gmail API as a mailbox uses it, written from its published reference (REST v1: users.drafts, users.messages, users.threads,
// users.history, users.getProfile). Every call can be told to fail, before or after it had its effect.

import { type ApiFault, openApiPeer, type PeerAnswer, type PeerAsked } from "./api-peer.ts";
import { GmailBox, type GmailMessage, headersOf } from "./gmail-box.ts";

export const GMAIL_CALLS = [
  ...(["drafts", "create", "draft", "send", "remove", "messages", "metadata", "raw", "thread"] as const),
  ...(["history", "profile"] as const),
];
export type GmailCall = (typeof GMAIL_CALLS)[number];

export type GmailRefusal = {
  status: number;
  reason?: string;
  message?: string;
  headers?: Record<string, string>;
};
export type GmailFault = ApiFault<GmailRefusal>;
export type GmailPeer = Awaited<ReturnType<typeof openGmailPeer>>;

const LARGEST_JSON = 10 * 1024 * 1024;

/** `emailOf`: whom a token belongs to; null where it is not good any more. */
export async function openGmailPeer(emailOf: (token: string) => string | null) {
  /** Messages that cannot be read whole, however often they are asked for. */
  const broken = new Set<string>();
  /** What Google's clock shows, which tests may move. */
  const clock = { now: () => Date.now() };

  function act(box: GmailBox, call: GmailCall, { body, headers, url }: PeerAsked): PeerAnswer {
    const { pathname, searchParams: query } = url;
    const id = decodeURIComponent(pathname.split("/").at(-1) ?? "");
    switch (call) {
      case "profile":
        return ok({ emailAddress: "me", historyId: String(box.historyId) });
      case "create":
        return created(box, body, headers["content-type"] ?? "");
      case "send": {
        const sent = box.send(draftIdIn(body), clock.now());
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

  function created(box: GmailBox, body: Buffer, type: string): PeerAnswer {
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

  function listed(box: GmailBox, query: URLSearchParams): PeerAnswer {
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

  function changes(box: GmailBox, query: URLSearchParams): PeerAnswer {
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

  const peer = await openApiPeer<GmailCall, GmailBox, GmailRefusal>(emailOf, {
    newBox: () => new GmailBox(),
    callOf,
    act,
    draftOf: (box, { body, url }) =>
      url.pathname.endsWith("/drafts/send")
        ? (box.messages.get(box.drafts.get(draftIdIn(body)) ?? "")?.raw ?? null)
        : null,
    refusal: ({ status, reason, message }) => refusal(status, reason, message),
    noSignIn: { status: 401, reason: "authError" },
    failure: { status: 500, reason: "backendError" },
    jsonType: "application/json; charset=UTF-8",
  });
  return Object.assign(peer, {
    broken,
    clock,
    /** Brings an email to the mailbox, under a label. */
    deliver: (email: string, raw: Buffer, label = "INBOX", threadId?: string) =>
      peer.boxOf(email).add(raw, [label, "UNREAD"], clock.now(), threadId),
  });
}

function draftIdIn(body: Buffer) {
  return String(JSON.parse(body.toString()).id);
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

const ok = (body: unknown): PeerAnswer => ({ status: 200, body });

function refusal(code: number, reason = "backendError", message = `Refused as ${reason}.`): PeerAnswer {
  return {
    status: code,
    body: { error: { code, message, errors: [{ message, domain: "global", reason }] } },
  };
}
