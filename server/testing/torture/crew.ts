// Engines in processes of their own, to be killed, stopped and started again.

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { newId } from "../../kernel/ids.ts";
import type { Chance } from "../../sample/chance.ts";
import { bugsIn } from "./bugs.ts";
import type { Journal } from "./journal.ts";

const MAIL_ENGINE = fileURLToPath(new URL("./mail-engine.ts", import.meta.url));

type Hand = {
  id: string;
  process: ChildProcess;
  /** It is at work. */
  ready: Promise<unknown>;
  /** How it ended: a code, or the signal that ended it. */
  ended: Promise<string | number>;
};

type Watch = { ms: number; enough: number; atMostMs: number; meanwhile(): Promise<void> };

export class Crew {
  kills = 0;
  /** Fails as soon as an engine tells of a bug of ours. */
  readonly broken: Promise<never>;
  readonly #break: (bug: Error) => void;
  readonly #env: Record<string, string>;
  readonly #journal: Journal;
  readonly #hands = new Set<Hand>();

  constructor(env: Record<string, string>, journal: Journal) {
    this.#env = env;
    this.#journal = journal;
    const { promise, reject } = Promise.withResolvers<never>();
    this.broken = promise;
    this.broken.catch(() => {}); // told where it is awaited
    this.#break = reject;
  }

  get hands(): Hand[] {
    return [...this.#hands];
  }

  hire(env: Record<string, string> = {}): Hand {
    const id = newId();
    const child = spawn(process.execPath, [MAIL_ENGINE, id], {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, ...this.#env, ...env },
    });
    const ended = once(child, "exit").then(async ([code, signal]) => {
      this.#hands.delete(hand);
      if (signal === "SIGKILL") await this.#died(hand);
      return (signal ?? code) as string | number;
    });
    const ready = Promise.race([once(child.stdout, "data"), ended]);
    let output = "";
    child.stdout.on("data", (some: Buffer) => {
      output += some.toString();
      for (const bug of bugsIn(output)) this.#break(new Error(`a bug in an engine: ${bug}`));
    });
    const hand: Hand = { id, process: child, ready, ended };
    this.#hands.add(hand);
    return hand;
  }

  async hireMany(count: number, env: Record<string, string> = {}) {
    await Promise.all(Array.from({ length: count }, () => this.hire(env).ready));
  }

  /** As a power cut would. */
  async kill(hand: Hand) {
    if (!this.#hands.has(hand)) return;
    hand.process.kill("SIGKILL");
    await hand.ended;
  }

  /** By us, or by its own hand at a named point. */
  #died({ id }: Hand) {
    this.kills += 1;
    return this.#journal.note("killed", id);
  }

  async killAny(chance: Chance) {
    if (this.#hands.size > 0) await this.kill(chance.pick(this.hands));
  }

  /**
   * For so long, and on a slow machine longer, until enough engines sleep. An engine that falls asleep at a named
   * point does so at a moment of its own.
   */
  async watchAsleep(hands: readonly Hand[], { ms, enough, atMostMs, meanwhile }: Watch) {
    const found = new Set<Hand>();
    const began = performance.now();
    const lasts = (limit: number) => performance.now() - began < limit;
    while (lasts(ms) || (found.size < enough && lasts(atMostMs))) {
      for (const hand of hands.filter((one) => !found.has(one) && isStopped(one))) {
        found.add(hand);
        await this.#journal.note("asleep", hand.id);
      }
      await meanwhile();
      await sleep(150);
    }
    return found.size;
  }

  /** Everybody ends what is on its way, and goes. */
  async retire() {
    const hands = this.hands;
    for (const { process } of hands) process.kill("SIGTERM");
    await Promise.all(hands.map(({ ended }) => ended));
  }

  /** Sends everybody home. */
  async dismiss() {
    const hands = this.hands;
    for (const { process } of hands) {
      process.kill("SIGCONT");
      process.kill("SIGKILL");
    }
    await Promise.all(hands.map(({ ended }) => ended));
  }
}

/** As the system tells: Linux in a file, which is there also where no `ps` is installed. */
function isStopped({ process: { pid } }: Hand) {
  if (pid === undefined) return false;
  if (process.platform !== "linux")
    return spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" }).stdout.startsWith("T");
  try {
    const status = readFileSync(`/proc/${pid}/stat`, "utf8");
    return /^[Tt]/.test(status.slice(status.lastIndexOf(")") + 2));
  } catch {
    return false; // gone meanwhile
  }
}
