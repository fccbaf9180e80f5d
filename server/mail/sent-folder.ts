// Whether mails lie in the folder where a mailbox keeps what it has sent. Found, they went out; not found proves nothing.

import type { ListResponse } from "imapflow";
import type { ImapConnection } from "./imap-connection.ts";

/** What mail programs call it where the server does not say which it is. */
const NAMES = new Set([
  ...[
    "sent",
    "sent items",
    "sent mail",
    "sent messages",
    "gesendet",
    "gesendete elemente",
    "gesendete objekte",
  ],
  ...[
    "envoyes",
    "elements envoyes",
    "messages envoyes",
    "enviados",
    "elementos enviados",
    "mensagens enviadas",
  ],
  ...["itens enviados", "posta inviata", "inviati", "inviata", "verzonden", "verzonden items", "skickat"],
  ...[
    "skickade objekt",
    "sendt",
    "sendte elementer",
    "sendte objekter",
    "sendt post",
    "lahetetyt",
    "wyslane",
    "elementy wyslane",
  ],
]);

/** Null: there is no such folder. */
export async function foundInSent(
  connection: ImapConnection,
  internetMessageIds: readonly string[],
): Promise<ReadonlySet<string> | null> {
  const { client } = connection;
  const path = sentPath(await connection.within(client.list()));
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

function sentPath(folders: readonly ListResponse[]) {
  const marked = folders.find(({ specialUse }) => specialUse === "\\Sent");
  const named = folders.find(({ name }) => NAMES.has(folded(name)));
  return (marked ?? named)?.path ?? null;
}

function folded(name: string) {
  return name.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("ł", "l").replaceAll("Ł", "l").toLowerCase();
}
