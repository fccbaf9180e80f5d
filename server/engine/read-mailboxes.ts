// Mailboxes are read: what is new is taken in, batch by batch, and where the server tells of news we stay and listen.
//
// One engine at a time reads a mailbox, and loses it when it is not heard of any more; two at once would do no harm,
// because each mail is taken in once. A mailbox that fails steps back by itself, with the reason kept, and the
// others go on. A mail that ends the connection again and again is read by itself, then by its header, then put aside.

import { setTimeout as sleep } from "node:timers/promises";
import { mailboxesToRead } from "../features/mailboxes/reading-store.ts";
import { attend } from "./attend-mailbox.ts";
import type { Engine } from "./engine.ts";

type Reader = Pick<Engine, "app" | "id" | "stopping">;

const LOOK_EVERY_MS = 500;
/** At once in one process. Beyond, mailboxes take turns and are polled. */
const MOST_AT_ONCE = 50;
/** While they are being connected to and caught up with. */
const MOST_BEGUN_AT_ONCE = 8;

/** Settles when it has been stopped, and every mailbox was left. */
export async function startReading({ app, id: engineId, stopping }: Reader) {
  const attended = new Map<string, Promise<void>>();
  const begun = new Set<string>();

  const begin = (teamId: string, mailboxId: string) => {
    const key = `${teamId} ${mailboxId}`;
    begun.add(key);
    const work = attend(app, {
      ...{ teamId, mailboxId, engineId, stopping },
      mayStay: () => attended.size < MOST_AT_ONCE,
      onCaughtUp: () => begun.delete(key),
    })
      .catch((error) => app.log.error({ err: error, teamId, mailboxId }, "a mailbox could not be read"))
      .finally(() => {
        begun.delete(key);
        attended.delete(key);
      });
    attended.set(key, work);
  };

  while (!stopping.aborted) {
    const due = await app.db
      .inTransaction((db) => mailboxesToRead(db, app.now()))
      .catch((error) => {
        app.log.warn({ err: error }, "mailboxes could not be looked for");
        return [];
      });
    for (const { teamId, mailboxId } of due) {
      const isFull = begun.size >= MOST_BEGUN_AT_ONCE || attended.size >= MOST_AT_ONCE;
      if (!isFull && !attended.has(`${teamId} ${mailboxId}`)) begin(teamId, mailboxId);
    }
    await sleep(LOOK_EVERY_MS, undefined, { signal: stopping }).catch(() => {});
  }
  await Promise.all(attended.values());
}
