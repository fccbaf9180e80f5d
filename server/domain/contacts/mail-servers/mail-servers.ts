// The two servers of a mailbox, as a provider or a domain publishes them: which of them Cadenza can use.

import type { Security, ServerSettings } from "../mailbox-connection.ts";

/** Null for reading: none was told. */
export type MailServers = { smtp: ServerSettings; imap: ServerSettings | null };

type ToldServer = {
  host: string;
  port: number;
  security: Security | null;
  /** With what stands for the address in it. */
  username: string | null;
};

const HOST = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/;

/** Null where it cannot be used: no password leaves unencrypted. */
export function usable({ host, port, security, username }: ToldServer, email: string): ServerSettings | null {
  const name = filled(host, email).trim().toLowerCase();
  if (!HOST.test(name) || !Number.isInteger(port) || port < 1 || port > 65_535) return null;
  if (security !== "tls" && security !== "starttls") return null;
  const signsIn = username === null ? null : filled(username, email).trim();
  return { host: name, port, security, username: signsIn === email || signsIn === "" ? null : signsIn };
}

/** The words that stand for parts of the address in the settings that providers publish. */
function filled(text: string, email: string) {
  const at = email.lastIndexOf("@");
  return text
    .replaceAll("%EMAILADDRESS%", email)
    .replaceAll("%EMAILLOCALPART%", email.slice(0, at))
    .replaceAll("%EMAILDOMAIN%", email.slice(at + 1));
}
