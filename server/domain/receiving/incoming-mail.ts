// A mail that came in, as plain data: what the rules of inbound.ts look at, read from its bytes by mail/read-message.ts.
//
// Everything in it was written by strangers. It is bounded, it holds no control characters but line breaks, and
// addresses are lower case with their domain in ASCII; whether anything of it is true is for the rules to say.

import type { AttachedReport } from "./aggregate-report.ts";

export type NamedAddress = { email: string; name: string };

/** What a mail server says of one recipient (RFC 3464). Fields that were not given are null. */
export type DeliveryStatus = {
  action: string | null; // failed, delayed, delivered, relayed, expanded
  status: string | null; // 5.1.1
  finalRecipient: string | null;
  originalRecipient: string | null;
  diagnostic: string | null;
};

/** Header fields by lower-case name, each with all its values in order. */
export type HeaderFields = Readonly<Record<string, readonly string[]>>;

export type OriginalMessage = {
  messageId: string | null;
  to: string[];
  subject: string;
  headers: HeaderFields;
};

/** A file in an email. `position`: its place among them. `isInline`: a picture that the text shows. */
export type AttachedFile = { position: number; name: string; type: string; size: number; isInline: boolean };

export type IncomingMail = {
  /** The same however often the mail is fetched, and whatever number the server gives it. */
  contentKey: string;
  size: number;
  /** Why not all of it could be read; what could be read is here nevertheless. */
  unreadable: string | null;
  messageId: string | null; // with its angle brackets, as all Message-IDs here
  inReplyTo: string[];
  references: string[];
  from: NamedAddress | null;
  sender: NamedAddress | null;
  replyTo: NamedAddress[];
  to: NamedAddress[];
  cc: NamedAddress[];
  /** Every address it came by: Delivered-To, X-Original-To, Envelope-To and their like. */
  deliveredTo: string[];
  /** Null where there is none; "" is the empty sender of automatic mail, "<>". */
  returnPath: string | null;
  subject: string;
  date: Temporal.Instant | null;
  /** Minutes the sender's clock is ahead of UTC. */
  utcOffset: number | null;
  /** Those that matter to the rules, not all. */
  headers: HeaderFields;
  text: string;
  textFrom: "plain" | "html" | null;
  isTextCut: boolean;
  reportType: string | null; // delivery-status, disposition-notification, feedback-report
  deliveryStatuses: DeliveryStatus[];
  disposition: HeaderFields | null; // RFC 8098: what became of a mail in its reader's hands
  feedback: HeaderFields | null; // RFC 5965: the contact pressed "this is spam"
  original: OriginalMessage | null; // what a report is about, as it came back
  calendar: { method: string; answer: string | null } | null; // REQUEST, REPLY; ACCEPTED, DECLINED
  attachments: AttachedFile[];
  attachedReport: AttachedReport | null; // RFC 7489: how receivers judged the mail of a domain
};

/** A mail of which nothing could be read. */
export const NOTHING_READ: Omit<IncomingMail, "contentKey" | "size" | "unreadable"> = {
  messageId: null,
  inReplyTo: [],
  references: [],
  from: null,
  sender: null,
  replyTo: [],
  to: [],
  cc: [],
  deliveredTo: [],
  returnPath: null,
  subject: "",
  date: null,
  utcOffset: null,
  headers: {},
  text: "",
  textFrom: null,
  isTextCut: false,
  reportType: null,
  deliveryStatuses: [],
  disposition: null,
  feedback: null,
  original: null,
  calendar: null,
  attachments: [],
  attachedReport: null,
};
