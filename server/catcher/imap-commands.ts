// What a signed-in client may ask for.

import type { ImapCommand } from "./imap-desk.ts";
import { append, leaveFolder, list, select, status } from "./imap-folders.ts";
import { expunge, fetch, search, store } from "./imap-mails.ts";

/** By name. UID stands before some of them and makes their numbers uids. */
export const COMMANDS: Record<string, ImapCommand> = {
  SELECT: (desk, args) => select(desk, args, false),
  EXAMINE: (desk, args) => select(desk, args, true),
  LIST: (desk, args) => list(desk, args, "LIST"),
  LSUB: (desk, args) => list(desk, args, "LSUB"),
  STATUS: status,
  NAMESPACE: async (desk) => {
    await desk.say('* NAMESPACE (("" "/")) NIL NIL');
    return "OK one for all";
  },
  SUBSCRIBE: async () => "OK as you like",
  UNSUBSCRIBE: async () => "OK as you like",
  CREATE: async () => "NO folders are given here",
  DELETE: async () => "NO folders are given here",
  RENAME: async () => "NO folders are given here",
  FETCH: fetch,
  SEARCH: search,
  STORE: store,
  APPEND: append,
  EXPUNGE: expunge,
  CLOSE: (desk) => leaveFolder(desk, true),
  UNSELECT: (desk) => leaveFolder(desk, false),
  CHECK: async () => "OK all is kept",
};

export const BY_UID = new Set(["FETCH", "SEARCH", "STORE", "EXPUNGE"]);
