import type { Db } from "../../../db/connect.ts";

export type Deliverability = Record<
  "sent" | "delivered" | "opened" | "clicked" | "replied" | "hardBounced" | "spamBlocked" | "unsubscribed",
  number
> & { id: string };

export const COUNTED_DAYS = 30;

/** What came of the emails of each mailbox in the last 30 days; a mailbox that sent none is left out. */
export function readDeliverability(db: Db, teamId: string, ids: readonly string[], now: Temporal.Instant) {
  const came = "m.delivery = 'sent' and m.has_bounced is not true and m.is_spam_blocked is not true";
  return db.rows<Deliverability>(
    `select m.mailbox_id as id, count(*)::int as sent, (count(*) filter (where ${came}))::int as delivered,
            (count(*) filter (where m.num_opens > 0))::int as opened, (count(*) filter (where m.num_clicks > 0))::int as clicked,
            count(m.replied_at)::int as replied, (count(*) filter (where m.is_hard_bounce))::int as hard_bounced,
            (count(*) filter (where m.is_spam_blocked))::int as spam_blocked, count(m.unsubscribed_at)::int as unsubscribed
       from messages m
      where m.team_id = $1 and m.mailbox_id = any ($2::text[])
        and m.released_at > $3::timestamptz - interval '${COUNTED_DAYS} days' and m.delivery in ('sent', 'dot', 'unconfirmed')
      group by m.mailbox_id`,
    [teamId, ids, now],
  );
}
