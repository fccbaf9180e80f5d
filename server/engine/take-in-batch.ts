// A batch of fetched mails into what we understand of them. One that we stumble over is put aside, so that it does not
// keep the others.

import type { App } from "../app.ts";
import { type Arrival, setAside, takeIn } from "../features/incoming/commands.ts";
import type { Batch, Cursor, Fetched } from "../mail/inbox.ts";
import { readMessage } from "../mail/read-message.ts";

/** Whose folder it is. */
export type Reader = { teamId: string; mailboxId: string; role: "inbox" | "junk" };

/** One batch after the other, in their order; while one is taken in, the next is parsed. */
export function takingInOrder(app: App, { teamId, mailboxId, role }: Reader) {
  let taken = Promise.resolve();
  return (batch: Batch): Promise<void> => {
    const parsed = Promise.all(
      batch.mails.map((one) => arrivalOf(one, `${mailboxId} ${role} ${batch.cursor.uidValidity}`)),
    );
    taken = taken.then(async () => takeInBatch(app, { teamId, mailboxId, role }, batch.cursor, await parsed));
    return taken;
  };
}

async function takeInBatch(
  app: App,
  { teamId, mailboxId, role }: Reader,
  cursor: Cursor,
  arrivals: readonly Arrival[],
) {
  const folder = { ...cursor, role };
  try {
    await takeIn(app, { teamId, mailboxId, folder }, arrivals);
    return;
  } catch (error) {
    if (!isOurMistake(error)) throw error;
    app.log.warn(
      { err: error, teamId, mailboxId, mails: arrivals.length },
      "a batch of mails is taken in one by one",
    );
  }
  for (const arrival of arrivals) {
    const upTo = { teamId, mailboxId, folder: { ...folder, lastUid: arrival.uid } };
    try {
      await takeIn(app, upTo, [arrival]);
    } catch (error) {
      if (!isOurMistake(error)) throw error;
      app.log.error(
        { err: error, teamId, mailboxId, uid: arrival.uid },
        "a mail could not be taken in, and is put aside",
      );
      await setAside(app, upTo, arrival, "our_error");
    }
  }
}

async function arrivalOf({ uid, receivedAt, threadId, raw, size, isWhole }: Fetched, numbering: string) {
  const read = await readMessage(raw);
  const arrival: Arrival = { uid, receivedAt, threadId, mail: read };
  if (isWhole) return arrival;
  // Of what was not fetched at all there is nothing to know it by but its number.
  const isBare = raw.length === 0;
  const contentKey = isBare ? `not fetched ${numbering} ${uid}` : read.contentKey;
  return {
    ...arrival,
    mail: { ...read, contentKey, size, unreadable: isBare ? "not_fetched" : "too_large" },
  };
}

/** A mistake comes again with the same mail. What the database is in trouble with does not: it is tried again later. */
function isOurMistake(error: unknown) {
  const { code } = error as { code?: unknown };
  const isStatement = typeof code === "string" && /^(?:22|23|42)/.test(code);
  return (
    isStatement || error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError
  );
}
