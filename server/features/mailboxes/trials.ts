// How often a team may have connections tried. Each try makes us call a host that somebody named, and an
// unbounded number of them would make us a port scanner.

import { Refusal } from "../../refusal.ts";

const WINDOW_MS = 60_000;
const MOST = 30;

const recent = new Map<string, number[]>();

export function takeTrial(teamId: string, now: Temporal.Instant) {
  const nowMs = now.epochMilliseconds;
  const tries = (recent.get(teamId) ?? []).filter((at) => at > nowMs - WINDOW_MS && at <= nowMs);
  const oldest = tries[0];
  if (oldest !== undefined && tries.length >= MOST) {
    throw new Refusal("too_many_connection_tests", {
      seconds: Math.ceil((oldest + WINDOW_MS - nowMs) / 1000),
    });
  }
  tries.push(nowMs);
  recent.set(teamId, tries);
  if (recent.size > 1000) forgetIdle(nowMs);
}

function forgetIdle(nowMs: number) {
  for (const [teamId, tries] of recent) if ((tries.at(-1) ?? 0) <= nowMs - WINDOW_MS) recent.delete(teamId);
}
