// What happened to one contact in sequences, read from the events.

import type { Db } from "../../../db/connect.ts";
import { seesSequence } from "../../access/sharing/sight-store.ts";

export type FeedEvent = {
  type: string;
  occurredAt: Temporal.Instant;
  sequenceId: string | null;
  sequenceName: string | null;
  data: Record<string, unknown>;
};

export async function isContact(db: Db, teamId: string, id: string) {
  return (await db.row("select 1 from contacts where team_id = $1 and id = $2", [teamId, id])) !== null;
}

export type FeedSearch = {
  contactId: string;
  sequenceId: string | null;
  types: readonly string[];
  viewer: { userId: string; isAdmin: boolean };
  limit: number;
};

/** Newest first. Sequences that are hidden from the viewer are left out, as in the search. */
export function feedOf(db: Db, teamId: string, search: FeedSearch) {
  return db.rows<FeedEvent>(
    `select e.type, e.occurred_at, s.id as sequence_id, s.name as sequence_name, e.data
       from team_events e
       left join sequences s on s.team_id = e.team_id and s.id = e.data ->> 'sequence_id'
      where e.team_id = $1 and e.data ? 'contact_id' and e.data ->> 'contact_id' = $2
        and e.type = any($3::text[])
        and ($4::text is null or s.id = $4)
        and ${seesSequence("$5", "s.id")}
      order by e.written_in desc, e.position desc
      limit $6`,
    [
      teamId,
      search.contactId,
      search.types,
      search.sequenceId,
      search.viewer.isAdmin ? null : search.viewer.userId,
      search.limit,
    ],
  );
}
