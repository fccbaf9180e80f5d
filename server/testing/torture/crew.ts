// Engines in processes of their own, to be killed, stopped and started again.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Chance } from "../../sample/chance.ts";

const MAIL_ENGINE = fileURLToPath(new URL("./mail-engine.ts", import.meta.url));

export type Hand = {
  process: ChildProcess;
  /** It is at work. */
  ready: Promise<unknown>;
  /** How it ended: a code, or the signal that ended it. */
  ended: Promise<string | number>;
};

export class Crew {
  kills = 0;
  readonly #env: Record<string, string>;
  readonly #hands = new Set<Hand>();

  constructor(env: Record<string, string>) {
    this.#env = env;
  }

  get hands(): Hand[] {
    return [...this.#hands];
  }

  hire(env: Record<string, string> = {}): Hand {
    const child = spawn(process.execPath, [MAIL_ENGINE], {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, ...this.#env, ...env },
    });
    const ended = once(child, "exit").then(([code, signal]) => {
      this.#hands.delete(hand);
      return (signal ?? code) as string | number;
    });
    const ready = Promise.race([once(child.stdout, "data"), ended]);
    const hand: Hand = { process: child, ready, ended };
    this.#hands.add(hand);
    return hand;
  }

  async hireMany(count: number, env: Record<string, string> = {}) {
    await Promise.all(Array.from({ length: count }, () => this.hire(env).ready));
  }

  /** As a power cut would. */
  async kill(hand: Hand) {
    if (!this.#hands.has(hand)) return;
    this.kills += 1;
    hand.process.kill("SIGKILL");
    await hand.ended;
  }

  async killAny(chance: Chance) {
    if (this.#hands.size > 0) await this.kill(chance.pick(this.hands));
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
