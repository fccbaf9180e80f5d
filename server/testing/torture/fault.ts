// A fault: how often it strikes in the short form and in the full one, and what is left afterwards.

import type { Chance } from "../../sample/chance.ts";
import { type Arena, type ArenaWish, openArena } from "./arena.ts";
import { judgeArena, type TortureVerdict, type VerdictOptions } from "./verdict.ts";
import { openWhole, type ServerArena } from "./whole.ts";

export type TortureFault = {
  name: string;
  /** What its size counts. */
  unit: string;
  short: number;
  full: number;
  /** So much of it at once, with a seed of its own: a long run is made of several, and goes on where it was left. */
  portion: number;
  run(seed: number, size: number): Promise<TortureVerdict>;
};

type Plan<Place extends Arena> = Omit<TortureFault, "run"> & {
  /** What it leaves to be said beside what every fault is asked. */
  strike(arena: Place, size: number): Promise<string[] | undefined>;
} & ArenaWish &
  VerdictOptions;

/** In a place of its own, opened for it and closed behind it. */
function triedIn<Place extends Arena>(open: (seed: number, wish: ArenaWish) => Promise<Place>) {
  return ({
    strike,
    mood,
    config,
    env,
    hasProviders,
    mayWait,
    forgets,
    ...about
  }: Plan<Place>): TortureFault => ({
    ...about,
    async run(seed, size) {
      const began = performance.now();
      const arena = await open(seed, { mood, config, env, hasProviders });
      const strikeAndJudge = async () => {
        const complaints = (await strike(arena, size)) ?? [];
        const verdict = await judgeArena(arena, began, { mayWait, forgets });
        return { ...verdict, complaints: [...complaints, ...verdict.complaints] };
      };
      try {
        const struck = strikeAndJudge();
        struck.catch(() => {}); // it goes on against a closed arena where a bug has ended it
        return await Promise.race([struck, arena.crew.broken]);
      } finally {
        await arena.close();
      }
    },
  });
}

/** The API in this process, engines in others. */
export const fault = triedIn<Arena>(openArena);
/** Everything in one other process, with its own database. */
export const wholeFault = triedIn<ServerArena>(openWhole);

/** For so many rounds; answers what each had to complain of. */
export async function inRounds(
  size: number,
  round: (n: number) => Promise<readonly string[] | undefined>,
): Promise<string[]> {
  const complaints: string[] = [];
  for (let n = 0; n < size; n++) complaints.push(...((await round(n)) ?? []));
  return complaints;
}

export function pauseOf(chance: Chance, least: number, most: number) {
  return new Promise((resolve) => setTimeout(resolve, chance.whole(least, most)));
}
