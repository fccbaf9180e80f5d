// How often a team may test connections. Each test calls a host that the user names; without a limit we could be used
// as a port scanner.

import { Refusal } from "../../../kernel/refusal.ts";

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
