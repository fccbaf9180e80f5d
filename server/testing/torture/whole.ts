// A whole Cadenza with its own database in a process of its own, to be killed together with it, copied and put back.

import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createClient } from "@cadenza/sdk";
import { OWNER } from "../../db/embedded/cluster.ts";
import { freePort } from "../doors.ts";
import { databasePid, type ServerProcess, startProcess } from "../process.ts";
import type { Team, World } from "../world.ts";
import type { Arena, ArenaWish } from "./arena.ts";
import { Crew } from "./crew.ts";
import { closeGround, openGround, workOn } from "./ground.ts";

const KEY = "bootstrap-key-of-the-torture";

export type ServerArena = Arena & {
  dataDir: string;
  server(): ServerProcess;
  /** In this folder, or another one. Where no server listens, readiness is not asked for. */
  start(dataDir?: string): Promise<void>;
  stop(): Promise<void>;
  killServer(): Promise<void>;
  killDatabase(): void;
  copyFolder(to: string, part?: string): void;
};

export async function openWhole(seed: number, { mood }: Pick<ArenaWish, "mood"> = {}): Promise<ServerArena> {
  const ground = await openGround(seed, mood);
  const env = {
    PORT: String(await freePort()),
    CADENZA_BOOTSTRAP_KEY: KEY,
    CADENZA_ENGINE_LOOPS: "8",
    CADENZA_LOG_LEVEL: "warn",
    CADENZA_MAIL_ALLOW: "127.0.0.0/8",
    CADENZA_TEST_SEAMS: "1",
    CADENZA_CLOCK_FILE: ground.clockFile,
  };
  let server: ServerProcess | null = null;
  const now = () => {
    if (!server) throw new Error("it is not running");
    return server;
  };
  const start = async (dataDir = join(ground.folder, "data")) => {
    whole.dataDir = dataDir;
    server = await startProcess({ ...env, CADENZA_DATA_DIR: dataDir });
  };
  const api = createClient({ baseUrl: `http://127.0.0.1:${env.PORT}`, apiKey: KEY, retries: 0 });
  const team = { api, key: KEY } as Team;
  const world = {
    get ownerConnection() {
      return connectionIn(whole.dataDir);
    },
  } as World;
  const work = workOn(ground, world, team);
  const crew = new Crew({}, work.journal);
  const whole: ServerArena = {
    ...ground,
    ...work,
    world,
    team,
    crew,
    sendsItself: true,
    dataDir: "",
    server: now,
    start,
    advance: ground.turnClock,
    async stop() {
      now().signal("SIGTERM");
      await now().ended();
      server = null;
    },
    async killServer() {
      crew.kills += 1;
      now().signal("SIGKILL");
      await now().ended();
      await work.journal.note("killed", null); // its database is left behind
    },
    killDatabase() {
      crew.kills += 1;
      process.kill(databasePid(whole.dataDir), "SIGKILL");
    },
    copyFolder: (to, part = "") =>
      cpSync(join(whole.dataDir, part), join(to, part), { recursive: true, preserveTimestamps: true }),
    async close() {
      if (server) await whole.stop();
      await closeGround(ground);
    },
  };
  await start();
  return whole;
}

/** As the database's own files tell: its port and the folder of its socket stand in the file of its pid. */
function connectionIn(dataDir: string) {
  const [, , , port, socket, host] = readFileSync(
    join(dataDir, "postgres", "cluster", "postmaster.pid"),
    "utf8",
  ).split("\n");
  const { ownerPassword } = JSON.parse(readFileSync(join(dataDir, "postgres", "credentials.json"), "utf8"));
  const place = socket?.trim() || host?.trim() || "127.0.0.1";
  return { host: place, port: Number(port), user: OWNER, password: ownerPassword, database: "cadenza" };
}
