// Servers that a domain names in its DNS for people who set up a mail program (RFC 6186, RFC 8314).

import { type MailServers, usable } from "./mail-servers.ts";

export type ServiceRecord = { host: string; port: number; priority: number; weight: number };

/** Encrypted from the first byte before encrypted later, as RFC 8314 asks. */
export const MAIL_SERVICES = {
  smtp: [
    { name: "_submissions._tcp", security: "tls" },
    { name: "_submission._tcp", security: "starttls" },
  ],
  imap: [
    { name: "_imaps._tcp", security: "tls" },
    { name: "_imap._tcp", security: "starttls" },
  ],
} as const;

type ServiceAnswers = ReadonlyMap<string, readonly ServiceRecord[]>;

export function readServiceRecords(answers: ServiceAnswers, email: string): MailServers | null {
  const first = (side: "smtp" | "imap") =>
    MAIL_SERVICES[side]
      .flatMap(({ name, security }) =>
        inOrder(answers.get(name) ?? []).map(({ host, port }) => ({ host, port, security, username: null })),
      )
      .flatMap((told) => usable(told, email) ?? [])[0];
  const smtp = first("smtp");
  return smtp ? { smtp, imap: first("imap") ?? null } : null;
}

function inOrder(records: readonly ServiceRecord[]) {
  return records.toSorted((a, b) => a.priority - b.priority || b.weight - a.weight);
}
