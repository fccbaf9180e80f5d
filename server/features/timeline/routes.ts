import { contract } from "@cadenza/contract";
import { route } from "../../http/route.ts";
import { Refusal } from "../../refusal.ts";
import { getContact } from "../contacts/commands.ts";
import { presentCursor, presentHappened, readCursor } from "./present.ts";
import { type Kind, searchTimeline } from "./store.ts";

const ALL: readonly Kind[] = ["event", "message", "task", "call", "note"];

export const routes = [
  route(contract.contacts.timeline, async ({ input, ...act }) => {
    const after = input.cursor ? readCursor(input.cursor) : null;
    if (input.cursor && !after) throw new Refusal("invalid_cursor");
    await getContact(act, input.id);
    const kinds = input.kinds?.length ? input.kinds : ALL;
    const rows = await searchTimeline(act.db, act.caller.teamId, input.id, {
      kinds,
      after,
      limit: input.limit,
    });
    const shown = rows.slice(0, input.limit);
    const last = rows.length > input.limit ? shown.at(-1) : undefined;
    return { timeline: shown.map(presentHappened), next_cursor: last ? presentCursor(last) : null };
  }),
];
