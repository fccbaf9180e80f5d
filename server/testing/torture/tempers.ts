// How providers answer when they do not answer as they should, drawn from a seed.

import type { Chance } from "../../sample/chance.ts";
import type { ApiFault, ApiNonsense, ApiRefusal } from "../api-peer.ts";
import type { GmailCall, GmailFault, GmailRefusal } from "../gmail-peer.ts";
import type { GraphCall, GraphFault, GraphRefusal } from "../graph-peer.ts";

const PAGE = "<!doctype html><title>Sign in to this network</title><p>Welcome";

/** Of proxies, of networks that want to be paid, and of programs that were changed. */
const NONSENSE: readonly Omit<ApiNonsense, "isDone">[] = [
  { says: PAGE },
  { says: PAGE, status: 202 },
  { says: PAGE, status: 400 },
  { says: PAGE, status: 403 },
  { says: PAGE, status: 404 },
  { says: PAGE, status: 502 },
  { says: "" },
  { says: '{"id": "r-12', type: "application/json" },
  { says: "[]", type: "application/json" },
  { says: "null", type: "application/json" },
  { says: '{"ok": true}', type: "application/json" },
  { says: '{"id": 7, "message": {"id": null}}', type: "application/json" },
  { says: '{"id": "welcome"}', type: "application/json" },
  { says: '{"error": "busy"}', status: 500, type: "application/json" },
  { says: '{"error": {"code": 409, "message": "Requested entity already exists"}}', status: 409 },
];

const OF_ANY_CALL: readonly ApiFault<never>[] = ["hang up", "lost", "failed after", "slow", "silent"];
/** Their effect is in doubt for long, or for good. */
const OF_SENDING: readonly ApiFault<never>[] = [
  ...OF_ANY_CALL,
  ...(["lost", "silent after", "late", "without a trace"] as const),
];

/** Where only an engine that guesses could go on. */
const WORST = "without a trace";

type Words<Refused extends ApiRefusal> = { busy: Refused[]; oldToken: Refused };

/** Sending is where an email can be lost or doubled; reading goes on beside it. */
function temper<Call extends string, Refused extends ApiRefusal>(
  chance: Chance,
  { busy, oldToken }: Words<Refused>,
  { shares, isWorst }: { shares: Partial<Record<Call, number>>; isWorst: boolean },
) {
  return (call: Call): ApiFault<Refused> | null => {
    const isSending = call === "send";
    if (isWorst) return isSending && chance.happens(0.5) ? WORST : null;
    if (!chance.happens(shares[call] ?? 0.12)) return null;
    if (chance.happens(0.06)) return oldToken;
    if (chance.happens(0.2)) return chance.pick(busy);
    if (chance.happens(0.4)) return chance.pick(isSending ? OF_SENDING : OF_ANY_CALL);
    return nonsense(chance, isSending);
  };
}

/** Said of what sends alone: that it is forbidden, and, where it was carried out before, that there is a conflict. */
function nonsense(chance: Chance, isSending: boolean): ApiNonsense {
  const said = chance.pick(NONSENSE.filter(({ status }) => isSending || (status !== 403 && status !== 409)));
  return { ...said, isDone: said.status === 409 || chance.happens(0.5) };
}

export function gmailTemper(chance: Chance, isWorst: boolean): (call: GmailCall) => GmailFault | null {
  const busy = [
    { status: 429, reason: "rateLimitExceeded", headers: { "retry-after": "30" } },
    { status: 403, reason: "userRateLimitExceeded" },
    { status: 500, reason: "backendError" },
    { status: 503, reason: "backendError" },
  ];
  const words = { busy, oldToken: { status: 401, reason: "authError" } };
  const shares = { send: 0.4, profile: 0, history: 0.04, raw: 0.04 };
  return temper<GmailCall, GmailRefusal>(chance, words, { shares, isWorst });
}

export function graphTemper(chance: Chance, isWorst: boolean): (call: GraphCall) => GraphFault | null {
  const busy = [
    { status: 429, code: "ApplicationThrottled", headers: { "retry-after": "30" } },
    { status: 500, code: "ErrorInternalServerError" },
    { status: 503, code: "ErrorServerBusy", headers: { "retry-after": "10" } },
    { status: 504, code: "UnknownError" },
  ];
  const words = { busy, oldToken: { status: 401, code: "InvalidAuthenticationToken" } };
  const shares = { send: 0.4, inbox: 0, delta: 0.04, value: 0.04 };
  return temper<GraphCall, GraphRefusal>(chance, words, { shares, isWorst });
}
