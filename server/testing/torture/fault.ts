// A fault: how often it strikes in the short form and in the full one, and what is left afterwards.

import type { Chance } from "../../sample/chance.ts";
import type { SinkOptions } from "../sink.ts";
import { type Arena, openArena } from "./arena.ts";
import { judge, type Verdict, type Wish } from "./verdict.ts";

export type Fault = {
  name: string;
  short: number;
  full: number;
  run(seed: number, size: number): Promise<Verdict>;
};

type Plan = {
  name: string;
  short: number;
  full: number;
  mood?: Omit<SinkOptions, "file" | "port">;
  /** What it leaves to be said beside what every fault is asked. */
  strike(arena: Arena, size: number): Promise<string[] | undefined>;
} & Wish;

/** In an arena of its own, opened for it and closed behind it. */
export function fault({ name, short, full, mood = {}, strike, ...wish }: Plan): Fault {
  return {
    ...{ name, short, full },
    async run(seed, size) {
      const began = performance.now();
      const arena = await openArena(seed, mood);
      try {
        const complaints = (await strike(arena, size)) ?? [];
        const verdict = await judge(arena, began, wish);
        verdict.complaints.push(...complaints);
        return verdict;
      } finally {
        await arena.close();
      }
    },
  };
}

export function pauseOf(chance: Chance, least: number, most: number) {
  return new Promise((resolve) => setTimeout(resolve, chance.whole(least, most)));
}
