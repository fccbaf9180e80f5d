// An email that was read before, as its mailbox keeps it now: in the folder it was read from, or wherever it was moved since.

import type { ImapConnection } from "./imap-connection.ts";
import { findOne, foldersIn, opened } from "./placed-mails.ts";

/** By what it is known. The number is only good in its folder, and only until the server numbers its emails anew. */
export type KeptMail = { messageId: string | null; folder: string; uid: number };

export type KeptLook = { kind: "found"; raw: Buffer } | { kind: "gone" | "too_large" };

const LARGEST = 50 * 1024 * 1024;

export async function readKept(connection: ImapConnection, mail: KeptMail): Promise<KeptLook> {
  const uid = await uidOf(connection, mail);
  if (uid === null) return { kind: "gone" };
  if (uid.size > LARGEST) return { kind: "too_large" };
  const fetching = connection.client.fetchAll(String(uid.number), { uid: true, source: true }, { uid: true });
  const [found] = await connection.within(fetching);
  return found?.source ? { kind: "found", raw: found.source } : { kind: "gone" };
}

/** Its folder stays open. */
async function uidOf(connection: ImapConnection, { messageId, folder, uid }: KeptMail) {
  if (messageId === null) return numbered(connection, folder, uid);
  const inFolder = (await opened(connection, folder)) ? await findOne(connection, messageId) : null;
  if (inFolder) return { number: inFolder.uid, size: inFolder.size ?? 0 };
  const { folders } = await foldersIn(connection);
  for (const { path } of folders) {
    if (path === folder || !(await opened(connection, path))) continue;
    const found = await findOne(connection, messageId);
    if (found) return { number: found.uid, size: found.size ?? 0 };
  }
  return null;
}

async function numbered(connection: ImapConnection, folder: string, uid: number) {
  if (!(await opened(connection, folder))) return null;
  const listing = connection.client.fetchAll(String(uid), { uid: true, size: true }, { uid: true });
  const [found] = await connection.within(listing);
  return found ? { number: found.uid, size: found.size ?? 0 } : null;
}
