// What is new in a mailbox's folder of sent mail: that it went out, and when. Its content is not read.
//
// The folder may hold anything, on any server. So it is walked back from its end, listed a bounded number of mails at
// a time and never further back than a bound. Numbers are those of the mailbox: UIDs above the last one seen are new,
// until the server numbers its mails anew (another UIDVALIDITY). Then the last day is looked through once more, and
// the caller recognizes the mails by their ids.

import { createHash } from "node:crypto";
import type { FetchMessageObject, FetchQueryObject } from "imapflow";
import type { MailFromElsewhere } from "../domain/contacts/sent-elsewhere.ts";
import { folderFor } from "./folders.ts";
import { headerFieldsOf, messageIdsIn } from "./header-block.ts";
import { type ImapConnection, ReadingFailed } from "./imap-connection.ts";
import type { ServerClock } from "./server-clock.ts";

/** How far it was looked through. */
export type SentCursor = {
  path: string;
  uidValidity: number | null;
  lastUid: number;
  position?: string | null;
};

/** An email of ours that may be among them. */
export type SoughtMail = {
  internetMessageId: string;
  recipient: string | null;
  /** By which its provider knows the draft that it was. */
  draftId: string | null;
  /** In its header, by which it is known where the provider gave it another Message-ID. */
  token?: string | null;
};

/** By which it is found again among the results. */
export function soughtAs({ draftId, internetMessageId }: Pick<SoughtMail, "draftId" | "internetMessageId">) {
  return draftId ?? internetMessageId;
}

export type SentLook = { cursor: SentCursor; mails: MailFromElsewhere[] };

/** Nothing counts for longer. */
const COUNTS_FOR = { hours: 24 };
/** More than that at once no mailbox is allowed anyway; what lies before them is passed over. */
const MOST_MAILS = 5_000;
const LISTED_AT_ONCE = 1_000;
const READ_AT_ONCE = 250;
/** Mails of a mailbox's own have no servers' stamps on them, so the id is among the first lines. */
const HEADER = { key: "HEADER", start: 0, maxLength: 8_000 };

/** Null: there is no such folder, as far as anybody can tell. */
export async function lookThroughSent(
  connection: ImapConnection,
  known: SentCursor | null,
  clock: ServerClock,
): Promise<SentLook | null> {
  const { client } = connection;
  const path = folderFor("\\Sent", await connection.within(client.list()));
  if (path === null) return null;
  const box = await connection.within(client.mailboxOpen(path, { readOnly: true }));
  const uidValidity = Number(box.uidValidity);
  const isKnown = known !== null && known.path === path && known.uidValidity === uidValidity;
  const seenTo = isKnown ? known.lastUid : 0;
  const lastNumber = Math.max(0, (box.uidNext || 1) - 1);
  const isNothingNew = box.exists === 0 || (isKnown && lastNumber > 0 && lastNumber <= seenTo);
  if (isNothingNew) return { cursor: { path, uidValidity, lastUid: seenTo }, mails: [] };
  const listed = await listedAfter(connection, box.exists, { seenTo, clock });
  const lastUid = listed.reduce((highest, { uid }) => Math.max(highest, uid), seenTo);
  const since = clock.now().subtract(COUNTS_FOR);
  const fresh = listed.filter(({ sentAt }) => Temporal.Instant.compare(sentAt, since) > 0);
  return { cursor: { path, uidValidity, lastUid }, mails: await identified(connection, fresh) };
}

type Listed = { uid: number; size: number; sentAt: Temporal.Instant };

/** From the end back to what was seen, to where nothing is of the last day, or to the bound. */
async function listedAfter(
  connection: ImapConnection,
  exists: number,
  { seenTo, clock }: { seenTo: number; clock: ServerClock },
): Promise<Listed[]> {
  const since = clock.now().subtract(COUNTS_FOR);
  const listed = new Map<number, Listed>();
  for (let to = exists; to > 0 && exists - to < MOST_MAILS; to -= LISTED_AT_ONCE) {
    const range = `${Math.max(1, to - LISTED_AT_ONCE + 1)}:${to}`;
    const query = { uid: true, size: true, internalDate: true };
    const rows = await fetched(connection, range, query, { uid: false, most: LISTED_AT_ONCE });
    const later = rows.filter(({ uid }) => uid > seenTo);
    for (const { uid, size = 0, internalDate } of later)
      listed.set(uid, { uid, size, sentAt: clock.cameAt(internalDate) });
    const isOld = ({ internalDate }: FetchMessageObject) =>
      Temporal.Instant.compare(clock.cameAt(internalDate), since) <= 0;
    // Of a folder that was seen before, whatever lies above what was seen is new, however old it says it is.
    if (later.length < rows.length || rows.length === 0 || (seenTo === 0 && rows.every(isOld))) break;
  }
  return [...listed.values()];
}

/** Each by its Message-ID, or by its header where it has none. What is gone meanwhile is left out. */
async function identified(
  connection: ImapConnection,
  listed: readonly Listed[],
): Promise<MailFromElsewhere[]> {
  const mails: MailFromElsewhere[] = [];
  for (let at = 0; at < listed.length; at += READ_AT_ONCE) {
    const part = listed.slice(at, at + READ_AT_ONCE);
    const heads = await headsOf(connection, part);
    for (const { uid, size, sentAt } of part) {
      const head = heads.get(uid);
      if (head === undefined) continue;
      const messageId = messageIdsIn(headerFieldsOf(head)["message-id"], 2)[0] ?? null;
      const key = messageId === null ? keyOfSent(`header ${size}`, head) : keyOfSent("id", messageId);
      mails.push({ messageId, key, sentAt });
    }
  }
  return mails;
}

async function headsOf(connection: ImapConnection, part: readonly Listed[]) {
  const range = part.map(({ uid }) => uid).join(",");
  const query = { uid: true, bodyParts: [HEADER] };
  const rows = await fetched(connection, range, query, { uid: true, most: part.length });
  return new Map(
    rows.flatMap(({ uid, headers, bodyParts }) => {
      const head = headers ?? bodyParts?.values().next().value;
      return head ? [[uid, head.toString("latin1", 0, HEADER.maxLength)] as const] : [];
    }),
  );
}

/** What was asked for; a server that tells of much more than that is left. */
async function fetched(
  connection: ImapConnection,
  range: string,
  query: FetchQueryObject,
  { uid, most }: { uid: boolean; most: number },
): Promise<FetchMessageObject[]> {
  const rows: FetchMessageObject[] = [];
  const gather = async () => {
    for await (const row of connection.client.fetch(range, query, { uid })) {
      rows.push(row);
      if (rows.length > 2 * most) throw new ReadingFailed("dropped", "more than was asked for");
    }
  };
  await connection.within(gather());
  return rows;
}

/** By which it is known again. */
export function keyOfSent(kind: string, text: string) {
  return createHash("sha256").update(`${kind}\n${text}`, "latin1").digest("hex");
}
