// A mail as its bytes: the same bytes for the same mail, however often it is tried. So a recipient who gets it twice
// through a relay gets identical ones, and a proof found later proves this one.

import type { Address } from "nodemailer/lib/addressparser";
import { type DkimKey, dkimSigned } from "./dkim.ts";
import { type Envelope, needsUtf8, wireAddress } from "./envelope.ts";
import {
  isContentType,
  isMessageId,
  isPrintableUrl,
  plainBody,
  plainFileName,
  plainWords,
} from "./header-values.ts";
import { bytesOf } from "./mime-bytes.ts";

type MailAddress = { name: string | null; address: string };

export type Attachment = { fileName: string; contentType: string; content: Buffer; contentId: string | null };

export type MailParts = {
  /** The address of this transmission: one of `to` and `cc`, or one that no header names. */
  recipient: string;
  from: MailAddress;
  replyTo: MailAddress | null;
  to: readonly MailAddress[];
  cc: readonly MailAddress[];
  subject: string;
  html: string | null;
  text: string | null;
  messageId: string;
  date: Temporal.Instant;
  inReplyTo: string | null;
  /** The whole chain, oldest first. */
  references: readonly string[];
  /** Where one click unsubscribes (RFC 8058), and an address that does the same. */
  unsubscribe: { url: string; mailto: string | null } | null;
  attachments: readonly Attachment[];
  /** Comes back with whatever gives the mail back, and says which it was. */
  token: string | null;
  dkim: DkimKey | null;
};

export type PreparedMail = { envelope: Envelope; messageId: string; raw: Buffer };

type PreparedMailFault =
  | "bad_sender"
  | "bad_recipient"
  | "bad_message_id"
  | "bad_unsubscribe_url"
  | "bad_attachment"
  | "too_many_addresses"
  | "too_many_attachments"
  | "too_large"
  | "empty";

export const LARGEST_MAIL = 25 * 1024 * 1024; // as the great providers have it
const MOST_ATTACHMENTS = 20;
const MOST_ADDRESSES = 50;
const MOST_REFERENCES = 20;

export type Prepared = { mail: PreparedMail; fault: null } | { mail: null; fault: PreparedMailFault };

export async function prepareMail(parts: MailParts): Promise<Prepared> {
  const fault = faultIn(parts);
  if (fault) return { mail: null, fault };
  const unsigned = await bytesOf(writtenOut(parts));
  const raw = parts.dkim ? dkimSigned(unsigned, parts.dkim) : unsigned;
  if (raw.length > LARGEST_MAIL) return { mail: null, fault: "too_large" };
  const envelope = { from: onWire(parts.from.address), to: onWire(parts.recipient) };
  return { mail: { envelope, messageId: parts.messageId, raw }, fault: null };
}

function faultIn(parts: MailParts): PreparedMailFault | null {
  const { from, replyTo, to, cc, recipient, unsubscribe, attachments } = parts;
  const isBad = ({ address }: MailAddress) => wireAddress(address) === null;
  if (isBad(from) || (replyTo && isBad(replyTo))) return "bad_sender";
  if (wireAddress(recipient) === null || to.length === 0 || [...to, ...cc].some(isBad))
    return "bad_recipient";
  if (to.length + cc.length > MOST_ADDRESSES) return "too_many_addresses";
  if (!isMessageId(parts.messageId)) return "bad_message_id";
  if (unsubscribe && !isPrintableUrl(unsubscribe.url)) return "bad_unsubscribe_url";
  if (unsubscribe?.mailto && needsUtf8(wireAddress(unsubscribe.mailto) ?? "\u0000"))
    return "bad_unsubscribe_url";
  if (attachments.length > MOST_ATTACHMENTS) return "too_many_attachments";
  if (!attachments.every(isSound)) return "bad_attachment";
  if (parts.html === null && parts.text === null) return "empty";
  const bytes = attachments.reduce((sum, { content }) => sum + content.length, 0);
  return bytes + (parts.html?.length ?? 0) + (parts.text?.length ?? 0) > LARGEST_MAIL ? "too_large" : null;
}

function isSound({ contentType, contentId }: Attachment) {
  return isContentType(contentType) && (contentId === null || /^[\w.+-]{1,60}@[\w.-]{1,60}$/.test(contentId));
}

function writtenOut(parts: MailParts) {
  const { html, text, inReplyTo, unsubscribe, token } = parts;
  const isThread = inReplyTo !== null && isMessageId(inReplyTo);
  return {
    from: printed(parts.from),
    ...(parts.replyTo && { replyTo: printed(parts.replyTo) }),
    to: parts.to.map(printed),
    cc: parts.cc.map(printed),
    subject: plainWords(parts.subject),
    messageId: parts.messageId,
    date: new Date(parts.date.epochMilliseconds),
    ...(isThread && { inReplyTo, references: chain(parts.references, inReplyTo) }),
    headers: {
      ...(unsubscribe && unsubscribeHeaders(unsubscribe)),
      ...(token !== null &&
        /^[\w-]{8,200}$/.test(token) && { "X-Cadenza-Token": { prepared: true, value: token } }),
    },
    ...(html !== null && { html: plainBody(html) }),
    ...(text !== null && { text: plainBody(text) }),
    attachments: parts.attachments.map(attached),
    baseBoundary: boundaryFor(parts.messageId),
    newline: "\r\n",
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function printed({ name, address }: MailAddress): Address {
  return { name: plainWords(name ?? ""), address: onWire(address) };
}

function attached({ fileName, contentType, content, contentId }: Attachment) {
  return {
    filename: plainFileName(fileName),
    contentType,
    content,
    contentTransferEncoding: "base64" as const, // a text file too: not a byte of it changes on the way
    ...(contentId !== null && { cid: contentId }),
  };
}

/** The beginning of a conversation and its latest part: what mail programs sort by, in a header of bounded length. */
function chain(references: readonly string[], inReplyTo: string) {
  const known = [...new Set([...references.filter(isMessageId), inReplyTo])];
  return known.length <= MOST_REFERENCES
    ? known
    : [...known.slice(0, 1), ...known.slice(1 - MOST_REFERENCES)];
}

/** Never folded: some readers take the line break in the middle of an address for its end. */
function unsubscribeHeaders({ url, mailto }: NonNullable<MailParts["unsubscribe"]>) {
  const ways = [`<${url}>`, ...(mailto ? [`<mailto:${mailto}?subject=unsubscribe>`] : [])];
  return {
    "List-Unsubscribe": { prepared: true, value: ways.join(", ") },
    "List-Unsubscribe-Post": { prepared: true, value: "List-Unsubscribe=One-Click" },
  };
}

/** The library would throw dice. */
function boundaryFor(messageId: string) {
  return messageId.replace(/[^A-Za-z0-9]/g, "").slice(0, 40);
}

function onWire(address: string) {
  return wireAddress(address) ?? "";
}
