// The one PostgreSQL server of a test run: our embedded one in a temporary folder, or the one a developer names.

import { randomBytes } from "node:crypto";
import { mkdtemp, rm, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Who may create databases there; test files clone theirs from the template. */
export type Owner = { host: string; port: number; user: string; password: string; database: string };
export type TestDatabase = { owner: Owner; appPassword: string; stop: () => Promise<void> };

/** Starts the server, or finds it, with the migrated template in it. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const url = process.env.CADENZA_TEST_DATABASE_URL;
  const database = url ? useDatabase(url) : await startDatabase();
  try {
    const { prepareTemplate } = await import("../server/testing/template.ts");
    await prepareTemplate(database.owner, database.appPassword);
    return database;
  } catch (error) {
    await database.stop();
    throw error;
  }
}

function useDatabase(url: string): TestDatabase {
  // A socket is written without a host, `user:password@/name?host=/folder`, which URL would refuse.
  const { hostname, port, username, password, pathname, searchParams } = new URL(
    url.replace("@/", "@localhost/"),
  );
  const owner: Owner = {
    host: searchParams.get("host") ?? decodeURIComponent(hostname),
    port: Number(searchParams.get("port") ?? (port || 5432)),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: decodeURIComponent(pathname.slice(1)) || "postgres",
  };
  return { owner, appPassword: randomBytes(16).toString("hex"), stop: async () => {} };
}

const ROOM = 4 * 1024 ** 3;

/** Hundreds of databases are made and dropped, each drop with everything written to the disk: in memory, where there is room. */
async function quickFolder() {
  const memory = "/dev/shm";
  const { bavail, bsize } = await statfs(memory).catch(() => ({ bavail: 0, bsize: 0 }));
  return bavail * bsize >= ROOM ? memory : tmpdir();
}

async function startDatabase(): Promise<TestDatabase> {
  const dataDir = await mkdtemp(join(await quickFolder(), "cadenza-test-"));
  const lines: unknown[] = [];
  const remove = () => rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  try {
    const { startEmbedded } = await import("../server/db/embedded/server.ts");
    const { owner, appPassword, stop } = await startEmbedded({
      dataDir,
      log: (...said: unknown[]) => lines.push(said),
    });
    return {
      owner,
      appPassword,
      stop: async () => {
        await stop().finally(remove);
      },
    };
  } catch (error) {
    for (const line of lines.slice(-50)) console.error(line); // what it said is only of interest when it failed
    await remove();
    throw error;
  }
}
