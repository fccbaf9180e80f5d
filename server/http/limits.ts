// Calls are counted per team and endpoint in three windows at once, each opened by its first call.
//
// With limits set, every call is counted in the database, so that any number of processes together
// let through exactly as many as allowed. Without, each process counts in memory and adds up once a
// second: the figures a team reads are then up to a second old, and no call waits for a counter.

import { type Endpoint, scopeName } from "@cadenza/contract";
import type { RateLimits } from "../config.ts";
import { Refusal } from "../kernel/refusal.ts";
import { UNLIMITED, type UsageCounter, type Windows } from "../kernel/usage.ts";
import type { CallContext } from "./call.ts";

const PERIODS = [
  { word: "minute", seconds: 60 },
  { word: "hour", seconds: 3600 },
  { word: "day", seconds: 86400 },
] as const;

const NONE: RateLimits = { minute: UNLIMITED, hour: UNLIMITED, day: UNLIMITED };

export type LimitHeaders = ReturnType<typeof headersFor>;

/** Waited for only where it has to be: most calls are counted at once. */
export function countCall(
  counter: UsageCounter,
  limits: RateLimits | null,
  call: CallContext,
  endpoint: Endpoint,
  teamId: string,
  now: Temporal.Instant,
): Promise<void> | undefined {
  if (limits) return takeCall(counter, limits, call, endpoint, teamId, now);
  call.limits = headersFor(counter.note(teamId, endpoint.scope, now), NONE);
  return undefined;
}

async function takeCall(
  counter: UsageCounter,
  limits: RateLimits,
  call: CallContext,
  endpoint: Endpoint,
  teamId: string,
  now: Temporal.Instant,
) {
  const { taken, windows } = await counter.take(teamId, endpoint.scope, limits, now);
  call.limits = headersFor(windows, limits);
  if (!taken) throw refusalFor(endpoint, windows, limits, now);
}

function headersFor({ minuteCount, hourCount, dayCount }: Windows, { minute, hour, day }: RateLimits) {
  return {
    "x-rate-limit-minute": minute,
    "x-minute-usage": minuteCount,
    "x-minute-requests-left": Math.max(0, minute - minuteCount),
    "x-rate-limit-hourly": hour,
    "x-hourly-usage": hourCount,
    "x-hourly-requests-left": Math.max(0, hour - hourCount),
    "x-rate-limit-24-hour": day,
    "x-24-hour-usage": dayCount,
    "x-24-hour-requests-left": Math.max(0, day - dayCount),
  };
}

/** Names the full window that opens last: waiting for a shorter one would only meet the longer. */
function refusalFor(endpoint: Endpoint, windows: Windows, limits: RateLimits, now: Temporal.Instant) {
  const full = PERIODS.map((period) => {
    const started = windows[`${period.word}Started`];
    const endsMs = started.epochMilliseconds + period.seconds * 1000;
    return { ...period, isFull: windows[`${period.word}Count`] >= limits[period.word], endsMs };
  }).filter((period) => period.isFull);
  const last = full.sort((a, b) => b.endsMs - a.endsMs)[0] ?? {
    word: "minute" as const,
    endsMs: now.epochMilliseconds + 1000,
  };
  const seconds = Math.max(1, Math.ceil((last.endsMs - now.epochMilliseconds) / 1000));
  return new Refusal("too_many_calls", {
    scope: scopeName(endpoint),
    limit: limits[last.word],
    period: last.word,
    seconds,
  });
}
