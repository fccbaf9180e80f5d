import { contract } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { printCursor, readFeedCursor } from "../../events/feed/cursors.ts";
import { getVisible } from "../../sequences/sequences/finding.ts";
import { presentFed } from "../history/present.ts";
import { feedOfSequence } from "../history/store.ts";
import { FEED_TYPES, presentFeedEvent } from "./present.ts";
import { feedOf, isContact } from "./store.ts";

const MOST_EVENTS = 50;

export const routes = [
  route(contract.sequences.activity, async ({ db, caller, input }) => {
    const { id } = await getVisible({ db, caller }, input.id);
    const before = input.before === undefined ? null : await readFeedCursor(db, caller.teamId, input.before);
    if (input.before !== undefined && !before) throw new Refusal("invalid_cursor");
    const events = await feedOfSequence(db, caller.teamId, {
      sequenceId: id,
      types: input.types?.length ? input.types : null,
      contactId: input.contact_id ?? null,
      userId: input.user_id ?? null,
      before,
      limit: input.per_page,
    });
    const last = events.length === input.per_page ? events.at(-1) : undefined;
    return { events: events.map(presentFed), next_before: last ? await printCursor(db, last) : null };
  }),

  route(contract.sequences.activityFeed, async ({ db, caller, input }) => {
    const { teamId, userId, role } = caller;
    if (!(await isContact(db, teamId, input.contact_id))) throw new Refusal("activity_contact_not_found");
    const events = await feedOf(db, teamId, {
      contactId: input.contact_id,
      sequenceId: input.sequence_id ?? null,
      types: FEED_TYPES,
      viewer: { userId, isAdmin: role === "admin" },
      limit: Math.min(MOST_EVENTS, Math.max(1, input.per_page)),
    });
    return { contact_id: input.contact_id, events: events.map(presentFeedEvent) };
  }),
];
