// Everything that is due at one instant, in an order that is always the same: answers come in before emails go out. It is done
// when nothing is left, not when nothing was found the first time.

import { setTimeout as sleep } from "node:timers/promises";
import type { LoopName } from "../../domain/basics/engine-loops.ts";
import { trustLimits } from "../../domain/gate/gate.ts";
import { mailboxesWithQueues } from "../../features/gate/engines/store.ts";
import { listTeamIds } from "../../features/identity/teams/store.ts";
import type { Engine } from "../running/engine.ts";
import { reconcileOnce } from "../sending/reconcile.ts";
import { openSendingByHand } from "../sending/send-mails.ts";
import { lookAtLimits } from "./limits.ts";
import { type Look, lookAt } from "./looking.ts";
import { SANDBOX_LOOPS, type SandboxLoop, type Work } from "./loops.ts";
import { noteInboxesRead, readCaught } from "./read-caught.ts";
import { openWaits } from "./waits.ts";

const OTHERS_MS = 10;
/** Some are set aside, or their receiver hangs: they are waited for as long as a call may take, and no longer. */
const MOST_ROUNDS = 3_000;

const LOOPS = Object.entries(SANDBOX_LOOPS) as [LoopName, SandboxLoop][];
/** From the front again after each that did something. */
const TIMED = LOOPS.flatMap(([loop, one]) =>
  "at" in one && "work" in one ? [{ loop, work: one.work }] : [],
);
const FOLLOWING = LOOPS.flatMap(([, one]) => ("every" in one ? [one] : []));

type TeamLook = Look & { teamId: string };

/** `calls`: webhooks and workflows that are under way in loops of their own. */
export function openDue(engine: Engine, calls: ReadonlySet<Promise<unknown>>) {
  const { stopping, ...looping } = engine;
  const { app } = looping;
  trustLimits();
  const send = openSendingByHand(engine);
  const waits = openWaits(() => app.now());
  const lastDone = new Map<Work, Temporal.Instant>();
  let rounds = 0;

  async function look(): Promise<TeamLook[]> {
    const found: TeamLook[] = [];
    for (const teamId of await app.db.inTransaction(listTeamIds))
      found.push({ ...(await app.db.inTeam(teamId, (db) => lookAt(db, teamId, app.now()))), teamId });
    return found;
  }

  const nextOf = (looks: readonly TeamLook[]) =>
    looks.flatMap(({ next }) => next).map(({ loop, at }) => ({ loop, at: waits.until(loop) ?? at }));

  async function readNews(looks: readonly TeamLook[]) {
    let did = 0;
    for (const { teamId, news } of looks) {
      const ids = news.filter((id) => !waits.until(`read ${id}`));
      if (ids.length === 0) continue;
      did += await readCaught(engine, teamId, ids);
      const left = (await app.db.inTeam(teamId, (db) => lookAt(db, teamId, app.now()))).news;
      for (const id of ids)
        if (left.includes(id)) waits.add(`read ${id}`);
        else waits.end(`read ${id}`);
    }
    return did;
  }

  async function doFirst(due: ReadonlySet<LoopName>) {
    for (const { loop, work } of TIMED) {
      if (!due.has(loop)) continue;
      if ((await work(looping)) > 0) {
        waits.end(loop);
        return loop;
      }
      waits.add(loop);
    }
    return null;
  }

  async function sendQueued(looks: readonly TeamLook[]) {
    for (const { teamId, news } of looks) await noteInboxesRead(engine, teamId, news);
    const queues = await app.db.inTransaction(mailboxesWithQueues);
    const { ended, refused, restUntil } = await send(
      queues.filter(({ mailboxId }) => !waits.until(`send ${mailboxId}`)),
    );
    for (const [mailboxId, until] of restUntil) waits.add(`send ${mailboxId}`, until);
    if (refused > 0) await lookAtLimits(looping, { all: true }); // what was counted for them counts no longer
    if (ended > 0) {
      for (const key of ["send-mails", ...queues.map(({ mailboxId }) => `send ${mailboxId}`)]) waits.end(key);
      return true;
    }
    const [first] = queues
      .flatMap(({ mailboxId }) => waits.until(`send ${mailboxId}`) ?? [])
      .sort(Temporal.Instant.compare);
    waits.add("send-mails", first);
    return false;
  }

  async function doWhatFollows() {
    let did = 0;
    for (const { work, every } of FOLLOWING) {
      const last = lastDone.get(work);
      if (last && Temporal.Instant.compare(app.now(), last.add(every)) < 0) continue;
      lastDone.set(work, app.now());
      did += await work(looping);
    }
    return did > 0;
  }

  /** True while others work: they are waited for in real time. */
  async function waitForOthers(looks: readonly TeamLook[]) {
    const working = looks.flatMap(({ teamId, others }) =>
      others.map((loop) => `${loop} ${teamId}`).filter((key) => !waits.until(key)),
    );
    rounds = working.length > 0 ? rounds + 1 : 0;
    if (rounds >= MOST_ROUNDS) for (const key of working) waits.add(key);
    const hasClaims = looks.some((one) => one.hasClaims);
    if (hasClaims) await reconcileOnce(looping);
    const isBusy = rounds > 0 || calls.size > 0 || hasClaims || looks.some(({ hasJobs }) => hasJobs);
    if (!isBusy) return false;
    app.workflows.wake();
    await sleep(OTHERS_MS);
    return true;
  }

  return {
    /** The database is another one than a moment ago. */
    forget() {
      waits.forget();
      lastDone.clear();
    },

    /** Answers what comes next, once nothing is left to do now. */
    async settle() {
      let hasDone = false;
      for (;;) {
        const looks = await look();
        if (stopping.aborted) return [];
        const due = new Set(
          nextOf(looks)
            .filter(({ at }) => waits.isPast(at))
            .map(({ loop }) => loop),
        );
        const read = (await readNews(looks)) > 0;
        const done = read ? null : await doFirst(due);
        // What was queued a moment ago is sent without another look.
        const isSending = done === "queue-mails" || (!done && due.has("send-mails"));
        const sent = !read && isSending && (await sendQueued(looks));
        const did = read || done !== null || sent;
        hasDone ||= did;
        if (did || (await waitForOthers(looks))) continue;
        // What came to nothing waits from here on.
        if (!hasDone) return nextOf(looks);
        hasDone = false;
        if (!(await doWhatFollows())) return nextOf(looks);
      }
    },
  };
}
