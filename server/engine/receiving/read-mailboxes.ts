// Mailboxes are read: what is new is taken in, batch by batch, and where the server tells of news we stay and listen.
//
// One engine at a time reads a mailbox, and loses it when it is not heard of any more; two at once would do no harm,
// because each mail is taken in once. A mailbox that fails steps back by itself, with the reason kept, and the
// others go on. A mail that ends the connection again and again is read by itself, then by its header, then put aside.

import { setTimeout as sleep } from "node:timers/promises";
import { mailboxesToRead } from "../../features/mailboxes/mailboxes/reading-store.ts";
import type { Engine } from "../running/engine.ts";
import { attend } from "./attend-mailbox.ts";
import { roomFor, thisMachine, whoLeaves } from "./reading-room.ts";

type Reader = Pick<Engine, "app" | "id" | "stopping"> & { mostAtOnce?: number };

/** One that was caught up with, and listens since then. */
type Listening = { since: number; leave: AbortController };

const LOOK_EVERY_MS = 500;
/** While they are being connected to and caught up with. */
const MOST_BEGUN_AT_ONCE = 24;
/** So long each may listen before it has to make room for one that waits. */
const STAY_MS = 2_000;

/** Settles when it has been stopped, and every mailbox was left. */
export async function startReading({ app, id: engineId, stopping, mostAtOnce }: Reader) {
  const most = mostAtOnce ?? roomFor(thisMachine());
  const attended = new Map<string, Promise<void>>();
  const begun = new Set<string>();
  const listening = new Map<string, Listening>();

  const begin = (teamId: string, mailboxId: string) => {
    const key = `${teamId} ${mailboxId}`;
    begun.add(key);
    const leave = new AbortController();
    const work = attend(app, {
      teamId,
      mailboxId,
      engineId,
      stopping,
      leaving: leave.signal,
      onCaughtUp: () => {
        begun.delete(key);
        if (!listening.has(key)) listening.set(key, { since: performance.now(), leave });
      },
    })
      .catch((error) => app.log.error({ err: error, teamId, mailboxId }, "a mailbox could not be read"))
      .finally(() => {
        begun.delete(key);
        listening.delete(key);
        attended.delete(key);
      });
    attended.set(key, work);
  };

  while (!stopping.aborted) {
    const due = await app.db
      .inTransaction((db) => mailboxesToRead(db, app.now()))
      .catch((error) => {
        app.log.warn({ err: error }, "the search for mailboxes to read failed");
        return [];
      });
    const fresh = due.filter(({ teamId, mailboxId }) => !attended.has(`${teamId} ${mailboxId}`));
    const room = Math.min(MOST_BEGUN_AT_ONCE - begun.size, most - attended.size);
    for (const { teamId, mailboxId } of fresh.slice(0, Math.max(0, room))) begin(teamId, mailboxId);
    const wait = { waiting: fresh.length - Math.max(0, room), room: MOST_BEGUN_AT_ONCE - begun.size };
    const asked = { ...wait, now: performance.now(), stayMs: STAY_MS };
    for (const { leave } of whoLeaves([...listening.values()], asked)) leave.abort();
    await sleep(LOOK_EVERY_MS, undefined, { signal: stopping }).catch(() => {});
  }
  await Promise.all(attended.values());
}
