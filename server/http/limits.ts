// Calls are counted per team and endpoint in three windows at once, each opened by its first call.
//
// With limits set, every call is counted in the database, so that any number of processes together
// let through exactly as many as allowed. Without, each process counts in memory and adds up once a
// second: the figures a team reads are then up to a second old, and no call waits for a counter.

import { type Endpoint, scopeName } from "@cadenza/contract";
import type { FastifyReply } from "fastify";
import type { Limits } from "../config.ts";
import { Refusal } from "../refusal.ts";
import { UNLIMITED, type UsageCounter, type Windows } from "../usage.ts";

const PERIODS = [
  {
    word: "minute",
    seconds: 60,
    limit: "x-rate-limit-minute",
    usage: "x-minute-usage",
    left: "x-minute-requests-left",
  },
  {
    word: "hour",
    seconds: 3600,
    limit: "x-rate-limit-hourly",
    usage: "x-hourly-usage",
    left: "x-hourly-requests-left",
  },
  {
    word: "day",
    seconds: 86400,
    limit: "x-rate-limit-24-hour",
    usage: "x-24-hour-usage",
    left: "x-24-hour-requests-left",
  },
] as const;

export async function countCall(
  counter: UsageCounter,
  limits: Limits | null,
  reply: FastifyReply,
  endpoint: Endpoint,
  teamId: string,
  now: Temporal.Instant,
) {
  if (!limits) return printHeaders(reply, counter.note(teamId, endpoint.scope, now), null);
  const { taken, windows } = await counter.take(teamId, endpoint.scope, limits, now);
  printHeaders(reply, windows, limits);
  if (!taken) throw refusalFor(endpoint, windows, limits, now);
}

function printHeaders(reply: FastifyReply, windows: Windows, limits: Limits | null) {
  const counts = { minute: windows.minuteCount, hour: windows.hourCount, day: windows.dayCount };
  for (const period of PERIODS) {
    const limit = limits?.[period.word] ?? UNLIMITED;
    const count = counts[period.word];
    reply
      .header(period.limit, limit)
      .header(period.usage, count)
      .header(period.left, Math.max(0, limit - count));
  }
}

/** Apollo's 401 and 403 carry none, also where the refusal came only after the call was counted. */
export function withdrawHeaders(reply: FastifyReply) {
  for (const period of PERIODS)
    for (const header of [period.limit, period.usage, period.left]) reply.removeHeader(header);
}

/** Names the full window that opens last: waiting for a shorter one would only meet the longer. */
function refusalFor(endpoint: Endpoint, windows: Windows, limits: Limits, now: Temporal.Instant) {
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
