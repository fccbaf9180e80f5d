// What became of everything that the source has. Nothing is left out without its reason.

import { KINDS, type Kind } from "./ledger.ts";

export const OUTCOMES = ["made", "existing", "before", "left_out"] as const;
type Outcome = (typeof OUTCOMES)[number];

type LeftOut = { kind: Kind; why: string; count: number; examples: string[] };
type LostValue = { kind: Kind; field: string; count: number; examples: string[] };

export type Report = ReturnType<typeof openReport>;

const MOST_EXAMPLES = 3;

export function openReport() {
  const counts = new Map<string, number>();
  const left = new Map<string, LeftOut>();
  const lost = new Map<string, LostValue>();
  const notes = new Map<string, number>();
  const count = (kind: Kind, outcome: Outcome, by: number) =>
    counts.set(`${kind} ${outcome}`, (counts.get(`${kind} ${outcome}`) ?? 0) + by);

  return {
    count,
    leaveOut(kind: Kind, why: string, name: string) {
      count(kind, "left_out", 1);
      const key = `${kind} ${why}`;
      const one = left.get(key) ?? { kind, why, count: 0, examples: [] };
      one.count++;
      if (one.examples.length < MOST_EXAMPLES) one.examples.push(name);
      left.set(key, one);
    },
    /** The record is copied, and one of its values is not. */
    loseValue(kind: Kind, field: string, example: string) {
      const key = `${kind} ${field}`;
      const one = lost.get(key) ?? { kind, field, count: 0, examples: [] };
      one.count++;
      if (one.examples.length < MOST_EXAMPLES) one.examples.push(example);
      lost.set(key, one);
    },
    /** What people should know who go on in the new place. */
    note(sentence: string) {
      notes.set(sentence, (notes.get(sentence) ?? 0) + 1);
    },
    result: () => ({
      records: KINDS.flatMap((kind) => {
        const row = Object.fromEntries(
          OUTCOMES.map((outcome) => [outcome, counts.get(`${kind} ${outcome}`) ?? 0]),
        ) as Record<Outcome, number>;
        return OUTCOMES.some((outcome) => row[outcome] > 0) ? [{ kind, ...row }] : [];
      }),
      left_out: [...left.values()],
      values_left_out: [...lost.values()],
      notes: [...notes].map(([says, times]) => (times > 1 ? `${says} (${times} times)` : says)),
    }),
  };
}
