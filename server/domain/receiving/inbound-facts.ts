// What must be known of us before an incoming mail can be understood, and what a mail should be asked about.

import { companyDomainOf } from "../contacts/companies.ts";
import type { IncomingMail } from "./incoming-mail.ts";

/** A mail of ours that this one may be about. */
export type SentMail = {
  id: string;
  contactId: string | null;
  messageId: string;
  /** The provider's, where it gave the mail another one. */
  otherId?: string | null;
  to: string;
  subject: string;
  /** Its first words as plain text, by which a quotation without ids is known. */
  opening: string;
  token: string | null;
  threadId: string | null;
};

export type InboundFacts = {
  folder: "inbox" | "sent" | "drafts" | "junk" | "other";
  /** Every address and alias of the team's mailboxes. */
  ownAddresses: ReadonlySet<string>;
  /** The provider's thread, where it names one. */
  threadId: string | null;
  receivedAt: Temporal.Instant;
  /** Found by what `lookUpFor` names, newest first. */
  sent: readonly SentMail[];
  /** Contacts who have been mailed, by those addresses or at those companies. */
  contacts: readonly { id: string; emails: readonly string[] }[];
};

export type LookUp = {
  messageIds: string[];
  tokens: string[];
  addresses: string[];
  companyDomains: string[];
};

/** By what to look for our mails and contacts: one search for each list. */
export function lookUpFor(mail: IncomingMail): LookUp {
  const { original } = mail;
  const senders = [mail.from, mail.sender, ...mail.replyTo].flatMap((person) => person?.email ?? []);
  const reported = mail.deliveryStatuses.flatMap((one) => [one.finalRecipient, one.originalRecipient]);
  const complained = mail.feedback?.["original-rcpt-to"]?.flatMap(
    (value) => value.toLowerCase().match(ADDRESS) ?? [],
  );
  const inReports = [original?.to, failedRecipients(mail), addressesInText(mail), complained].flatMap(
    (list) => list ?? [],
  );
  const addresses = [...senders, ...reported, ...inReports].filter((address) => address !== null);
  return {
    messageIds: unique([...mail.inReplyTo, ...mail.references, ...idsReported(mail)]),
    tokens: tokensOf(mail),
    addresses: unique(addresses),
    companyDomains: unique(senders.map(companyDomainOf).filter((domain) => domain !== null)),
  };
}

/** Message-IDs of the mail a report is about. */
export function idsReported({ original, disposition, text }: IncomingMail): string[] {
  const fields = [
    original?.messageId,
    ...(original?.headers["x-cadenza-message-id"] ?? []),
    ...(disposition?.["original-message-id"] ?? []),
  ];
  const pasted = text.slice(0, 20_000).match(/<[^<>\s@]{8,200}@[^<>\s]{3,100}>/g) ?? [];
  return unique([...fields.flatMap((field) => field?.match(/<[^<>\s]+>/g) ?? []), ...pasted.slice(0, 20)]);
}

/** What follows a plus in the recipient addresses, and what we put into our own header. */
export function tokensOf({ to, cc, deliveredTo, original }: IncomingMail): string[] {
  const recipients = [...to, ...cc].map(({ email }) => email).concat(deliveredTo);
  const tags = recipients.flatMap((address) => /\+([^@]{8,200})@/.exec(address)?.[1] ?? []);
  return unique([...tags, ...(original?.headers["x-cadenza-token"] ?? [])]);
}

export function failedRecipients({ headers }: IncomingMail): string[] {
  return (headers["x-failed-recipients"] ?? []).flatMap((value) => value.toLowerCase().match(ADDRESS) ?? []);
}

/** Only of mails that look like reports: other texts may name any address. */
export function addressesInText(mail: IncomingMail): string[] {
  const isReport =
    mail.returnPath === "" || isDaemon(mail) || mail.headers["x-failed-recipients"] !== undefined;
  return isReport ? unique(mail.text.slice(0, 5000).toLowerCase().match(ADDRESS) ?? []).slice(0, 20) : [];
}

const ADDRESS = /[a-z0-9._%+'-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5}/g;
const DAEMON =
  /^(?:mailer-?daemon|mailer_daemon|mail-?daemon|mdaemon|postmaster|mail\.?delivery.*|maildelivery|bounces?|bounce[+-].*|microsoftexchange[0-9a-f]+|no-?reply-?(?:bounce|postmaster)|administrator|system\.administrator)@/;

/** Its sender is a mail server. */
export function isDaemon({ from, sender }: IncomingMail) {
  return (
    from === null || // "MAILER-DAEMON <>"
    DAEMON.test(from.email) ||
    DAEMON.test(sender?.email ?? "") ||
    /^mail delivery (?:sub)?system$/i.test(from?.name ?? "")
  );
}

export const unique = <T>(values: readonly T[]) => [...new Set(values)];
