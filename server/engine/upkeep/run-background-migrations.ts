// Changes the rows that an upgrade has left for later. Of all processes one does it, as the owner of the database, while emails go out.

import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { App } from "../../app.ts";
import { type BackgroundMigration, readBackground } from "../../db/background-migrations/files.ts";
import { runBackground } from "../../db/background-migrations/run.ts";
import type { ConnectionOptions } from "../../db/connect.ts";
import { waitingBackground } from "../../features/insight/installation/background-store.ts";
import { goRound } from "../running/engine.ts";

const EVERY_MS = 60_000;
const STOP_GRACE_MS = 2_000;

/** Not part of the mail loops: an engine that sends no mail does it too. Answers what stops it. */
export function startBackgroundMigrations(
  app: App,
  owner: ConnectionOptions,
  known: readonly BackgroundMigration[] = readBackground(),
): () => Promise<void> {
  if (known.length === 0) return async () => {};
  const stopping = new AbortController();
  const { signal } = stopping;
  const running = goRound(
    { app, stopping: signal },
    { everyMs: EVERY_MS, what: "a background migration" },
    () => runWaiting(app, owner, known, signal),
  );
  return async () => {
    stopping.abort();
    await Promise.race([running, sleep(STOP_GRACE_MS, undefined, { ref: false })]);
  };
}

/** Answers how many ended. One that cannot go on does not stop the others. */
export async function runWaiting(
  app: App,
  owner: ConnectionOptions,
  known: readonly BackgroundMigration[],
  stopping?: AbortSignal,
) {
  const isWaiting = () => app.db.inTransaction((db) => waitingBackground(db, known, app.now()));
  if ((await isWaiting()).length === 0) return 0;
  const letGo = await app.db.holdAlone("background migrations");
  if (!letGo) return 0; // another process is at it
  const client = new pg.Client({ ...owner, application_name: "cadenza background migration" });
  client.on("error", () => {}); // a lost connection rejects the query that was running
  try {
    await client.connect();
    let ended = 0;
    for (const migration of await isWaiting()) {
      const { name, table } = migration;
      app.log.info({ name, table }, "a background migration goes on");
      const end = await runBackground(client, migration, { rests: true, ...(stopping && { stopping }) });
      if (end.is === "stopped") return ended;
      if (end.is === "over") {
        ended += 1;
        app.log.info({ name, table }, "a background migration has ended");
      } else
        app.log.error(
          { name, table, error: end.error },
          "a background migration could not change all rows, and tries again in 15 minutes",
        );
    }
    return ended;
  } finally {
    await client.end().catch(() => {});
    await letGo();
  }
}
