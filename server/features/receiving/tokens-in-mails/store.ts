// The token in a mail's links and picture: whose mail it is, asked before a team is known.

import type { Db } from "../../../db/connect.ts";

export type TokenMatch = { teamId: string; messageId: string };

/** What cannot be a token of ours need not be looked for. */
export function isToken(text: string) {
  return /^[A-Za-z0-9_-]{22,128}$/.test(text);
}

export function findByToken(db: Db, token: string) {
  return db.row<TokenMatch>("select team_id, message_id from find_message_by_token($1)", [token]);
}

/** Where the links of a test email lead; null if the token is of no test email. */
export async function findTestLinks(db: Db, token: string) {
  const row = await db.row<{ urls: string[] }>("select urls from find_test_links($1)", [token]);
  return row?.urls ?? null;
}
