// A mail server's own words, fit to be shown to people and written into rows.

import type { MailLogin } from "./mail-server.ts";

const LONGEST_QUOTE = 300;

/** What the server said, on one line, and without what we said to it: some repeat it back. */
export function quoted(text: string | undefined, login: MailLogin | null): string | null {
  if (!text) return null;
  const line = secretsOf(login)
    .reduce((said, secret) => said.replaceAll(secret, "…"), text)
    .replace(/[\p{Cc}\p{Bidi_C}\p{Zl}\p{Zp}]+/gu, " ")
    .trim();
  return line ? line.slice(0, LONGEST_QUOTE).toWellFormed() : null; // a row cannot hold half a letter
}

function secretsOf(login: MailLogin | null) {
  if (!login) return [];
  const { username } = login;
  const secret = login.kind === "password" ? login.password : login.accessToken;
  const spelled = [secret, `\0${username}\0${secret}`, `user=${username}\x01auth=Bearer ${secret}\x01\x01`];
  return [...spelled.map((text) => Buffer.from(text).toString("base64")), secret].filter(Boolean);
}
