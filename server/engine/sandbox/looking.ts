// What there is to do in a team, asked in one statement: a sandbox looks several times for each instant.

import type { Db } from "../../db/connect.ts";
import type { LoopName } from "../../domain/basics/engine-loops.ts";
import { WITH_NEWS } from "../../features/sending/catcher/store.ts";
import { SANDBOX_LOOPS } from "./loops.ts";

const TIMED = Object.entries(SANDBOX_LOOPS).flatMap(([loop, one]) =>
  "times" in one ? [{ loop, times: one.times }] : [],
);

/** Of the times of a loop, the last one that has come, and the first one that has not. */
export type LoopTimes = { loop: LoopName; due: Temporal.Instant | null; next: Temporal.Instant | null };

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
               union all select 'send-webhooks' from teams_with_webhook_work($2) w where w.team_id = $1
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
