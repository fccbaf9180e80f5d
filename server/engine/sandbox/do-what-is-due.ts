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
import { hasHiddenEvents, type Look, lookAt } from "./looking.ts";
import { SANDBOX_LOOPS, type SandboxLoop, type Work } from "./loops.ts";
import { noteInboxesRead, readCaught } from "./read-caught.ts";
import { openWaits } from "./waits.ts";

const OTHERS_MS = 10;
/** Some are set aside, or their receiver hangs: they are waited for as long as a call may take, and no longer. */
const MOST_ROUNDS = 3_000;

const LOOPS = Object.entries(SANDBOX_LOOPS) as [LoopName, SandboxLoop][];
/** From the front again after each that did something. */
const TIMED = LOOPS.flatMap(([loop, one]) =>
  "times" in one && "work" in one ? [{ loop, work: one.work }] : [],
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

  /** Asked so often that its plan is kept: making one takes longer than the answer. */
  const lookIn = (teamId: string) => app.db.inTeam(teamId, (db) => lookAt(db, teamId, app.now()), "once");

  async function look(): Promise<TeamLook[]> {
    const found: TeamLook[] = [];
    for (const teamId of await app.db.inTransaction(listTeamIds))
      found.push({ ...(await lookIn(teamId)), teamId });
    return found;
  }

  /** What is due is named with the last time at which more of it fell due. */
  function dueNow(looks: readonly TeamLook[]) {
    const due = new Map<LoopName, Temporal.Instant>();
    for (const { loop, due: at } of looks.flatMap(({ times }) => times)) {
      const before = due.get(loop);
      if (at && !(before && isBefore(at, before))) due.set(loop, at);
    }
    for (const [loop, since] of due) if (waits.holds(loop, since)) due.delete(loop);
    return due;
  }

  /** When something is to be done next, or is to be looked at again. */
  function comesNext(looks: readonly TeamLook[]) {
    const times = looks.flatMap((look) => look.times.flatMap(({ loop, next }) => [next, waits.until(loop)]));
    const rests = looks.flatMap(({ queues }) => queues.map((id) => waits.until(`send ${id}`)));
    const unread = looks.flatMap(({ news }) => news.map((one) => waits.until(keyOf(one))));
    return [...times, ...rests, ...unread].filter((at) => at !== null);
  }

  async function readNews(looks: readonly TeamLook[]) {
    let did = 0;
    for (const { teamId, news } of looks) {
      const unread = news.filter((one) => !waits.holds(keyOf(one)));
      if (unread.length === 0) continue;
      did += await readCaught(
        engine,
        teamId,
        unread.map(({ mailboxId }) => mailboxId),
      );
      const left = (await lookIn(teamId)).news;
      for (const one of unread)
        if (left.some(({ mailboxId }) => mailboxId === one.mailboxId)) waits.cameToNothing(keyOf(one));
        else waits.cameToSomething(keyOf(one));
    }
    return did;
  }

  async function doFirst(due: ReadonlyMap<LoopName, unknown>) {
    for (const { loop, work } of TIMED) {
      if (!due.has(loop)) continue;
      if ((await work(looping)) > 0) {
        waits.cameToSomething(loop);
        return loop;
      }
      waits.cameToNothing(loop);
    }
    return null;
  }

  /** Answers whether any was tried: what came of it is seen by the next look. */
  async function sendQueued(looks: readonly TeamLook[], mayGo: readonly Queue[]) {
    const now = app.now();
    const queues = mayGo.filter(({ mailboxId }) => !waits.holds(`send ${mailboxId}`, now));
    if (queues.length === 0) return false;
    for (const { teamId, news } of looks)
      await noteInboxesRead(
        engine,
        teamId,
        news.map(({ mailboxId }) => mailboxId),
      );
    const { ended, refused, restUntil } = await send(queues);
    for (const { mailboxId } of queues) {
      const until = restUntil.get(mailboxId);
      if (until && isBefore(now, until)) waits.rest(`send ${mailboxId}`, until);
      else if (ended > 0) waits.cameToSomething(`send ${mailboxId}`);
      else waits.cameToNothing(`send ${mailboxId}`);
    }
    if (refused > 0) await lookAtLimits(looping, { all: true }); // what was counted for them counts no longer
    return true;
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
      others.map((loop) => `${loop} ${teamId}`).filter((key) => !waits.holds(key)),
    );
    rounds = working.length > 0 ? rounds + 1 : 0;
    if (rounds >= MOST_ROUNDS) for (const key of working) waits.cameToNothing(key);
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

    /** People may have changed limits meanwhile. */
    endRests: waits.endRests,

    /** Who moved the time reads what happened next. */
    async untilEventsAreSeen() {
      for (let n = 0; n < MOST_ROUNDS && !stopping.aborted; n++) {
        const hidden = await Promise.all(
          (await app.db.inTransaction(listTeamIds)).map((id) =>
            app.db.inTeam(id, (db) => hasHiddenEvents(db, id)),
          ),
        );
        if (!hidden.includes(true)) return;
        await sleep(OTHERS_MS);
      }
    },

    /** Answers what comes next, once nothing is left to do now. */
    async settle(): Promise<Temporal.Instant[]> {
      let hasDone = false;
      for (;;) {
        const looks = await look();
        if (stopping.aborted) return [];
        const due = dueNow(looks);
        const read = (await readNews(looks)) > 0;
        const done = read ? null : await doFirst(due);
        // What was queued a moment ago is sent without another look.
        const mayGo =
          done === "queue-mails"
            ? await app.db.inTransaction(mailboxesWithQueues)
            : queuesIn(done ? [] : looks);
        const sent = !read && (await sendQueued(looks, mayGo));
        const did = read || done !== null || sent;
        hasDone ||= did;
        if (did || (await waitForOthers(looks))) continue;
        // What came to nothing waits from here on.
        if (!hasDone) return comesNext(looks);
        hasDone = false;
        if (!(await doWhatFollows())) return comesNext(looks);
      }
    },
  };
}

type Queue = { teamId: string; mailboxId: string };

const queuesIn = (looks: readonly TeamLook[]): Queue[] =>
  looks.flatMap(({ teamId, queues }) => queues.map((mailboxId) => ({ teamId, mailboxId })));

const keyOf = ({ mailboxId, newest }: Look["news"][number]) => `read ${mailboxId} ${newest}`;

function isBefore(a: Temporal.Instant, b: Temporal.Instant) {
  return Temporal.Instant.compare(a, b) < 0;
}
