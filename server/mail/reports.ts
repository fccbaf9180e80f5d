// What a report says (RFC 3464, 8098, 5965), and the mail it is about.

import type { DeliveryStatus, HeaderFields, OriginalMessage } from "../domain/receiving/incoming-mail.ts";
import { blocksOf, headerFieldsOf, messageIdsIn } from "./header-block.ts";
import { addressesIn } from "./mail-addresses.ts";
import type { KeptPart } from "./mime-parts.ts";

const MOST_RECIPIENTS = 100;

export type Reports = {
  deliveryStatuses: DeliveryStatus[];
  disposition: HeaderFields | null;
  feedback: HeaderFields | null;
  original: OriginalMessage | null;
  calendar: { method: string; answer: string | null } | null;
};

export function readReports(kept: readonly KeptPart[], text: string): Reports {
  const textOf = (find: RegExp) => kept.find(({ type }) => find.test(type))?.text;
  const status = textOf(/delivery-status$/);
  const disposition = textOf(/disposition-notification$/);
  const feedback = textOf(/feedback-report$/);
  const original = textOf(/rfc822|global(?:-headers)?$/);
  const calendar = textOf(/calendar$/);
  // Some servers lose the borders of their parts, and the fields stand in the text.
  const pasted = !status && /^Final-Recipient:/im.test(text) ? text : "";
  return {
    deliveryStatuses: deliveryStatuses(status ?? pasted),
    disposition: disposition ? merged(disposition) : null,
    feedback: feedback ? merged(feedback) : null,
    original: original !== undefined ? originalOf(headerFieldsOf(original)) : pastedOriginal(text),
    calendar: calendar ? calendarOf(calendar) : null,
  };
}

function deliveryStatuses(text: string): DeliveryStatus[] {
  return blocksOf(text, MOST_RECIPIENTS + 1)
    .filter((fields) => fields.action || fields["final-recipient"] || fields.status)
    .map((fields) => ({
      action:
        first(fields.action)
          ?.toLowerCase()
          .split(/[\s(;]/)[0] || null,
      status: /\b([245]\.\d{1,3}\.\d{1,3})\b/.exec(first(fields.status) ?? "")?.[1] ?? null,
      finalRecipient: recipientIn(fields["final-recipient"]),
      originalRecipient: recipientIn(fields["original-recipient"]),
      diagnostic: first(fields["diagnostic-code"])?.slice(0, 1000) ?? null,
    }));
}

const first = (values: readonly string[] | undefined) => values?.[0];

/** `rfc822; ines@norrland.example`; also with an xtext `+40` for the @. */
function recipientIn(values: readonly string[] | undefined) {
  const value = first(values)
    ?.replace(/^[\w-]+\s*;/, "")
    .replace(/\+40/g, "@");
  return value ? (addressesIn([value])[0] ?? null) : null;
}

function merged(text: string): HeaderFields {
  return Object.assign({}, ...blocksOf(text, 3));
}

const ABOUT_US = /^(?:message-id|in-reply-to|references|to|from|subject|date|list-unsubscribe|x-cadenza-.*)$/;

function originalOf(headers: HeaderFields): OriginalMessage | null {
  const kept = Object.entries(headers).filter(([name]) => ABOUT_US.test(name));
  if (kept.length === 0) return null;
  return {
    messageId: messageIdsIn(headers["message-id"], 2)[0] ?? null,
    to: addressesIn(headers.to),
    subject: first(headers.subject) ?? "",
    headers: Object.fromEntries(kept),
  };
}

/** Older servers paste the mail they could not deliver, or its header, below what they say. */
function pastedOriginal(text: string): OriginalMessage | null {
  const at = /^[> \t]{0,4}Message-I[dD]:/m.exec(text)?.index;
  if (at === undefined) return null;
  const start = text.lastIndexOf("\n\n", at);
  const block = text.slice(start === -1 ? 0 : start + 2, at + 2000);
  return originalOf(headerFieldsOf(block.replace(/^[> \t]{0,4}(?=[\w-]+:)/gm, "")));
}

function calendarOf(text: string) {
  const method = /^METHOD:(\w{1,20})/im.exec(text)?.[1]?.toUpperCase();
  const answer = /PARTSTAT=([\w-]{1,20})/i.exec(text.replace(/\r?\n[ \t]/g, ""))?.[1]?.toUpperCase() ?? null;
  return method ? { method, answer } : null;
}
