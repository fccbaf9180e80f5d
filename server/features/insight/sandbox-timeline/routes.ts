import { contract } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { printCursor, readFeedCursor } from "../../events/feed/cursors.ts";
import { presentFed } from "../history/present.ts";
import { countByDay, feedOfTeam } from "../history/store.ts";

export const routes = [
  route(contract.sandbox.timeline, async ({ db, caller, input }) => {
    const { teamId } = caller;
    const before = input.before === undefined ? null : await readFeedCursor(db, teamId, input.before);
    if (input.before !== undefined && !before) throw new Refusal("invalid_cursor");
    const zone = input.time_zone;
    const search = {
      types: input.types?.length ? input.types : null,
      from: startOf(input.from, zone, 0),
      until: startOf(input.until, zone, 1),
    };
    const [counts, events] = await Promise.all([
      countByDay(db, teamId, { ...search, zone }),
      feedOfTeam(db, teamId, { ...search, before, limit: input.per_page }),
    ]);
    const last = events.length === input.per_page ? events.at(-1) : undefined;
    return {
      days: [...Map.groupBy(counts, ({ date }) => date)].map(([date, rows]) => ({
        date,
        happened: rows.map(({ type, count }) => ({ type, count })),
      })),
      events: events.map(presentFed),
      next_before: last ? await printCursor(db, last) : null,
    };
  }),
];

/** Where the day begins in that zone, or one some days after it. */
function startOf(day: string | undefined, zone: string, daysLater: number) {
  if (day === undefined) return null;
  return Temporal.PlainDate.from(day).add({ days: daysLater }).toZonedDateTime(zone).toInstant();
}
