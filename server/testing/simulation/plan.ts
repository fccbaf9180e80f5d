// What a simulated company does, drawn from a seed: who does what at which minute of which day. Each act has a seed of its own, so
// one that is left out changes nothing of what the others draw.

import { type Chance, chanceFrom } from "../../sample/chance.ts";
import { ACTS, type ActName, FOUNDING } from "./acts.ts";

export type Act = { day: number; minute: number; name: ActName; seed: number };

export type Plan = { seed: number; begins: string; days: number; acts: readonly Act[] };

/** Leap days, changes of summer time and turns of the year are all met in some of them. */
const YEARS = [2026, 2027, 2028, 2031, 2032] as const;
const ACTS_A_DAY = 1.6;

export function drawPlan(seed: number, days: number): Plan {
  const chance = chanceFrom(seed);
  const begins = Temporal.PlainDate.from({ year: chance.pick(YEARS), month: 1, day: 1 })
    .add({ days: chance.whole(0, 364) })
    .toZonedDateTime({ timeZone: "UTC", plainTime: "06:00" })
    .toInstant()
    .toString();
  const names = (Object.keys(ACTS) as ActName[]).flatMap((name) =>
    Array.from({ length: ACTS[name].share }, () => name),
  );
  const acts: Act[] = FOUNDING.map((name, n) => ({ day: 0, minute: n, name, seed: seedOf(chance) }));
  for (let day = 0; day < days; day++)
    for (const minute of minutesOf(chance))
      acts.push({ day, minute, name: chance.pick(names), seed: seedOf(chance) });
  return { seed, begins, days, acts };
}

/** Of one day, from its beginning on. The first minutes are for the founding. */
function minutesOf(chance: Chance) {
  const count = chance.happens(0.3) ? 0 : Math.floor(chance.next() * 2 * ACTS_A_DAY + 0.5);
  return Array.from({ length: count }, () => chance.whole(30, 1_439)).sort((a, b) => a - b);
}

function seedOf(chance: Chance) {
  return chance.whole(1, 2 ** 31 - 1);
}

export function instantOf({ begins }: Pick<Plan, "begins">, { day, minute }: Pick<Act, "day" | "minute">) {
  return Temporal.Instant.from(begins).add({ minutes: day * 1_440 + minute });
}
