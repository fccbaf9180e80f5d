// Chance with a seed: the same sample team every time, so that screenshots and bug reports agree.

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
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    whole,
    pick: (list) => list[Math.floor(next() * list.length)] as never,
    pickEarly: (list) => list[Math.floor(next() ** 2.2 * list.length)] as never,
    happens: (share) => next() < share,
    shuffled: (list) => {
      const result = [...list];
      for (let i = result.length - 1; i > 0; i--) {
        const j = whole(0, i);
        [result[i], result[j]] = [result[j] as never, result[i] as never];
      }
      return result;
    },
  };
}
