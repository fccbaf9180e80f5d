// In which folder of a mailbox an email lies, by its Message-ID. Looked for in all folders but those of what the mailbox wrote
// itself. Nothing is marked as read or moved.

import type { FetchMessageObject, ListResponse } from "imapflow";
import type { FoundIn } from "../domain/sending/placement.ts";
import { folderFor } from "./folders.ts";
import { headerFieldsOf, messageIdsIn } from "./header-block.ts";
import type { ImapConnection } from "./imap-connection.ts";
import type { ServerClock } from "./server-clock.ts";

export type PlacedMail = FoundIn & {
  arrivedAt: Temporal.Instant;
  /** As they stand in the email, the topmost first. */
  authResults: readonly string[];
};

const MOST_FOLDERS = 60;
const OWN_USES = new Set(["\\Sent", "\\Drafts"]);
const TABS = ["promotions", "social", "updates", "forums"] as const;
const HEADERS = ["message-id", "authentication-results"];

export async function findPlacedIn(
  connection: ImapConnection,
  messageIds: readonly string[],
  clock: ServerClock,
): Promise<ReadonlyMap<string, PlacedMail>> {
  const { folders, junk } = await foldersIn(connection);
  const found = new Map<string, PlacedMail>();
  for (const folder of folders) {
    const left = messageIds.filter((id) => !found.has(id));
    if (left.length === 0) break;
    if (!(await opened(connection, folder.path))) continue;
    for (const id of left) {
      const mail = await findOne(connection, id);
      if (!mail) continue;
      const isInbox = isInboxOf(folder);
      const isJunk = folder.path === junk;
      const labels = [...(mail.labels ?? [])];
      const isInTabs = isInbox || labels.includes("\\Inbox");
      const tab = isInTabs ? await tabOf(connection, id, labels) : null;
      const fields = headerFieldsOf(mail.headers?.toString("latin1") ?? "");
      const arrivedAt = clock.cameAt(mail.internalDate);
      found.set(id, {
        path: folder.path,
        isInbox,
        isJunk,
        labels,
        tab,
        arrivedAt,
        authResults: fields["authentication-results"] ?? [],
      });
    }
  }
  return found;
}

function isInboxOf({ path, specialUse }: ListResponse) {
  return specialUse === "\\Inbox" || path.toUpperCase() === "INBOX";
}

/** Those that emails from others lie in. */
export async function foldersIn(connection: ImapConnection) {
  const listed = await connection.within(connection.client.list());
  const junk = folderFor("\\Junk", listed);
  return { folders: inOrder(listed, junk), junk };
}

/** The inbox first, then spam; the folder of all emails last, since it repeats what others hold. */
function inOrder(listed: readonly ListResponse[], junk: string | null) {
  const rank = (folder: ListResponse) => {
    if (isInboxOf(folder)) return 0;
    if (folder.path === junk) return 1;
    return folder.specialUse === "\\All" ? 3 : 2;
  };
  const sent = folderFor("\\Sent", listed);
  return listed
    .filter(({ path, flags, specialUse }) => {
      const isOwn = path === sent || OWN_USES.has(specialUse ?? "");
      return !isOwn && !flags.has("\\Noselect") && !flags.has("\\NonExistent");
    })
    .sort((one, other) => rank(one) - rank(other))
    .slice(0, MOST_FOLDERS);
}

/** A folder that the server does not let us into holds nothing that we could find. */
export async function opened(connection: ImapConnection, path: string) {
  try {
    const box = await connection.within(connection.client.mailboxOpen(path, { readOnly: true }));
    return box.exists > 0;
  } catch (error) {
    if (connection.isOpen) return false;
    throw error;
  }
}

export async function findOne(connection: ImapConnection, id: string): Promise<FetchMessageObject | null> {
  const { client } = connection;
  const uids = await connection.within(client.search({ header: { "message-id": id } }, { uid: true }));
  if (!uids || uids.length === 0) return null;
  const labels = client.capabilities.has("X-GM-EXT-1");
  const query = { uid: true, size: true, internalDate: true, headers: HEADERS, ...(labels && { labels }) };
  // A search finds parts of words too, and some servers find more than that.
  const hits = await connection.within(client.fetchAll(uids.slice(-20).join(","), query, { uid: true }));
  const isIt = ({ headers }: FetchMessageObject) =>
    messageIdsIn(headerFieldsOf(headers?.toString("latin1") ?? "")["message-id"], 2).includes(id);
  return hits.find(isIt) ?? null;
}

/** Gmail tells an email's tab to a search only; some servers in its manner name it as a label. */
async function tabOf(connection: ImapConnection, id: string, labels: readonly string[]) {
  const { client } = connection;
  const named = TABS.find((tab) => labels.some((label) => label.toLowerCase() === `category_${tab}`));
  if (named || !client.capabilities.has("X-GM-EXT-1")) return named ?? null;
  const bare = id.replace(/[<>]/g, "");
  for (const tab of TABS) {
    const gmraw = `rfc822msgid:${bare} category:${tab}`;
    const uids = await connection.within(client.search({ gmraw }, { uid: true }));
    if (uids && uids.length > 0) return tab;
  }
  return null;
}
