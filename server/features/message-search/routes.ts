import { contract } from "@cadenza/contract";
import type { z } from "zod";
import { route } from "../../http/route.ts";
import { readMoment } from "../../moments.ts";
import { rowsOf } from "../../pages.ts";
import { Refusal } from "../../refusal.ts";
import { placeIn, presentCursor } from "../contact-search/present.ts";
import { namesOf } from "../contact-search/store.ts";
import { presentMessage } from "../messages/present.ts";
import { wholeMessages } from "../messages/whole.ts";
import { viewerIn } from "../sharing/hiding.ts";
import { idsIn, presentCrumbs } from "./present.ts";
import { type MessageFilter, type Order, searchMessages, stepsOf, visibleSequences } from "./store.ts";

export type Search = z.output<typeof contract.emailerMessages.search.input>;

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
    const named = idsIn(input);
    const [steps, names] = await Promise.all([
      stepIds.length > 0 ? stepsOf(db, teamId, stepIds) : [],
      named.length > 0 ? namesOf(db, teamId, named, viewerIn(caller)) : [],
    ]);
    return {
      breadcrumbs: presentCrumbs(input, names),
      emailer_messages: messages.map(presentMessage),
      emailer_steps: steps.map(({ sequenceId, ...step }) => ({ ...step, emailer_campaign_id: sequenceId })),
      num_fetch_result: null,
      next_cursor: last && presentCursor(place.order, place.isAscending, last),
    };
  }),
];

const ORDERS: Record<string, Order> = {
  "": "due",
  due_at: "due",
  emailer_message_due_at: "due",
  completed_at: "completed",
  emailer_message_completed_at: "completed",
};

function orderNamed(given: string | undefined): Order {
  const field = given?.trim() ?? "";
  const order = Object.hasOwn(ORDERS, field) ? ORDERS[field] : undefined;
  if (!order) throw new Refusal("sort_field_unmapped", { field });
  return order;
}

function readFilter(input: Search, visible: MessageFilter["visible"]): MessageFilter {
  const range = input.emailer_message_date_range ?? input.emailerMessageDateRange;
  return {
    stats: listOf(input.emailer_message_stats),
    replyClasses: listOf(input.emailer_message_reply_classes),
    userIds: listOf(input.user_ids),
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
