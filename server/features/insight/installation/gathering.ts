// Gathers what the figures of the installation are made of, in one transaction. Metrics and findings both read it.

import type { App } from "../../../app.ts";
import type { Db } from "../../../db/connect.ts";
import { type QueueName, queues } from "../../../db/jobs.ts";
import { heldBackIn } from "../../../domain/gate/clone-guard.ts";
import { countAside } from "../../events/set-aside/store.ts";
import { readFence } from "../../gate/clone-guard/store.ts";
import { inboxLag } from "../../mailboxes/mailboxes/reading-store.ts";
import { longestLocked } from "../explaining/locks-store.ts";
import { unfinishedBackground } from "./background-store.ts";
import type { InstallationFacts } from "./figures.ts";
import { installationFigures, jobFigures } from "./figures-store.ts";

const QUEUES = Object.keys(queues) as QueueName[];

export function gatherFigures({ db, now }: Pick<App, "db" | "now">): Promise<InstallationFacts> {
  return db.inTransaction((open) => gatherWithin(open, now()));
}

/** Nothing of it is a team's own, so a transaction of any team sees the same. */
export async function gatherWithin(open: Db, now: Temporal.Instant): Promise<InstallationFacts> {
  return {
    rows: await installationFigures(open),
    jobs: await jobFigures(open, QUEUES),
    aside: await countAside(open, now),
    lag: await inboxLag(open),
    background: await unfinishedBackground(open),
    longestLockSeconds: await longestLocked(open),
    isPaused: heldBackIn(await readFence(open)) !== null,
  };
}
