// Where one fault is tried: a database of its own, the API in this process, a sink and engines in others, and a clock
// that all of them read.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { type Chance, chanceFrom } from "../../sample/chance.ts";
import { LOOPBACK } from "../loopback.ts";
import type { SinkOptions } from "../sink.ts";
import { asOwner } from "../wire.ts";
import { openWorld, type Team, urlOf, type World } from "../world.ts";
import { Crew } from "./crew.ts";
import { newScene, type Scene, type SceneWish } from "./scene.ts";
import { SinkProcess } from "./sink-process.ts";

export type Arena = {
  world: World;
  team: Team;
  sink: SinkProcess;
  crew: Crew;
  /** The server in another process sends by itself; nobody has to be hired. */
  sendsItself: boolean;
  chance: Chance;
  seed: number;
  scenes: Scene[];
  /** How often an engine slept until it counted as dead. */
  sleeps: number;
  /** How long it took to send again, in milliseconds. */
  recoveries: number[];
  scene(wish: Omit<SceneWish, "port">): Promise<Scene>;
  advance(by: Temporal.DurationLike): void;
  ask<Row>(sql: string, params?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
};

export async function openArena(seed: number, mood: Omit<SinkOptions, "file" | "port"> = {}): Promise<Arena> {
  const folder = mkdtempSync(join(tmpdir(), "cadenza-torture-"));
  const sink = new SinkProcess(join(folder, "sink.jsonl"));
  await sink.start({ seed, ...mood });
  const world = await openWorld({ mailAllow: LOOPBACK });
  const clockFile = join(folder, "clock");
  const crew = new Crew({
    DATABASE_URL: urlOf(world.ownerConnection),
    CADENZA_KEY_FILE: world.running.app.config.keyFile,
    CADENZA_DATA_DIR: world.running.app.config.dataDir,
    CADENZA_DATABASE_CONNECTIONS: "6",
    CADENZA_ENGINE_LOOPS: "8",
    CADENZA_LOG_LEVEL: process.env.CADENZA_TORTURE_LOG ?? "silent",
    CADENZA_MAIL_ALLOW: "127.0.0.0/8",
    CADENZA_TEST_SEAMS: "1",
    CADENZA_CLOCK_FILE: clockFile,
  });
  let ahead = 0;
  const team = await world.newTeam();
  const arena: Arena = {
    sendsItself: false,
    ...{ world, team, sink, crew, seed, chance: chanceFrom(seed), scenes: [], sleeps: 0, recoveries: [] },
    async scene(wish) {
      const scene = await newScene(team, { ...wish, port: sink.port });
      arena.scenes.push(scene);
      return scene;
    },
    advance(by) {
      ahead += Temporal.Duration.from(by).total("milliseconds");
      world.advance(by);
      writeFileSync(clockFile, String(ahead));
    },
    ask: <Row>(sql: string, params: unknown[] = []) =>
      asOwner(world, async (client: pg.Client) => (await client.query(sql, params)).rows as Row[]),
    async close() {
      await crew.dismiss();
      await sink.kill();
      await world.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return arena;
}

/** Waits until it is so, or until the time is over. Answers whether it was. */
export async function until(isSo: () => Promise<boolean> | boolean, ms: number, everyMs = 50) {
  for (const end = performance.now() + ms; performance.now() < end; await sleep(everyMs))
    if (await isSo()) return true;
  return isSo();
}
