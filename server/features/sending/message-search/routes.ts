import { contract } from "@cadenza/contract";
import type { z } from "zod";
import { route } from "../../../http/route.ts";
import { readMoment } from "../../../kernel/moments.ts";
import { rowsOf } from "../../../kernel/pages.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { viewerIn } from "../../access/sharing/hiding.ts";
import { placeIn, presentSearchCursor } from "../../contacts/contact-search/present.ts";
import { namesOf } from "../../contacts/contact-search/store.ts";
import { presentMessage } from "../messages/present.ts";
import { wholeMessages } from "../messages/whole.ts";
import { messageSearchIds, presentMessageCrumbs } from "./present.ts";
import {
  type MessageFilter,
  type MessageOrder,
  searchMessages,
  stepsOfMessages,
  visibleSequences,
} from "./store.ts";

type MessageSearchInput = z.output<typeof contract.emailerMessages.search.input>;

export const routes = [
  route(contract.emailerMessages.search, async ({ input, ...act }) => {
    const { db, caller } = act;
    const { teamId } = caller;
    const visible =
      caller.role === "admin"
        ? null
        : { userId: caller.userId, sequenceIds: await visibleSequences(db, teamId, caller.userId) };
    const place = {
      order: orderNamed(input.sort_by_field),
      isAscending: input.sort_ascending ?? false,
      ...rowsOf(input),
    };
    const after = placeIn(input.cursor, place.order, place.isAscending);
    const { ids, last } = await searchMessages(db, teamId, readFilter(input, visible), { ...place, after });
    const messages = await wholeMessages(act, ids);
    const stepIds = [...new Set(messages.flatMap(({ row }) => row.stepId ?? []))];
    const named = messageSearchIds(input);
    const [steps, names] = await Promise.all([
      stepIds.length > 0 ? stepsOfMessages(db, teamId, stepIds) : [],
      named.length > 0 ? namesOf(db, teamId, named, viewerIn(caller)) : [],
    ]);
    return {
      breadcrumbs: presentMessageCrumbs(input, names),
      emailer_messages: messages.map(presentMessage),
      emailer_steps: steps.map(({ sequenceId, ...step }) => ({ ...step, emailer_campaign_id: sequenceId })),
      num_fetch_result: null,
      next_cursor: last && presentSearchCursor(place.order, place.isAscending, last),
    };
  }),
];

const ORDERS: Record<string, MessageOrder> = {
  "": "due",
  due_at: "due",
  emailer_message_due_at: "due",
  completed_at: "completed",
  emailer_message_completed_at: "completed",
};

function orderNamed(given: string | undefined): MessageOrder {
  const field = given?.trim() ?? "";
  const order = Object.hasOwn(ORDERS, field) ? ORDERS[field] : undefined;
  if (!order) throw new Refusal("sort_field_unmapped", { field });
  return order;
}

function readFilter(input: MessageSearchInput, visible: MessageFilter["visible"]): MessageFilter {
  const range = input.emailer_message_date_range ?? input.emailerMessageDateRange;
  return {
    stats: listOf(input.emailer_message_stats),
    replyClasses: listOf(input.emailer_message_reply_classes),
    userIds: listOf(input.user_ids),
    forUserIds: listOf(input.for_user_ids),
    senders: listOf(input.email_account_id_and_aliases?.map(senderNamed)),
    sequenceIds: listOf(input.emailer_campaign_ids),
    notSequenceIds: listOf(input.not_emailer_campaign_ids),
    stepIds: listOf(input.emailer_step_ids),
    touchIds: listOf(input.emailer_touch_ids),
    from: range?.min === undefined ? null : readMoment(range.min),
    before: range?.max === undefined ? null : readMoment(range.max),
    rangeOf: input.emailer_message_date_range_mode === "completed_at" ? "completed" : "due",
    notSentReasons: listOf(input.not_sent_reason_cds),
    words: wordsOf(input.q_keywords),
    contactIds: listOf([...(input.contact_ids ?? []), ...(input.contact_id ? [input.contact_id] : [])]),
    address: input.email_address?.trim().toLowerCase() || null,
    visible,
  };
}

/** An empty list filters nothing, as at Apollo. */
function listOf<T>(list: readonly T[] | undefined) {
  return list && list.length > 0 ? list : null;
}

function senderNamed(text: string) {
  const [mailboxId = "", address] = text.split("***");
  return { mailboxId: mailboxId.trim().toLowerCase(), address: address?.trim().toLowerCase() || null };
}

function wordsOf(text: string | undefined) {
  const words = (text ?? "")
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  return [...new Set(words)].slice(0, 8);
}
