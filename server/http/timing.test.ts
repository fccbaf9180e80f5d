// A guesser must not learn from the clock how close a guess came. Wrong keys of three makes are tried in mixed order, and
// their times are compared as samples (Welch): a difference of 4.5 deviations is seen by chance once in a hundred thousand.

import assert from "node:assert/strict";
import { Agent, get } from "node:http";
import { test } from "node:test";
import { useWorld } from "../testing/world.ts";

const REQUESTS = 20_000;
const SUSPICIOUS = 4.5;
/** A pause of the machine tells nothing about keys. */
const CROPPED = 0.95;

/** Other work on the machine may weigh on one make in one round. A leak is there in every round. */
const ROUNDS = 3;

const world = useWorld();
const MAKES = ["wrong in its first character", "wrong in its last character", "of an unknown make"] as const;
const TWO = [
  [0, 1],
  [0, 2],
  [1, 2],
] as const;
const PAIRS = TWO.map(([a, b]) => `${MAKES[a]} against ${MAKES[b]}`);

function wrongKeys(key: string): string[] {
  const other = (letter: string | undefined) => (letter === "x" ? "y" : "x");
  const start = key.indexOf("_") + 1;
  const first = key.slice(0, start) + other(key[start]) + key.slice(start + 1);
  return [first, key.slice(0, -1) + other(key.at(-1)), `zzz${key.slice(3)}`];
}

function ask(agent: Agent, key: string) {
  return new Promise<{ status: number; ms: number }>((resolve, reject) => {
    const began = performance.now();
    get(`${world.url}/api/v1/users/api_profile`, { agent, headers: { "x-api-key": key } }, (answer) => {
      answer.resume().once("end", () => {
        resolve({ status: answer.statusCode ?? 0, ms: performance.now() - began });
      });
    }).once("error", reject);
  });
}

test(`${REQUESTS} timed guesses tell nothing about how close they were`, {
  timeout: 30 * 60_000,
}, async (t) => {
  const { key } = await world.newTeam();
  const keys = wrongKeys(key);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const rounds: number[][] = [];
  do rounds.push(compare(await timesOf(agent, keys)));
  while (rounds.length < ROUNDS && suspicious(rounds).length > 0);
  agent.destroy();
  for (const [n, name] of PAIRS.entries())
    t.diagnostic(`${name}: t = ${rounds.map((round) => round[n]?.toFixed(2)).join(", then ")}`);
  assert.deepEqual(suspicious(rounds), []);
});

async function timesOf(agent: Agent, keys: readonly string[]) {
  const times = keys.map((): number[] => []);
  for (let n = 0; n < REQUESTS; n++) {
    // One of each in every three, in an order of its own each time: no make stands always behind the same other.
    const which = ORDERS[Math.floor(n / 3) % ORDERS.length]?.[n % 3] as number;
    const { status, ms } = await ask(agent, keys[which] as string);
    assert.equal(status, 401);
    if (n >= 600) times[which]?.push(ms); // once all is warm
  }
  return times;
}

/** One value for each two makes. */
function compare(times: readonly number[][]) {
  const limit = quantile(times.flat(), CROPPED);
  const samples = times.map((own) => own.filter((ms) => ms <= limit));
  return TWO.map(([a, b]) => welch(samples[a] as number[], samples[b] as number[]));
}

/** The pairs that differ in every round, and always in the same direction. */
function suspicious(rounds: readonly (readonly number[])[]) {
  return PAIRS.filter((_, n) => {
    const values = rounds.map((round) => round[n] ?? 0);
    return values.every((value) => value >= SUSPICIOUS) || values.every((value) => value <= -SUSPICIOUS);
  });
}

test("what a busy machine did to one round is no suspicion, and what stays is one", () => {
  assert.deepEqual(
    suspicious([
      [9, 0, 0],
      [0, 0, 0],
    ]),
    [],
  );
  assert.deepEqual(
    suspicious([
      [9, 0, 0],
      [-9, 0, 0],
    ]),
    [],
  );
  assert.deepEqual(
    suspicious([
      [0, 0, -9],
      [0, 0, -5],
    ]),
    [PAIRS[2]],
  );
});

const ORDERS = [
  [0, 1, 2],
  [2, 1, 0],
  [1, 0, 2],
  [2, 0, 1],
  [0, 2, 1],
  [1, 2, 0],
];

test("the comparison sees a difference of two in a hundred, and reports none where there is none", () => {
  const noise = (n: number, by: number) => 1 + (((n * 7919 + by) % 1000) / 1000) * 0.4;
  const one = Array.from({ length: 6_000 }, (_, n) => noise(n, 17));
  const alike = Array.from({ length: 6_000 }, (_, n) => noise(n, 401));
  assert.ok(Math.abs(welch(one, alike)) < SUSPICIOUS);
  const slower = alike.map((ms) => ms * 1.02);
  assert.ok(Math.abs(welch(one, slower)) > SUSPICIOUS);
});

function welch(a: readonly number[], b: readonly number[]) {
  const spread = (sample: readonly number[]) => {
    const mean = sample.reduce((sum, x) => sum + x, 0) / sample.length;
    const variance = sample.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (sample.length - 1);
    return { mean, error: variance / sample.length };
  };
  const [one, other] = [spread(a), spread(b)];
  return (one.mean - other.mean) / Math.sqrt(one.error + other.error);
}

function quantile(values: readonly number[], share: number) {
  const sorted = [...values].sort((x, y) => x - y);
  return sorted[Math.floor(sorted.length * share)] as number;
}
