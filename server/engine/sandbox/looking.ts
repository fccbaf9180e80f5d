// What there is to do in a team, asked in one statement: a sandbox looks several times for each instant.

import type { Db } from "../../db/connect.ts";
import type { LoopName } from "../../domain/basics/engine-loops.ts";
import { WITH_NEWS } from "../../features/sending/catcher/store.ts";
import { SANDBOX_LOOPS } from "./loops.ts";

const TIMED = Object.entries(SANDBOX_LOOPS).flatMap(([loop, one]) =>
  "at" in one ? [{ loop, at: one.at }] : [],
);

export type Next = { loop: LoopName; at: Temporal.Instant };

/** Of one team, at one time. */
export type Look = {
  next: Next[];
  /** Mailboxes with something in the inbox that was not read so far. */
  news: string[];
  /** Workflows and webhooks have something to do in loops of their own, or sample data is on its way. */
  others: string[];
  /** Emails on their way, or left behind by an engine that is gone. */
  hasClaims: boolean;
  hasJobs: boolean;
};

const LOOK = `
  select array(select row(loop, at)::text from (values ${TIMED.map(({ loop, at }) => `('${loop}', ${at})`).join(", ")}) n (loop, at)
                where at is not null) as next,
         array(${WITH_NEWS}) as news,
         array(select 'run-workflows' from teams_with_workflow_work($2) w where w.team_id = $1
               union all select 'send-webhooks' from teams_with_webhook_work($2) w where w.team_id = $1
               union all select 'plant-sample' from teams where id = $1 and sample_asked_at is not null) as others,
         exists (select from messages where team_id = $1 and delivery in ('claimed', 'dot')) as has_claims,
         exists (select from progress where team_id = $1 and status in ('pending', 'running')) as has_jobs`;

export async function lookAt(db: Db, teamId: string, now: Temporal.Instant): Promise<Look> {
  const row = await db.row<Omit<Look, "next"> & { next: string[] }>(LOOK, [teamId, now]);
  if (!row) throw new Error("a look answers a row");
  return { ...row, next: row.next.map(readNext) };
}

/** `(plan-steps,"2027-01-04 09:00:00+00")`: the database prints times as ISO has them, with a space. */
function readNext(text: string): Next {
  const [, loop = "", at = ""] = /^\(([\w-]+),"?([^")]+)"?\)$/.exec(text) ?? [];
  return { loop: loop as LoopName, at: Temporal.Instant.from(at.replace(" ", "T")) };
}
