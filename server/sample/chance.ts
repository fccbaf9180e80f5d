// Chance with a seed: the same sample team every time, so that screenshots and bug reports agree.

import { seededRandom } from "../kernel/seeded-random.ts";

export type Chance = {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number;
  pick<T>(list: readonly T[]): T;
  /** Early entries come up more often: a few big companies, many small ones. */
  pickEarly<T>(list: readonly T[]): T;
  happens(share: number): boolean;
  shuffled<T>(list: readonly T[]): T[];
};

export function chanceFrom(seed: number): Chance {
  const next = seededRandom(seed);
  const whole = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    whole,
    pick: <T>(list: readonly T[]) => list[Math.floor(next() * list.length)] as T,
    pickEarly: <T>(list: readonly T[]) => list[Math.floor(next() ** 2.2 * list.length)] as T,
    happens: (share) => next() < share,
    shuffled: <T>(list: readonly T[]) => {
      const result = [...list];
      for (let i = result.length - 1; i > 0; i--) {
        const j = whole(0, i);
        [result[i], result[j]] = [result[j] as T, result[i] as T];
      }
      return result;
    },
  };
}
