// Places in the feed, as callers keep them: text that means nothing to them.
//
// A place names its epoch: a database that is put back on another server begins a new one, in which events are numbered anew
// (migration 0131). Places of the epoch before are translated. Of any other nothing is known here: they are of a copy that went
// on by itself, and reading on from them might pass over events.

import type { Db } from "../../../db/connect.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import type { FeedCursor } from "../events/store.ts";

type Epochs = { epoch: string; formerEpoch: string | null; unnamedEpoch: string | null };

function epochsOf(db: Db) {
  return db.row<Epochs>("select epoch, former_epoch, unnamed_epoch from written_by") as Promise<Epochs>;
}

export async function printCursor(db: Db, { writtenIn, position }: FeedCursor) {
  const { epoch } = await epochsOf(db);
  return Buffer.from(`${epoch}.${writtenIn}.${position}`).toString("base64url");
}

/** Null for what no feed of ours has handed out. */
export async function readFeedCursor(db: Db, teamId: string, text: string): Promise<FeedCursor | null> {
  const [, named, writtenIn, position] =
    /^(?:([0-9a-f]{24})\.)?(\d{1,19})\.(\d{1,15})$/.exec(Buffer.from(text, "base64url").toString()) ?? [];
  if (!writtenIn || !position) return null;
  const cursor = { writtenIn, position: Number(position) };
  const { epoch, formerEpoch, unnamedEpoch } = await epochsOf(db);
  const of = named ?? unnamedEpoch;
  if (of === epoch) return cursor;
  if (of === null || of !== formerEpoch) throw new Refusal("place_of_another_copy");
  const now = await db.row<{ position: number }>("select restored_place($1, $2::xid8, $3) as position", [
    teamId,
    cursor.writtenIn,
    cursor.position,
  ]);
  return { writtenIn: "3", position: now?.position ?? 0 };
}
