// The past of the feed, for what would have set a workflow off. The newest events are read first, and only so many of them.

import type { Db } from "../../../db/connect.ts";
import { isWaitedForBy, type SettingOff, TOLD_OF } from "./events-store.ts";

export type PastEvent = Omit<SettingOff, "workflowId"> & { type: string; occurredAt: Temporal.Instant };

type Wish = {
  trigger: { event: string; data: Readonly<Record<string, unknown>> };
  since: Temporal.Instant;
  /** How many events are looked through, and how many of the trigger's are read. */
  mostSeen: number;
  mostRead: number;
};

/** In the order in which they happened. `from`: the moment from which all were read, where not all of them were. */
export async function readPast(db: Db, teamId: string, { trigger, since, mostSeen, mostRead }: Wish) {
  const [newest, edge] = await Promise.all([
    db.rows<PastEvent>(
      `select ${TOLD_OF}, e.type, e.occurred_at
         from (select * from events where team_id = $1 order by written_in desc, position desc limit $4) e
        where e.occurred_at >= $2 and ${isWaitedForBy("$3::jsonb")}
        order by e.written_in desc, e.position desc limit $5`,
      [teamId, since, JSON.stringify(trigger), mostSeen, mostRead],
    ),
    db.row<{ at: Temporal.Instant }>(
      `select occurred_at as at from events
        where team_id = $1 order by written_in desc, position desc offset $2 limit 1`,
      [teamId, mostSeen],
    ),
  ]);
  const isFull = newest.length === mostRead;
  const beyond = edge && Temporal.Instant.compare(edge.at, since) >= 0 ? edge.at : null;
  const from = isFull ? (newest.at(-1)?.occurredAt ?? null) : beyond;
  return { events: newest.reverse(), from };
}
