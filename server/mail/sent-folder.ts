// Whether mails lie in the folder where a mailbox keeps what it has sent. Found, they went out; not found proves nothing.

import { folderFor } from "./folders.ts";
import type { ImapConnection } from "./imap-connection.ts";

/** Null: there is no such folder. */
export async function foundInSent(
  connection: ImapConnection,
  internetMessageIds: readonly string[],
): Promise<ReadonlySet<string> | null> {
  const { client } = connection;
  const path = folderFor("\\Sent", await connection.within(client.list()));
  if (path === null) return null;
  await connection.within(client.mailboxOpen(path, { readOnly: true }));
  const found = new Set<string>();
  for (const id of internetMessageIds) {
    const uids = await connection.within(client.search({ header: { "message-id": id } }, { uid: true }));
    if (!uids || uids.length === 0) continue;
    // A search finds parts of words too, and some servers find more than that.
    const hits = await connection.within(
      client.fetchAll(uids.slice(-20).join(","), { uid: true, headers: ["message-id"] }, { uid: true }),
    );
    if (hits.some(({ headers }) => headers?.toString().includes(id))) found.add(id);
  }
  return found;
}
