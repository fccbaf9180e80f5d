// Calls to a provider's API for one mailbox, signed in by its token. What it said is data; what it sent is never believed to be what
// was asked for.

import type { FetchFailure, Outgoing } from "../../outgoing/door.ts";
import { quoted } from "../server-said.ts";

/** A mailbox at Microsoft or at Google, by a token that is good for a while. */
export type ApiAccount = { kind: "graph" | "gmail"; email: string; accessToken: string };

export type ApiAnswer =
  | {
      kind: "answered";
      status: number;
      body: unknown;
      /** It holds nothing at all. */
      isEmpty: boolean;
      /** The provider's name for what is wrong; empty where the answer holds none. */
      code: string;
      /** What is wrong, fit to be shown. */
      said: string | null;
      waitMs: number | null;
    }
  | { kind: "failed"; why: FetchFailure["error"] };

export type AnsweredByApi = Extract<ApiAnswer, { kind: "answered" }>;

type Asked = {
  method?: "GET" | "POST" | "DELETE";
  /** Below the address of the API, or a link that the API gave us. */
  path: string;
  body?: string | Buffer;
  contentType?: string;
  headers?: Record<string, string>;
};

/** What is wrong, as the provider says it. `status`: as others say it, where this one says it by another. */
type Fault = { code: string; message: string; status: number; retryAfter: string | null };

export type Dialect = {
  /** What stands before every path that is no whole address. */
  version: string;
  faultIn(answer: { status: number; body: unknown; retryAfter: string | null }): Fault | null;
};

export type ApiOptions = {
  outgoing: Pick<Outgoing, "fetch" | "fetchBytes">;
  /** For how long an answer asks to be left alone; null: it does not ask. */
  waitAsked(status: number, retryAfter: string | null): number | null;
  /** Where the APIs are, as `https://graph.microsoft.com`. */
  urls: Readonly<Record<ApiAccount["kind"], string>>;
};

const LONGEST_MS = 120_000;

export class ApiCalls {
  readonly #options: ApiOptions;
  readonly #base: string;
  readonly #dialect: Dialect;

  constructor(options: ApiOptions, kind: ApiAccount["kind"], dialect: Dialect) {
    this.#options = options;
    this.#base = options.urls[kind];
    this.#dialect = dialect;
  }

  async ask(account: ApiAccount, asked: Asked): Promise<ApiAnswer> {
    const answer = await this.#options.outgoing.fetch(this.#request(account, asked));
    if (answer.kind === "failed") return { kind: "failed", why: answer.error };
    return this.#read(account, answer);
  }

  /** An email as it came, or why not. */
  async bytes(account: ApiAccount, asked: Asked): Promise<{ kind: "read"; raw: Buffer } | ApiAnswer> {
    const answer = await this.#options.outgoing.fetchBytes(this.#request(account, asked));
    if (answer.kind === "failed") return { kind: "failed", why: answer.error };
    if (answer.status === 200) return { kind: "read", raw: answer.body };
    return this.#read(account, { ...answer, body: answer.body.toString("utf8") });
  }

  #request(account: ApiAccount, { method = "GET", path, body, contentType, headers }: Asked) {
    return {
      method,
      url: this.#urlOf(path),
      headers: {
        authorization: `Bearer ${account.accessToken}`,
        accept: "application/json",
        ...(contentType !== undefined && { "content-type": contentType }),
        ...headers,
      },
      body: body ?? null,
      longestMs: LONGEST_MS,
      answer: "mail" as const,
    };
  }

  /** A link from an answer is followed to the API alone: the token goes with it. */
  #urlOf(path: string) {
    if (path.startsWith("/upload/")) return `${this.#base}${path}`;
    if (!/^https?:/i.test(path)) return `${this.#base}${this.#dialect.version}${path}`;
    return URL.parse(path)?.origin === URL.parse(this.#base)?.origin ? path : "";
  }

  #read(
    account: ApiAccount,
    answer: { status: number; body: string; retryAfter: string | null },
  ): AnsweredByApi {
    const body = readJson(answer.body);
    const fault = this.#dialect.faultIn({ ...answer, body });
    const status = fault?.status ?? answer.status;
    const login = { kind: "oauth" as const, username: account.email, accessToken: account.accessToken };
    const words = [`HTTP ${answer.status}`, fault && `${fault.code}:`, fault?.message]
      .filter(Boolean)
      .join(" ");
    const retryAfter = fault?.retryAfter ?? answer.retryAfter;
    const waitMs = this.#options.waitAsked(status === 504 ? 503 : status, retryAfter);
    return {
      kind: "answered",
      status,
      body,
      isEmpty: answer.body === "",
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
