// Who has a mailbox: by the domain of its address, or by the servers that take the domain's mail.

import { hostOfEmail } from "../companies.ts";
import { KNOWN_PROVIDERS, type KnownProvider, type MailProviderNote } from "./known-providers.ts";
import type { MailServers } from "./mail-servers.ts";

export type MailProvider = {
  name: string;
  signsIn: "google" | "microsoft" | null;
  notes: readonly MailProviderNote[];
  /** Null: other programs cannot reach its mailboxes. */
  servers: MailServers | null;
};

/** By the domain alone. */
export function providerOfDomain(email: string): MailProvider | null {
  const domain = hostOfEmail(email) ?? "";
  return shown(
    KNOWN_PROVIDERS.find(({ domains = [] }) => domains.includes(domain)),
    email,
  );
}

/** Where one provider has all of the domain's mail exchangers. */
export function providerOfExchangers(email: string, exchangers: readonly string[]): MailProvider | null {
  const [first, ...others] = exchangers.map((host) => withExchanger(host.toLowerCase()));
  return others.every((one) => one === first) ? shown(first, email) : null;
}

function withExchanger(host: string) {
  return KNOWN_PROVIDERS.find(({ exchangers = [] }) =>
    exchangers.some((end) => host === end || host.endsWith(`.${end}`)),
  );
}

function shown(known: KnownProvider | undefined, email: string): MailProvider | null {
  if (!known) return null;
  const { name, signsIn = null, notes = [], imap, smtp, startsTls = false, localPart = false } = known;
  if (imap === null || smtp === null) return { name, signsIn, notes, servers: null };
  const username = localPart ? email.slice(0, email.lastIndexOf("@")) : null;
  const sending = startsTls
    ? ({ port: 587, security: "starttls" } as const)
    : ({ port: 465, security: "tls" } as const);
  const servers = {
    smtp: { host: smtp, ...sending, username },
    imap: { host: imap, port: 993, security: "tls" as const, username },
  };
  return { name, signsIn, notes, servers };
}
