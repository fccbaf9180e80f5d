// What a recipient's mail program calls when they open an email, follow a link in it or press its unsubscribe button. Only in a
// sandbox: the addresses are its own.

import type { App } from "../../app.ts";
import type { CaughtRow } from "../../features/sending/catcher/store.ts";
import type { ProspectAction } from "../../features/sending/prospect-scripts/following.ts";

type Call = { method: "GET" | "POST"; url: string; body: string | null };

const LONGEST_MS = 10_000;
const AS_A_PERSON = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Thunderbird/140.0";

export async function visitAs(app: App, caught: CaughtRow, does: ProspectAction) {
  const call = callOf(caught, does, app.config.publicUrl);
  if (!call) return;
  const headers = {
    "user-agent": AS_A_PERSON,
    ...(call.body !== null && { "content-type": "application/x-www-form-urlencoded" }),
  };
  const outcome = await app.outgoing.fetch({ ...call, headers, longestMs: LONGEST_MS, answer: "words" });
  if (outcome.kind === "failed" || outcome.status >= 400)
    app.log.warn({ does, outcome }, "a link of an email in the sandbox could not be called");
}

/** Null: the email has no such link. */
function callOf({ bodyHtml, headers }: CaughtRow, does: ProspectAction, publicUrl: string): Call | null {
  const own =
    (bodyHtml ?? "")
      .match(/(?:href|src)="[^"]+"/g)
      ?.map((found) => decode(found.slice(found.indexOf('"') + 1, -1))) ?? [];
  const find = (part: string) => own.find((url) => url.startsWith(`${publicUrl}${part}`));
  if (does === "open") return get(find("/o/"));
  if (does === "click") return get(find("/c/"));
  if (does !== "one_click") return null;
  const url = /<(https?:[^>]+)>/.exec(headers["list-unsubscribe"] ?? "")?.[1];
  return url ? { method: "POST", url, body: "List-Unsubscribe=One-Click" } : null;
}

function get(url: string | undefined): Call | null {
  return url === undefined ? null : { method: "GET", url, body: null };
}

function decode(text: string) {
  return text.replaceAll("&amp;", "&");
}
