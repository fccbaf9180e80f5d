// One failover: a fault strikes the primary while emails go out, and the rig notes when they go on and what was told meanwhile.

import { setTimeout as sleep } from "node:timers/promises";
import { holdsWithin } from "../../server/testing/torture/ground.ts";
import type { DatabaseMachine } from "./database-machine.ts";
import { FAULTS, type FaultKind } from "./faults.ts";
import type { Rig } from "./rig.ts";

/** Longer than that is no failover. */
const LONGEST_MS = 90_000;
/** A whole copy of a server takes a while. */
const WHOLE_MS = 180_000;
const FLOWING = 5;

export type Round = {
  kind: FaultKind;
  did: string;
  at: string;
  way: Rig["way"];
  primary: string;
  /** Who took over, and who was the primary when the cluster was whole again; null where it never came to that. */
  next: string | null;
  last: string | null;
  /** From the fault to a new primary, to the next email, and to three servers that follow each other again. */
  primarySeconds: number | null;
  seconds: number | null;
  wholeSeconds: number | null;
  /** What an API told at which second, each time that it changed. */
  told: string[];
};

export async function failOver(rig: Rig, kind: FaultKind, n: number): Promise<Round> {
  const { cluster, sink, journal } = rig;
  await cluster.untilWhole();
  await rig.keepBusy();
  const before = sink.lines().length;
  if (!(await holdsWithin(() => sink.lines().length >= before + FLOWING, LONGEST_MS)))
    throw new Error("no email went out before the fault");
  await sleep(Math.random() * 1_000);
  const old = await cluster.primary();
  const fault = FAULTS[kind];
  const struckAt = Date.now();
  const since = () => (Date.now() - struckAt) / 1_000;
  const listening = listen(rig, since);
  const did = await fault.strike(old, n);
  const next = await newPrimary(rig, old);
  const primarySeconds = next && since();
  const changedAt = new Date().toISOString();
  const first = () => sink.lines().find(({ at }) => at > changedAt);
  if (next) await holdsWithin(() => first() !== undefined, LONGEST_MS);
  const came = first();
  const seconds = came ? (Date.parse(came.at) - struckAt) / 1_000 : null;
  if (came) await journal.note("database", null);
  await sleep(Math.random() * 5_000); // the new primary has emails that the old one knows nothing of
  fault.undo(old);
  const isWhole = await holdsWithin(() => cluster.isWhole(), WHOLE_MS, 500);
  const wholeSeconds = isWhole ? since() : null;
  const last = await cluster.findPrimary();
  const told = await listening.stop();
  return {
    kind,
    did,
    at: new Date(struckAt).toISOString(),
    way: rig.way,
    primary: old.name,
    next: next?.name ?? null,
    last: last?.name ?? null,
    primarySeconds,
    seconds,
    wholeSeconds,
    told,
  };
}

async function newPrimary({ cluster }: Rig, old: DatabaseMachine) {
  for (const until = performance.now() + LONGEST_MS; performance.now() < until; await sleep(100)) {
    const found = await cluster.findPrimary(old);
    if (found) return found;
  }
  return null;
}

/** What the probes of the first API answer, from now on. */
function listen({ apps }: Rig, since: () => number) {
  const told: string[] = [];
  const stopping = new AbortController();
  async function work() {
    for (let last = ""; !stopping.signal.aborted; await sleep(500)) {
      const at = since().toFixed(1);
      const now = (await Promise.all(["ready", "sending"].map(probe))).join(", ");
      if (now !== last) told.push(`${at} s: ${now}`);
      last = now;
    }
  }
  const probe = async (what: string) => {
    const signal = AbortSignal.timeout(10_000);
    const answer = await fetch(`${apps[0]?.url}/health/${what}`, { signal }).catch(() => null);
    const body = (await answer?.json().catch(() => null)) as { status?: string } | null;
    return `${what} ${answer ? `${answer.status} ${body?.status ?? ""}`.trim() : "no answer"}`;
  };
  const working = work();
  return {
    async stop() {
      stopping.abort();
      await working;
      return told;
    },
  };
}
