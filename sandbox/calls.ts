// What tests ask of a sandbox. Everything else goes through the API, by the program that is tested.

export type Clock = {
  now: string;
  state: "stopped" | "running" | "advancing";
  speed: number;
  goal: string | null;
};

export type Span =
  | { days?: number; hours?: number; minutes?: number }
  | { until: string | Date }
  | { next: true };

export type Advanced = {
  from: string;
  now: string;
  /** How many events of each type happened on the way, such as `message.sent`. */
  happened: Record<string, number>;
};

export type Prospect = {
  match?: { email?: string; domain?: string; label?: string; share?: number; step?: number };
  does:
    | "reply"
    | "out_of_office"
    | "auto_reply"
    | "hard_bounce"
    | "soft_bounce"
    | "unsubscribe"
    | "one_click"
    | "complain"
    | "open"
    | "click"
    | "forward"
    | "nothing";
  /** ISO 8601, such as `PT3H`. Default: one hour. */
  after?: string;
  text?: string;
  until?: string;
};

/** How often it happens: `times`, or a percentage of what matches, by `seed` always the same. */
type Often = { times?: number; share?: number; seed?: number };

type Status = 429 | 500 | 502 | 503 | 504;

export type Fault = Often &
  (
    | { on: "smtp"; at: "mail" | "rcpt" | "data"; reply?: string; to?: string }
    | {
        on: "api";
        path: string;
        method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
        status?: Status;
        latency_ms?: number;
        /** The call has its effect, and no answer comes. */
        lost?: boolean;
      }
    | { on: "imap"; does: "drop" | "slow" | "bad_utf8"; latency_ms?: number }
    | { on: "webhook"; does: "lost" | "doubled" | "out_of_order"; type?: string }
    | { on: "provider"; provider?: string; status?: Status; latency_ms?: number; lost?: boolean }
  );

/** Plans of Apollo's. */
export type Plan = "free" | "basic" | "professional" | "organization";

export type CaughtMail = {
  id: string;
  at: string;
  from: string;
  to: string;
  subject: string;
  text: string | null;
  html: string | null;
  headers: Record<string, string>;
  answers: { id: string; at: string; kind: string }[];
};

export type SandboxCalls = {
  /** Moves the time; everything that falls due on the way happens. Without a span: what is due now is done. */
  advance(span?: Span): Promise<Advanced>;
  clock(): Promise<Clock>;
  freeze(): Promise<Clock>;
  run(speed?: number): Promise<Clock>;
  /** What recipients do. Replaces what was set before. */
  prospects(
    prospects: readonly Prospect[] | "lively" | "silent" | "hostile" | "holiday_season",
  ): Promise<void>;
  /** What goes wrong. Replaces what was set before. */
  faults(faults: readonly Fault[]): Promise<void>;
  /** From now on it answers programs as Apollo does on this plan, and nothing else; false: as Cadenza does. */
  strict(plan: Plan | false): Promise<void>;
  /** Keeps everything with its time. Answers the id to go back to. */
  snapshot(name?: string): Promise<string>;
  /** What happened since then never happened. */
  restore(id: string): Promise<Clock>;
  /** As it was in its first moment. */
  reset(): Promise<Clock>;
  /** Emails that were sent, the oldest first. */
  mails(to?: string): Promise<CaughtMail[]>;
  /** Any call of the API, such as `call("POST", "/contacts", { first_name: "Ines" })`. */
  call<Answer = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<Answer>;
};

type Refusal = { error?: string; message?: string; code?: string };

/** What the API said, where it refused. */
export class SandboxRefused extends Error {
  readonly status: number;
  readonly code: string | null;

  constructor(status: number, { error, message, code }: Refusal) {
    super(error ?? message ?? `The sandbox answered ${status}.`);
    this.status = status;
    this.code = code ?? null;
  }
}

type ClockAnswer = { clock: Clock };
type AdvanceAnswer = ClockAnswer & {
  is_done: boolean;
  from: string;
  happened: { type: string; count: number }[];
};

const LOOK_EVERY_MS = 250;
const MOST_MAILS = 200;

export function callsOf(url: string, apiKey: string): SandboxCalls {
  async function call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { "x-api-key": apiKey, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new SandboxRefused(answer.status, readRefusal(text));
    return JSON.parse(text) as Answer;
  }

  const clock = async () => (await call<ClockAnswer>("GET", "/sandbox/clock")).clock;

  return {
    call,
    clock,
    freeze: async () => (await call<ClockAnswer>("POST", "/sandbox/clock/freeze", {})).clock,
    run: async (speed = 1) => (await call<ClockAnswer>("POST", "/sandbox/clock/run", { speed })).clock,

    async advance(span = {}) {
      const wish = "until" in span && span.until instanceof Date ? { until: span.until.toISOString() } : span;
      const first = await call<AdvanceAnswer>("POST", "/sandbox/clock/advance", wish);
      if (first.is_done) return advanced(first.from, first);
      while ((await clock()).state === "advancing")
        await new Promise((done) => setTimeout(done, LOOK_EVERY_MS));
      return advanced(
        first.from,
        await call<AdvanceAnswer>("POST", "/sandbox/clock/advance", { since: first.from }),
      );
    },

    async prospects(wanted) {
      await call(
        "PUT",
        "/sandbox/prospects",
        typeof wanted === "string" ? { preset: wanted } : { prospects: wanted },
      );
    },

    async faults(wanted) {
      await call("PUT", "/sandbox/faults", { faults: wanted });
    },

    async strict(plan) {
      await call("PUT", "/sandbox/profile", plan === false ? { strict: false } : { strict: true, plan });
    },

    async snapshot(name) {
      const { snapshot } = await call<{ snapshot: { id: string } }>("POST", "/sandbox/snapshots", { name });
      return snapshot.id;
    },
    restore: async (id) => (await call<ClockAnswer>("POST", `/sandbox/snapshots/${id}/restore`, {})).clock,
    reset: async () => (await call<ClockAnswer>("POST", "/sandbox/reset", {})).clock,

    async mails(to) {
      const query = new URLSearchParams({ limit: String(MOST_MAILS), ...(to !== undefined && { to }) });
      const { messages } = await call<{ messages: CaughtMail[] }>("GET", `/catcher/messages?${query}`);
      return messages.reverse();
    },
  };
}

function advanced(from: string, { clock, happened }: AdvanceAnswer): Advanced {
  return {
    from,
    now: clock.now,
    happened: Object.fromEntries(happened.map(({ type, count }) => [type, count])),
  };
}

function readRefusal(text: string): Refusal {
  try {
    return JSON.parse(text) as Refusal;
  } catch {
    return { error: text };
  }
}
