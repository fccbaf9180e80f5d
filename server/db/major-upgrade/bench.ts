// What the tests here share: a data folder of an older PostgreSQL with a team in it, copies of it, and looks into either version.

import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, type TestContext } from "node:test";
import pg from "pg";
import { rowsOf } from "../../testing/earlier-database.ts";
import { plainContacts } from "../../testing/old-contents.ts";
import { type OldMajor, oldMajor, reachOld, startOnOld } from "../../testing/old-major.ts";
import { type EmbeddedServer, startEmbedded } from "../embedded/server.ts";
import { removeDraft } from "../wal-archive/recovering.ts";

/** What says where the database is, and nothing else, is another one afterwards. */
export const PLACE = { installation: ["sending_place"] };

type OldFolder = {
  /** Of this file's folders. */
  folder: string;
  made: string;
  old: OldMajor;
  rows: Record<string, string[]>;
  copied(t: TestContext, under?: string): string;
  onOld<T>(dataDir: string, work: (client: pg.Client) => Promise<T>): Promise<T>;
};

/** Made once for the file. */
export function useOldFolder(): OldFolder {
  const folder = mkdtempSync(join(tmpdir(), "cadenza-major-"));
  const made = join(folder, "made");
  let places = 0;
  const here: OldFolder = {
    folder,
    made,
    old: { major: "", bin: "" },
    rows: {},
    copied(t, under = folder) {
      const dataDir = join(under, `data-${places++}`);
      cpSync(made, dataDir, { recursive: true, preserveTimestamps: true });
      execFileSync("cp", ["-a", `${made}/postgres/.`, join(dataDir, "postgres")]); // with its owners
      t.after(() => removeDraft(dataDir));
      return dataDir;
    },
    async onOld(dataDir, work) {
      const reached = await reachOld(here.old)({ dataDir });
      try {
        return await within(reached.owner, work);
      } finally {
        await reached.stop();
      }
    },
  };
  before(async () => {
    here.old = await oldMajor();
    const running = await startOnOld(made, here.old, { CADENZA_ENGINE_LOOPS: "0" });
    await plainContacts(running.url);
    await running.stop();
    const reached = await reachOld(here.old)({ dataDir: made });
    here.rows = await rowsOf(reached.owner, PLACE);
    await reached.stop();
  });
  after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return here;
}

export const onNew = <T>(server: EmbeddedServer, work: (client: pg.Client) => Promise<T>) =>
  within(server.owner, work);

async function within<T>(
  owner: EmbeddedServer["owner"],
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client(owner);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

export const filesIn = (dataDir: string) =>
  readdirSync(dataDir)
    .filter((name) => !["cadenza.key", "postgres-programs"].includes(name))
    .sort();

export async function contactsIn(dataDir: string) {
  const server = await startEmbedded({ dataDir, log: () => {} });
  try {
    const counted = (client: pg.Client) =>
      client.query<{ n: number }>("select count(*)::int as n from contacts");
    return (await onNew(server, counted)).rows[0]?.n;
  } finally {
    await server.stop();
  }
}
