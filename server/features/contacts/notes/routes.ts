import { contract } from "@cadenza/contract";
import type { z } from "zod";
import { route } from "../../../http/route.ts";
import { readMoment } from "../../../kernel/moments.ts";
import { pagination, rowsOf } from "../../../kernel/pages.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { viewerIn } from "../../access/sharing/hiding.ts";
import { changeNote, deleteNote, pinNote, writeNote } from "./commands.ts";
import { presentNote } from "./present.ts";
import { countNotes, findSeenNote, listNotes, type NoteSort } from "./store.ts";

type Search = z.output<typeof contract.notes.search.input>;
type Listing = z.output<typeof contract.notes.list.input>;
type Created = z.output<typeof contract.notes.create.input>;
type Changed = z.output<typeof contract.notes.update.input>;

export const routes = [
  route(contract.notes.list, async ({ db, caller, input }) => {
    const contactIds = listed(input.contact_id, input.contact_ids);
    const conversationIds = listed(input.conversation_id, input.conversation_ids);
    const isElsewhere = isAboutElsewhere(input);
    const names = contactIds ?? conversationIds ?? input.account_id ?? input.opportunity_id;
    if (!names && !isElsewhere) throw new Refusal("argument_required");
    const filter = {
      contactIds: contactIds ?? null,
      accountIds: listed(input.account_id, undefined),
      dealIds: listed(input.opportunity_id, undefined),
      conversationIds,
      viewerId: viewerIn(caller),
      keywords: null,
      since: input.start_date ? readMoment(input.start_date) : null,
      ...orderOf(input),
      limit: input.limit,
      offset: input.skip,
    };
    return { notes: isElsewhere ? [] : (await listNotes(db, caller.teamId, filter)).map(presentNote) };
  }),

  route(contract.notes.search, async ({ db, caller, input }) => {
    const filter = {
      contactIds: listed(input.contact_id, input.contact_ids),
      accountIds: listed(input.account_id, input.account_ids),
      dealIds: listed(input.opportunity_id, input.opportunity_ids),
      conversationIds: null,
      viewerId: viewerIn(caller),
      keywords: input.q_keywords?.trim() || null,
      since: null,
      sort: "created_at" as const,
      isAscending: false,
      ...rowsOf(input),
    };
    const notes = await listNotes(db, caller.teamId, filter);
    return {
      notes: notes.map((note) => ({ ...presentNote(note), system: null })),
      breadcrumbs: breadcrumbs(input),
      pagination: pagination(input, await countNotes(db, caller.teamId, filter)),
    };
  }),

  route(contract.notes.show, async ({ db, caller, input }) => {
    const note = await findSeenNote(db, caller.teamId, input.id, viewerIn(caller));
    if (!note) throw new Refusal("record_not_found");
    return { note: presentNote(note) };
  }),

  route(contract.notes.create, async ({ input, ...act }) => ({
    note: presentNote(
      await writeNote(act, {
        content: input.content,
        isPinned: input.pinned_to_top,
        about: aboutFrom(input) ?? { contactIds: [], accountIds: [], dealIds: [], conversationIds: [] },
        mentions: input.mentioned_user_ids ?? [],
      }),
    ),
  })),

  route(contract.notes.update, async ({ input, ...act }) => ({
    note: presentNote(
      await changeNote(act, input.id, {
        content: input.content,
        isPinned: input.pinned_to_top,
        about: aboutFrom(input),
        mentions: input.mentioned_user_ids ?? null,
      }),
    ),
  })),

  route(contract.notes.pin, async ({ input, ...act }) => ({
    note: presentNote(await pinNote(act, input.id, input.pinned)),
  })),

  route(contract.notes.delete, async ({ input, ...act }) => {
    await deleteNote(act, input.id);
    return { note: { id: input.id, deleted: true as const } };
  }),
];

const CRUMBS = {
  q_keywords: "Contains Keywords",
  contact_id: "Contact",
  contact_ids: "Contact",
  account_id: "Account",
  account_ids: "Account",
  opportunity_id: "Opportunity",
  opportunity_ids: "Opportunity",
} as const;

function breadcrumbs(input: Search) {
  return (Object.keys(CRUMBS) as (keyof typeof CRUMBS)[]).flatMap((name) =>
    [input[name] || []].flat().map((value) => ({
      label: CRUMBS[name],
      signal_field_name: name,
      value,
      display_name: value,
    })),
  );
}

/** Nothing of ours has a calendar event. */
function isAboutElsewhere(input: Listing) {
  return Boolean(input.calendar_event_id);
}

function orderOf(input: Listing): { sort: NoteSort; isAscending: boolean } {
  const { sort_by_field: field = "created_at", sort_direction: direction = "desc" } = input;
  if (field !== "created_at" && field !== "updated_at") throw new Refusal("note_sort_field");
  const word = direction.toLowerCase();
  if (word !== "asc" && word !== "desc") throw new Refusal("note_sort_direction");
  return { sort: field, isAscending: word === "asc" };
}

/** Null where nothing was said about it. */
function aboutFrom(input: Created | Changed) {
  const contactIds = listed(input.contact_id, input.contact_ids);
  const accountIds = listed(input.account_id, input.account_ids);
  const dealIds = listed(input.opportunity_id, input.opportunity_ids);
  const conversationIds = listed(input.conversation_id, input.conversation_ids);
  if (!contactIds && !accountIds && !dealIds && !conversationIds) return null;
  return {
    contactIds: contactIds ?? [],
    accountIds: accountIds ?? [],
    dealIds: dealIds ?? [],
    conversationIds: conversationIds ?? [],
  };
}

function listed(one: string | undefined, many: readonly string[] | undefined) {
  const all = [...new Set([...(one ? [one] : []), ...(many ?? [])])];
  return all.length > 0 ? all : null;
}
