import { contract } from "@cadenza/contract";
import type { z } from "zod";
import type { Act } from "../../../app.ts";
import { route, routeFile } from "../../../http/route.ts";
import { readMoment } from "../../../kernel/moments.ts";
import { pagination, rowsOf } from "../../../kernel/pages.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { viewerIn } from "../../access/sharing/hiding.ts";
import { addConversation, changeConversation, deleteConversation } from "./commands.ts";
import { askForExport, exportFile, exportSeen } from "./exporting.ts";
import { presentListed } from "./present.ts";
import { CONVERSATION_SORTS, type ConversationSearch, searchConversations } from "./search-store.ts";
import { conversationShown } from "./shown.ts";
import { listTags } from "./tags-store.ts";
import { conversationWish } from "./wish.ts";

type Search = z.output<typeof contract.conversations.search.input>;

export const routes = [
  route(contract.conversations.search, async ({ input, db, caller, now }) => {
    refuseNotKept(input);
    const size = { page: input.page, per_page: input.per_page ?? input.num_fetch_result };
    const search = { ...searchFrom(input, size), viewerId: viewerIn(caller) };
    const { conversations, total } = await searchConversations(db, caller.teamId, search);
    return {
      pagination: pagination(size, total),
      breadcrumbs: {},
      num_fetch_result: size.per_page,
      playlist_clip_ids: [],
      conversations: conversations.map((row) => presentListed(row, now)),
    };
  }),

  route(contract.conversations.show, ({ input, ...act }) => conversationShown(act, input.id)),

  route(contract.conversations.create, async ({ input, ...act }) => {
    const id = await addConversation(act, {
      ...conversationWish(input),
      source: input.source,
      externalId: input.external_id || null,
      startedAt: readMoment(input.start_time),
    });
    return { conversation: await conversationShown(act, id) };
  }),

  route(contract.conversations.update, async ({ input, ...act }) => {
    const id = await changeConversation(act, input.id, conversationWish(input));
    return { conversation: await conversationShown(act, id) };
  }),

  route(contract.conversations.delete, async ({ input, ...act }) => {
    await deleteConversation(act, input.id);
    return { conversation: { id: input.id, deleted: true as const } };
  }),

  route(contract.conversations.tags, async ({ db, caller }) => ({
    conversation_tags: await listTags(db, caller.teamId),
  })),

  route(contract.conversations.export, async ({ input, ...act }) => {
    const id = await askForExport(act, {
      since: readMoment(input.start_time),
      until: readMoment(input.end_time),
      email: input.email,
    });
    return { export_url: linkOf(act, id), export_id: id };
  }),

  route(contract.conversations.exportStatus, async ({ input, ...act }) => ({
    redirect_url: linkOf(act, (await exportSeen(act, input.id)).id),
  })),

  routeFile(contract.conversations.downloadExport, ({ input, ...act }) => exportFile(act, input.id)),
];

/** It asks for a key or a session like every other call: a link alone shows nobody what people said. */
function linkOf({ app }: Pick<Act, "app">, id: string) {
  return `${app.config.publicUrl}/api/v1/conversations/export/${id}/file`;
}

function refuseNotKept(input: Search) {
  const isRated = input.scorecard_template_id || input.scorecard_max_rating !== undefined;
  if (input.tracker_ids?.length)
    throw new Refusal("conversation_filter_not_kept", { name: "tracker_ids", what: "trackers" });
  if (isRated)
    throw new Refusal("conversation_filter_not_kept", {
      name: input.scorecard_template_id ? "scorecard_template_id" : "scorecard_max_rating",
      what: "scorecards",
    });
}

function searchFrom(
  input: Search,
  size: { page: number; per_page: number },
): Omit<ConversationSearch, "viewerId"> {
  const { start, end } = input.date_range ?? {};
  return {
    type: input.conversation_type ?? null,
    accountId: input.account_id ?? null,
    contactIds: filled(input.contact_ids),
    tagIds: filled(input.tag_ids),
    organizationIds: filled(input.organization_ids),
    userIds: filled(input.user_ids),
    dealId: input.opportunity_id ?? null,
    since: start ? readMoment(start) : null,
    // A bare date means the whole of that day; a moment is included itself.
    until: end ? readMoment(end).add(end.length === 10 ? { hours: 24 } : { nanoseconds: 1000 }) : null,
    isWithin: input.enforce_contact_boundary,
    keywords: input.q_keywords?.trim() || null,
    sort: sortOf(input.sort_by_field),
    isAscending: input.sort_ascending,
    ...rowsOf(size),
  };
}

function filled<T>(list: readonly T[] | undefined) {
  return list && list.length > 0 ? list : null;
}

function sortOf(field: string | undefined) {
  const sort = CONVERSATION_SORTS.find((name) => name === (field || "start_time"));
  if (!sort) throw new Refusal("conversation_sort_field");
  return sort;
}
