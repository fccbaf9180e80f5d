import { contract } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { readMoment } from "../../../kernel/moments.ts";
import { searchEvents } from "../events/store.ts";
import { readEvents } from "./commands.ts";
import { printCursor } from "./cursors.ts";
import { presentAuditEntry, presentEvent } from "./present.ts";

export const routes = [
  route(contract.events.list, async ({ input, ...act }) => {
    const { events, next } = await readEvents(act, {
      since: input.since,
      types: input.types?.length ? input.types : null,
      limit: input.limit,
    });
    return { events: events.map(presentEvent), next_since: await printCursor(act.db, next) };
  }),

  route(contract.auditLog.list, async ({ db, caller, input }) => {
    const events = await searchEvents(db, caller.teamId, {
      since: input.since === undefined ? null : readMoment(input.since),
      actorId: input.actor_id ?? null,
      subjectId: input.subject_id ?? null,
      types: input.types?.length ? input.types : null,
      beforeId: input.before ?? null,
      limit: input.limit,
    });
    const last = events.length === input.limit ? events.at(-1) : undefined;
    return { audit_log: events.map(presentAuditEntry), next_before: last?.id ?? null };
  }),
];
