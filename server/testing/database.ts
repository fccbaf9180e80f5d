// The PostgreSQL server of this test run: the one `npm test` started for all files, or, for a file run
// on its own, one started here.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Connection } from "../db/embedded/server.ts";
import { cloneTemplate, prepareTemplate } from "./template.ts";

type Server = { owner: Connection; appPassword: string };

let server: Promise<Server> | undefined;
let openHere = 0;
let stopOwn: (() => Promise<void>) | undefined;

/** A migrated database of one's own. `drop` removes it, and the server too if it was started here. */
export async function openTestDatabase() {
  server ??= process.env.CADENZA_TEST_SERVER
    ? Promise.resolve(JSON.parse(process.env.CADENZA_TEST_SERVER) as Server)
    : startOwn();
  const { owner, appPassword } = await server;
  openHere += 1;
  const clone = await cloneTemplate(owner);
  const ownerHere: Connection = { ...owner, database: clone.name };
  return {
    owner: ownerHere,
    app: { ...ownerHere, user: "cadenza_app", password: appPassword },
    drop: async () => {
      await clone.drop();
      openHere -= 1;
      if (openHere === 0) await stopOwn?.();
    },
  };
}

/** For a process that is told to end at any point. */
export async function stopTestServer() {
  await stopOwn?.();
}

async function startOwn(): Promise<Server> {
  const { startEmbedded } = await import("../db/embedded/server.ts");
  const dataDir = await mkdtemp(join(tmpdir(), "cadenza-test-"));
  const { owner, appPassword, stop } = await startEmbedded({ dataDir, log: () => {} });
  stopOwn = async () => {
    stopOwn = undefined;
    server = undefined;
    await stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  await prepareTemplate(owner, appPassword);
  return { owner, appPassword };
}
