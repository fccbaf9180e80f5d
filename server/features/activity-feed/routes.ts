import { contract } from "@cadenza/contract";
import { route } from "../../http/route.ts";
import { Refusal } from "../../refusal.ts";
import { FEED_TYPES, presentFeedEvent } from "./present.ts";
import { feedOf, isContact } from "./store.ts";

const MOST_EVENTS = 50;

export const routes = [
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
