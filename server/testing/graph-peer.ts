// Microsoft Graph as a mailbox uses it, written from its published reference: drafts from MIME, sending them, what is in a folder,
// what is new in it (delta), and each message as MIME. Every call can be told to fail, before or after it had its effect.

import { type ApiFault, openApiPeer, type PeerAnswer, type PeerAsked } from "./api-peer.ts";
import { GraphBox, type GraphMessage } from "./graph-box.ts";

export type GraphCall = "find" | "create" | "state" | "send" | "remove" | "delta" | "value" | "inbox";

export type GraphRefusal = { status: number; code?: string; headers?: Record<string, string> };
export type GraphFault = ApiFault<GraphRefusal>;
export type GraphPeer = Awaited<ReturnType<typeof openGraphPeer>>;

const LARGEST_REQUEST = 4 * 1024 * 1024;

/** `emailOf`: whom a token belongs to; null where it is not good any more. */
export async function openGraphPeer(emailOf: (token: string) => string | null) {
  /** Messages that cannot be read as MIME, however often they are asked for. */
  const broken = new Set<string>();
  /** What Exchange's clock shows, which tests may move. */
  const clock = { now: () => new Date().toISOString() };

  function act(box: GraphBox, what: GraphCall, { body, headers, url }: PeerAsked): PeerAnswer {
    const { pathname, searchParams } = url;
    if (!String(headers.prefer).includes('IdType="ImmutableId"')) return refusal(400, "ids would change");
    if (what === "inbox") return { status: 200, body: { id: "inbox" } };
    if (what === "create") return create(box, body, headers["content-type"] ?? "");
    if (what === "find") return found(box, pathname, searchParams);
    if (what === "delta")
      return changed(box, url, Number(/maxpagesize=(\d+)/.exec(String(headers.prefer))?.[1] ?? 10));
    const message = box.messages.get(idIn(url));
    if (!message) return refusal(404, "ErrorItemNotFound");
    if (what === "value" && broken.has(message.id)) return refusal(500, "ErrorInternalServerError");
    if (what === "value") return { status: 200, raw: message.raw };
    if (what === "remove") box.messages.delete(message.id);
    if (what === "send") box.send(message, clock.now());
    if (what === "state") return { status: 200, body: shown(message) };
    return { status: what === "send" ? 202 : 204 };
  }

  function create(box: GraphBox, body: Buffer, type: string): PeerAnswer {
    if (!type.startsWith("text/plain")) return refusal(400, "RequestBodyRead");
    if (body.length > LARGEST_REQUEST) return refusal(413, "RequestEntityTooLarge");
    const raw = Buffer.from(body.toString("latin1"), "base64");
    if (!/^message-id:/im.test(raw.toString("latin1"))) return refusal(400, "ErrorMimeContentInvalid");
    const draft = box.add(raw, { folder: "drafts", isDraft: true, at: clock.now() });
    return { status: 201, body: shown(draft) };
  }

  function found(box: GraphBox, pathname: string, searchParams: URLSearchParams): PeerAnswer {
    const folder = /mailFolders\/(\w+)\//.exec(pathname)?.[1] ?? null;
    const filter = searchParams.get("$filter") ?? "";
    const id = /internetMessageId eq '([^']+)'/.exec(filter)?.[1] ?? null;
    const since = /sentDateTime ge (\S+)/.exec(filter)?.[1] ?? "";
    const rows = box.in(folder, id).filter(({ at }) => since === "" || Date.parse(at) >= Date.parse(since));
    return { status: 200, body: { value: rows.map(shown) } };
  }

  function changed(box: GraphBox, url: URL, most: number): PeerAnswer {
    const folder = /mailFolders\/(\w+)\//.exec(url.pathname)?.[1] ?? "";
    const from = /receivedDateTime ge (\S+)/.exec(url.searchParams.get("$filter") ?? "")?.[1] ?? "";
    const token = url.searchParams.get("$skiptoken") ?? url.searchParams.get("$deltatoken");
    const page = box.pageAfter(folder, token, { from, most });
    if (!page) return refusal(410, "syncStateNotFound");
    const link = `${url.origin}${url.pathname}?${page.isLast ? "$deltatoken" : "$skiptoken"}=${page.token}`;
    const value = page.messages.map(({ id, at }) => ({ id, receivedDateTime: at }));
    return { status: 200, body: { value, [page.isLast ? "@odata.deltaLink" : "@odata.nextLink"]: link } };
  }

  const peer = await openApiPeer<GraphCall, GraphBox, GraphRefusal>(emailOf, {
    newBox: () => new GraphBox(),
    callOf,
    act,
    draftOf: (box, { url }) =>
      url.pathname.endsWith("/send") ? (box.messages.get(idIn(url))?.raw ?? null) : null,
    refusal: ({ status, code }) => refusal(status, code),
    noSignIn: { status: 401, code: "InvalidAuthenticationToken" },
    failure: { status: 500, code: "ErrorInternalServerError" },
    jsonType: "application/json",
  });
  return Object.assign(peer, {
    broken,
    clock,
    /** Brings an email to a folder of the mailbox. */
    deliver: (email: string, raw: Buffer, folder = "inbox") =>
      peer.boxOf(email).add(raw, { folder, isDraft: false, at: clock.now() }),
  });
}

function idIn({ pathname }: URL) {
  return decodeURIComponent(/\/messages\/([^/]+)/.exec(pathname)?.[1] ?? "");
}

function callOf(method: string, { pathname }: URL): GraphCall {
  if (method === "DELETE") return "remove";
  if (method === "POST") return pathname.endsWith("/send") ? "send" : "create";
  if (pathname.endsWith("/delta")) return "delta";
  if (pathname.endsWith("/$value")) return "value";
  if (pathname.endsWith("/mailFolders/inbox")) return "inbox";
  return /\/mailFolders\/|\/me\/messages$/.test(pathname) ? "find" : "state";
}

function shown({ id, isDraft, isOther, internetMessageId, to, at, raw }: GraphMessage) {
  const toRecipients = to.map((address) => ({ emailAddress: { name: address, address } }));
  const head = raw.toString("latin1").split(/\r?\n\r?\n/, 1)[0] ?? "";
  const internetMessageHeaders = head.split(/\r?\n(?![ \t])/).map((line) => {
    const [name = "", ...rest] = line.split(":");
    return { name, value: rest.join(":").trim() };
  });
  return {
    id,
    isDraft,
    internetMessageId,
    toRecipients,
    sentDateTime: at,
    receivedDateTime: at,
    inferenceClassification: isOther ? "other" : "focused",
    internetMessageHeaders,
  };
}

function refusal(status: number, code = "generalException"): PeerAnswer {
  return { status, body: { error: { code, message: `Refused as ${code}.` } } };
}
