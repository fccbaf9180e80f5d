// Calls to Microsoft Graph for one mailbox, signed in by its token. What it said is data; what it sent is never believed to be what
// was asked for.

import { z } from "zod";
import type { FetchFailure, Outgoing } from "../../outgoing/door.ts";
import { quoted } from "../server-said.ts";

/** A mailbox at Microsoft, by a token that is good for a while. */
export type GraphAccount = { kind: "graph"; email: string; accessToken: string };

export type GraphAnswer =
  | {
      kind: "answered";
      status: number;
      body: unknown;
      /** Microsoft's name for what is wrong; empty where the answer holds none. */
      code: string;
      /** What is wrong, fit to be shown. */
      said: string | null;
      waitMs: number | null;
    }
  | { kind: "failed"; why: FetchFailure["error"] };

type Asked = {
  method?: "GET" | "POST" | "DELETE";
  /** Below the version, or a link that Graph gave us. */
  path: string;
  body?: string;
  /** How many rows an answer may hold. */
  atOnce?: number;
};

export type GraphOptions = {
  outgoing: Pick<Outgoing, "fetch" | "fetchBytes">;
  /** Where Graph is, as `https://graph.microsoft.com`. */
  url: string;
  /** For how long an answer asks to be left alone; null: it does not ask. */
  waitAsked(status: number, retryAfter: string | null): number | null;
};

const FAULT = z.object({
  error: z.object({ code: z.string().max(200), message: z.string().max(10_000).catch("") }),
});
const LONGEST_MS = 120_000;

export class GraphCalls {
  readonly #outgoing: GraphOptions["outgoing"];
  readonly #base: string;
  readonly #waitAsked: GraphOptions["waitAsked"];

  constructor({ outgoing, url, waitAsked }: GraphOptions) {
    this.#outgoing = outgoing;
    this.#base = url;
    this.#waitAsked = waitAsked;
  }

  async ask(account: GraphAccount, asked: Asked): Promise<GraphAnswer> {
    const answer = await this.#outgoing.fetch(this.#request(account, asked));
    if (answer.kind === "failed") return { kind: "failed", why: answer.error };
    return { kind: "answered", ...this.#read(account, answer) };
  }

  /** An email as it came, or why not. */
  async bytes(account: GraphAccount, path: string): Promise<{ kind: "read"; raw: Buffer } | GraphAnswer> {
    const answer = await this.#outgoing.fetchBytes(this.#request(account, { path }));
    if (answer.kind === "failed") return { kind: "failed", why: answer.error };
    if (answer.status === 200) return { kind: "read", raw: answer.body };
    return { kind: "answered", ...this.#read(account, { ...answer, body: answer.body.toString("utf8") }) };
  }

  #request(account: GraphAccount, { method = "GET", path, body, atOnce }: Asked) {
    return {
      method,
      url: this.#urlOf(path),
      headers: {
        authorization: `Bearer ${account.accessToken}`,
        accept: "application/json",
        // Ids that stay the same when an email is sent or moved to another folder.
        prefer: ['IdType="ImmutableId"', ...(atOnce ? [`odata.maxpagesize=${atOnce}`] : [])].join(", "),
        ...(body !== undefined && { "content-type": "text/plain" }),
      },
      body: body ?? null,
      longestMs: LONGEST_MS,
      answer: "mail" as const,
    };
  }

  /** A link from an answer is followed to Graph alone: the token goes with it. */
  #urlOf(path: string) {
    if (!/^https?:/i.test(path)) return `${this.#base}/v1.0${path}`;
    return URL.parse(path)?.origin === URL.parse(this.#base)?.origin ? path : "";
  }

  #read(account: GraphAccount, answer: { status: number; body: string; retryAfter: string | null }) {
    const { status, body: text, retryAfter } = answer;
    const body = readJson(text);
    const fault = FAULT.safeParse(body).data?.error;
    const login = { kind: "oauth" as const, username: account.email, accessToken: account.accessToken };
    const words = [`HTTP ${status}`, fault && `${fault.code}:`, fault?.message].filter(Boolean).join(" ");
    const waitMs = this.#waitAsked(status === 504 ? 503 : status, retryAfter);
    return {
      status,
      body,
      code: fault?.code ?? "",
      said: status < 400 ? null : quoted(words, login),
      waitMs: waitMs === null ? null : Math.ceil(waitMs),
    };
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
