// What every fault needs, whichever process sends: a sink in a process of its own, a clock that all of them read, a
// seed, and what was brought in from outside.

import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Chance, chanceFrom } from "../../sample/chance.ts";
import type { Injected, ReceivedEvent } from "../invariants.ts";
import type { SinkOptions } from "../sink.ts";
import { asOwner } from "../wire.ts";
import type { Team, World } from "../world.ts";
import { Journal } from "./journal.ts";
import type { Providers } from "./providers.ts";
import { newScene, type SceneWish, type TortureScene } from "./scene.ts";
import { SinkProcess } from "./sink-process.ts";

export type Mood = Omit<SinkOptions, "file" | "port">;

export type Ground = {
  folder: string;
  sink: SinkProcess;
  clockFile: string;
  /** Moves the clock of every process. */
  turnClock(by: Temporal.DurationLike): void;
  chance: Chance;
  seed: number;
  scenes: TortureScene[];
  /** Mails that were put into a mailbox that is read, and what each is. */
  injected: Injected[];
  /** What the receivers of webhooks were sent. */
  heard: { webhooks(): ReceivedEvent[] };
  /** What is to be closed in the end. */
  closing: (() => unknown)[];
  /** What a fault counts of its own. */
  lookedAt: Record<string, number>;
  /** How long it took to send again, in milliseconds. */
  recoveries: number[];
  /** The providers whose APIs send beside the sink; null where no mailbox is connected by one. */
  providers: Providers | null;
};

export async function openGround(seed: number, mood: Mood = {}): Promise<Ground> {
  const folder = mkdtempSync(join(tmpdir(), "cadenza-torture-"));
  const sink = new SinkProcess(join(folder, "sink.jsonl"));
  await sink.start({ seed, ...mood });
  const clockFile = join(folder, "clock");
  let ahead = 0;
  const turnClock = (by: Temporal.DurationLike) => {
    ahead += Temporal.Duration.from(by).total("milliseconds");
    writeFileSync(`${clockFile}.next`, String(ahead));
    renameSync(`${clockFile}.next`, clockFile); // an engine that starts just now finds it whole
  };
  const chance = chanceFrom(seed);
  const found = {
    scenes: [],
    injected: [],
    heard: { webhooks: () => [] },
    lookedAt: {},
    recoveries: [],
    providers: null,
    closing: [],
  };
  return { folder, sink, clockFile, turnClock, chance, seed, ...found };
}

export async function closeGround({ sink, folder, closing }: Ground) {
  for (const close of closing.splice(0).reverse()) await close();
  await sink.close();
  rmSync(folder, { recursive: true, force: true });
}

type Place = Pick<World, "ownerConnection">;

/** What can be asked and set up once there is a database. */
export function workOn({ sink, scenes }: Ground, world: Place, team: Team) {
  const ask = <Row>(sql: string, params: unknown[] = []) =>
    asOwner(world, async (client) => (await client.query(sql, params)).rows as Row[]);
  /** How many there are, from here on. */
  const count = async (sql: string, params: unknown[] = []) =>
    (await ask<{ n: number }>(`select count(*)::int as n ${sql}`, params))[0]?.n ?? 0;
  async function scene(wish: Omit<SceneWish, "port">) {
    const made = await newScene(team, { ...wish, port: sink.port });
    scenes.push(made);
    return made;
  }
  return { ask, count, scene, journal: new Journal(ask) };
}

type Work = ReturnType<typeof workOn>;

/** There is always something left to send, or what strikes next would prove nothing. */
export async function keepBusy({ count, scene }: Work, wish: Omit<SceneWish, "port">) {
  const left = await count("from messages where delivery in ('planned', 'claimed')");
  if (left < wish.contacts / 3) await scene(wish);
}

/** Until nothing of anybody's is on its way. */
export function allIsWritten(work: Pick<Work, "count">, ms: number) {
  return holdsWithin(() => isAllWritten(work), ms);
}

export async function isAllWritten({ count }: Pick<Work, "count">) {
  return (await count("from messages where delivery in ('claimed', 'dot')")) === 0;
}

/**
 * Until every contact has finished or has a mail in doubt. Answers whether it came to that. A mail at the final dot is
 * in doubt when the sink has left it without an answer; any other one there still waits for its answer.
 */
export function settled({ count, sink }: Pick<Work, "count"> & Pick<Ground, "sink">, ms: number) {
  const LEFT = `from enrollments e where e.state = 'active' and not exists (
    select from messages m where m.enrollment_id = e.id and (m.delivery = 'unconfirmed'
       or m.delivery = 'dot' and m.internet_message_id = any($1)))`;
  const doubted = () => sink.unanswered().map(({ message_id }) => message_id);
  return holdsWithin(async () => (await count(LEFT, [doubted()])) === 0, ms, 200);
}

/** Waits until it is so, or until the time is over. Answers whether it was. */
export async function holdsWithin(isSo: () => Promise<boolean> | boolean, ms: number, everyMs = 50) {
  for (const end = performance.now() + ms; performance.now() < end; await sleep(everyMs))
    if (await isSo()) return true;
  return isSo();
}
