// What a call asks of the list of incoming emails, in our own words.

import type { contract } from "@cadenza/contract";
import type { z } from "zod";
import { textSearch } from "../../../domain/receiving/text-search.ts";
import { readMoment } from "../../../kernel/moments.ts";

type Input = z.output<typeof contract.incomingMails.list.input>;

export function narrowedBy(input: Input) {
  const keywords = input.q_keywords?.trim() || null;
  return {
    kinds: listed([...(input.kinds ?? []), ...(input.kind ? [input.kind] : [])]),
    contactId: input.contact_id ?? null,
    mailboxIds: listed([
      ...(input.email_account_ids ?? []),
      ...(input.email_account_id ? [input.email_account_id] : []),
    ]),
    counts: input.counts_as_response ?? null,
    messageId: input.emailer_message_id ?? null,
    needsPerson: input.needs_person ?? null,
    replyClasses: listed(input.reply_classes),
    sequenceIds: listed(input.emailer_campaign_ids),
    userId: input.user_id ?? null,
    isOpen: input.is_open ?? null,
    isAboutUs: input.about_us ?? null,
    keywords,
    inText: textSearch(keywords),
    holds: input.holds ?? null,
    isSnoozed: input.snoozed ?? null,
    receivedFrom: momentIn(input.received_range?.min),
    receivedUntil: momentIn(input.received_range?.max),
    holdsFirst: input.holds_first ?? false,
  };
}

/** An empty list filters nothing. */
function listed<T>(list: readonly T[] | undefined) {
  return list && list.length > 0 ? list : null;
}

function momentIn(text: string | undefined) {
  return text === undefined ? null : readMoment(text);
}
