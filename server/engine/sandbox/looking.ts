// What there is to do in a team, asked in one statement: a sandbox looks several times for each instant.

import type { Db } from "../../db/connect.ts";
import type { LoopName } from "../../domain/basics/engine-loops.ts";
import { WITH_NEWS } from "../../features/sending/catcher/store.ts";
import { SANDBOX_LOOPS } from "./loops.ts";

const TIMED = Object.entries(SANDBOX_LOOPS).flatMap(([loop, one]) =>
  "times" in one ? [{ loop, times: one.times }] : [],
);

/** Of the times of a loop, the last one that has come, and the first one that has not. */
type LoopTimes = { loop: LoopName; due: Temporal.Instant | null; next: Temporal.Instant | null };

/** Of one team, at one time. */
export type Look = {
  times: LoopTimes[];
  /** Mailboxes with something in the inbox that was not read so far, and the newest of it. */
  news: { mailboxId: string; newest: number }[];
  /** Mailboxes with emails that may go. */
  queues: string[];
  /** Workflows and webhooks have something to do in loops of their own, or sample data is on its way. */
  others: string[];
  /** Emails on their way, or left behind by an engine that is gone. */
  hasClaims: boolean;
  hasJobs: boolean;
};

const timesOf = ({ loop, times }: (typeof TIMED)[number]) =>
  `('${loop}', (select max(at) from (${times}) t where at <= $2), (select min(at) from (${times}) t where at > $2))`;

/** The loops come to an event once all that began before it have ended. Here it counts from its commit on. */
function behind(cursors: "workflow_cursors" | "webhook_cursors") {
  return `select from ${cursors} c where c.team_id = $1
           and exists (select from events e where e.team_id = $1 and (e.written_in, e.position) > (c.written_in, c.position))`;
}

const LOOK = `
  select (select jsonb_agg(jsonb_build_object('loop', loop, 'due', due, 'next', next))
            from (values ${TIMED.map(timesOf).join(", ")}) n (loop, due, next)
           where due is not null or next is not null) as times,
         (select jsonb_agg(jsonb_build_object('mailboxId', mailbox_id, 'newest', newest)) from (${WITH_NEWS}) w) as news,
         array(select b.id::text from mailboxes b
                where b.team_id = $1 and exists (select from messages m
                                                  where m.team_id = $1 and m.mailbox_id = b.id
                                                    and m.delivery = 'planned' and m.is_queued) order by 1) as queues,
         array(select 'run-workflows' from teams_with_workflow_work($2) w where w.team_id = $1
               union all select 'run-workflows' from (${behind("workflow_cursors")}) e
                where exists (select from workflows where team_id = $1 and is_active and trigger ->> 'is' = 'event')
               union all select 'send-webhooks' from teams_with_webhook_work($2) w where w.team_id = $1
               union all select 'send-webhooks' from (${behind("webhook_cursors")}) e
                where exists (select from webhook_subscriptions where team_id = $1 and is_active)
               union all select 'plant-sample' from teams where id = $1 and sample_asked_at is not null) as others,
         exists (select from messages where team_id = $1 and delivery in ('claimed', 'dot')) as has_claims,
         exists (select from progress where team_id = $1 and status in ('pending', 'running')) as has_jobs`;

type Row = Omit<Look, "times" | "news"> & {
  times: { loop: LoopName; due: string | null; next: string | null }[] | null;
  news: Look["news"] | null;
};

export async function lookAt(db: Db, teamId: string, now: Temporal.Instant): Promise<Look> {
  const row = await db.row<Row>(LOOK, [teamId, now]);
  if (!row) throw new Error("a look answers a row");
  const times = (row.times ?? []).map(({ loop, due, next }) => ({
    loop,
    due: due === null ? null : Temporal.Instant.from(due),
    next: next === null ? null : Temporal.Instant.from(next),
  }));
  return { ...row, times, news: row.news ?? [] };
}

/** Events that a reader of the feed does not get yet: something that began before them has not ended. */
export async function hasHiddenEvents(db: Db, teamId: string) {
  const row = await db.row<{ found: boolean }>(
    `select exists (select from events
                     where team_id = $1 and written_in >= pg_snapshot_xmin(pg_current_snapshot())) as found`,
    [teamId],
  );
  return row?.found ?? false;
}
