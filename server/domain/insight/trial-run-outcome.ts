// Where each contact of a trial run ended, and what held their emails, put together from what the sandbox says.

import type { Collision } from "./trial-run-report.ts";

export type Candidate = { contactId: string; code: string | null };

type State = "active" | "paused" | "finished" | "failed" | "removed";

type Facts = {
  /** The latest stay of a contact first. */
  ended: readonly {
    contactId: string;
    state: State | "left_out";
    reason: string | null;
    holdCode: string | null;
    nextAt: Temporal.Instant | null;
  }[];
  skipped: readonly Candidate[];
  held: readonly { contactId: string; code: string; seconds: number }[];
  emails: readonly { contactId: string }[];
  collisions: ReadonlyMap<string, ReadonlySet<Collision>>;
};

/** A shorter wait is the way of the engine, and nothing that anybody asks about. */
const WORTH_TELLING_SECONDS = 60;

export function outcomesOf({ ended, skipped, held, emails, collisions }: Facts) {
  const counts = new Map(
    [...Map.groupBy(emails, (one) => one.contactId)].map(([id, own]) => [id, own.length]),
  );
  const waits = held.filter(({ seconds }) => seconds >= WORTH_TELLING_SECONDS);
  const waitsOf = Map.groupBy(waits, ({ contactId }) => contactId);
  const personOf = (
    contactId: string,
    state: State | "left_out",
    code: string | null,
    nextAt: Temporal.Instant | null,
  ) => {
    const longest = waitsOf.get(contactId)?.toSorted((a, b) => b.seconds - a.seconds)[0];
    return {
      contactId,
      state,
      code,
      emails: counts.get(contactId) ?? 0,
      nextAt,
      waitedFor: longest?.code ?? null,
      waitedHours: hoursOf(longest?.seconds ?? 0),
      collides: [...(collisions.get(contactId) ?? [])],
    };
  };
  const known = new Map<string, ReturnType<typeof personOf>>();
  for (const { contactId, code } of skipped)
    known.set(contactId, personOf(contactId, "left_out", code, null));
  for (const { contactId, state, reason, holdCode, nextAt } of ended) {
    if (known.has(contactId)) continue;
    known.set(contactId, personOf(contactId, state, state === "active" ? holdCode : reason, nextAt));
  }
  const people = [...known.values()];
  return { people, endings: endingsOf(people), waits: waitsByCode(waits) };
}

function endingsOf(people: readonly { state: State | "left_out"; code: string | null }[]) {
  const going = people.filter(({ state }) => state !== "left_out");
  return [...Map.groupBy(going, ({ state, code }) => `${state} ${code}`).values()]
    .flatMap((own) => (own[0] ? [{ state: own[0].state, code: own[0].code, count: own.length }] : []))
    .sort((a, b) => b.count - a.count);
}

function waitsByCode(waits: Facts["held"]) {
  return [...Map.groupBy(waits, ({ code }) => code)]
    .map(([code, own]) => ({
      code,
      contacts: new Set(own.map(({ contactId }) => contactId)).size,
      longestHours: hoursOf(Math.max(...own.map(({ seconds }) => seconds))),
    }))
    .sort((a, b) => b.contacts - a.contacts);
}

function hoursOf(seconds: number) {
  return Math.round(seconds / 360) / 10;
}
