// The flags of adding contacts that a command takes as the call names them: what lets skipped contacts in, the first
// step, a restart.

import { type Command, commands } from "./commands.ts";

/** What the commands name in their own words: the sequence, the contacts, the mailboxes, the start. */
const NAMED_BY_COMMANDS = new Set([
  "id",
  "emailer_campaign_id",
  "contact_ids",
  "label_names",
  "send_email_from_email_account_id",
  "email_account_id",
  "userId",
  "async",
  "status",
  "auto_unpause_at",
]);

/** A file names its contacts itself, and its promise is asked about by the command. */
const NOT_OF_A_FILE = new Set(["contact_filter", "promise_id"]);

export function addingFlags(): Command | null {
  const listed = commands.joining?.addContacts;
  return listed
    ? { ...listed, flags: listed.flags.filter(({ name }) => !NAMED_BY_COMMANDS.has(name)) }
    : null;
}

export function fileAddingFlags(): Command | null {
  const adding = addingFlags();
  return adding && { ...adding, flags: adding.flags.filter(({ name }) => !NOT_OF_A_FILE.has(name)) };
}
