// The engine with its time turned by hand: whenever nothing is left to do, the clock is moved on to the next thing that
// will be. Weeks pass in seconds, and every rule, row and mail is the real one.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import type pg from "pg";
import { openDatabaseClock } from "../clock.ts";
import { planOnce } from "../engine/planning/plan-steps.ts";
import { resumePaused } from "../engine/planning/resume-paused.ts";
import { byEngine, newEngineId, startBeating } from "../engine/running/engine.ts";
import { openSender } from "../engine/sending/open-sender.ts";
import { openFence } from "../engine/sending/watch-clone-guard.ts";
import { followRampsOnce } from "../engine/upkeep/follow-ramps.ts";
import type { ClaimedOutgoingMail } from "../features/sending/outbox/claiming.ts";
import type { GatePassage } from "../features/sending/outbox/gate.ts";
import { noteEnded, noteSent, passGate } from "../features/sending/outbox/mail-life.ts";
import { drop } from "../features/sending/outbox/outcomes.ts";
import { claimFrom } from "./claim-from.ts";
import { LOOPBACK } from "./loopback.ts";
import { useWitness } from "./sending.ts";
import { lookingOnce } from "./standing-time.ts";
import { asOwner } from "./wire.ts";
import { type Team, useWorld, type World } from "./world.ts";

/** Before the world is opened: its database goes by this clock too. */
function movedClock() {
  const folder = mkdtempSync(join(tmpdir(), "cadenza-clock-"));
  const clockFile = join(folder, "offset");
  return {
    seams: { clockFile, crash: "" },
    // Never behind the app's time: by half a millisecond, what is due would not be at the gate.
    turn: (ms: number) => writeFileSync(clockFile, String(Math.ceil(ms))),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** One for all tests of a file: a world whose time is moved by hand, and a sink that takes its mails. */
export function useVirtualWorld() {
  const clock = movedClock();
  after(() => clock.remove());
  const witness = useWitness();
  return { clock, witness, world: useWorld({ mailAllow: LOOPBACK, seams: clock.seams }) };
}

type Driven = { world: World; team: Team; clock: ReturnType<typeof movedClock> };

/** With one look behind the scenes that stays open: to open it anew would take longer than all else that happens at an instant. */
type Watched = Driven & { owner: pg.Client };

const NEXT = `
  select min(at) as at from (
    select min(next_check_at) as at from messages where team_id = $1 and delivery = 'planned' and not is_queued
    union all select min(plan_at) from enrollments where team_id = $1 and state = 'active'
    union all select min(resume_at) from enrollments where team_id = $1 and state = 'paused'
    union all select min(ramp_due_at) from mailboxes where team_id = $1) n`;

/** Answers how many mails went out. */
export function runVirtually(driven: Driven, until: Temporal.Instant): Promise<number> {
  return asOwner(driven.world, (owner) => lookingOnce(() => run({ ...driven, owner }, until)));
}

async function run(driven: Watched, until: Temporal.Instant): Promise<number> {
  const { world, team, owner } = driven;
  const { app } = world.running;
  const standing = standStill(driven);
  const id = newEngineId();
  const leave = await startBeating(app, id);
  const fence = await openFence(app, id);
  let sent = 0;
  try {
    for (;;) {
      const { mails, rests } = await allThatIsDue(driven, { id, fence, standing });
      sent += mails;
      const { rows } = await owner.query(NEXT, [team.id]);
      const planned = rows[0].at ? [Temporal.Instant.from((rows[0].at as Date).toISOString())] : [];
      const [next] = [...planned, ...rests].sort(Temporal.Instant.compare);
      if (!next || Temporal.Instant.compare(next, until) > 0) return sent;
      standing.turnTo(next);
    }
  } finally {
    standing.end();
    await leave();
  }
}

type Standing = ReturnType<typeof standStill>;

/**
 * The time stands while work is done, and is only turned: what a slow machine needs for a mail must not bring others nearer to
 * the place that they compete for.
 */
function standStill({ world, clock }: Driven) {
  const { app } = world.running;
  const moving = app.now;
  let at = app.now();
  const follow = () => clock.turn(REAL.now().until(at).total("milliseconds"));
  app.now = () => at;
  follow();
  return {
    /** What asks the clock file and not the app: to be called before each mail. */
    follow,
    turnTo(next: Temporal.Instant) {
      const least = at.add({ milliseconds: 1 });
      at = (Temporal.Instant.compare(next, least) < 0 ? least : next).add(PAST_DUE);
      follow();
    },
    end() {
      app.now = moving;
      world.advance({ milliseconds: Math.max(0, Math.ceil(moving().until(at).total("milliseconds"))) });
      aheadMs = REAL.now().until(app.now()).total("milliseconds");
      clock.turn(aheadMs);
    },
  };
}

/**
 * The database's time is the app's to a millisecond or so, and not the same for two connections: what one holds to be due must be due
 * for the other, or it loses its turn to what is behind it.
 */
const PAST_DUE = { milliseconds: 3 };

const REAL = openDatabaseClock();

let aheadMs = 0;

/** What is counted by the hour would else be torn apart where it all happens about a full one. */
export function leaveFullHour(driven: Pick<Driven, "world" | "clock">) {
  const now = driven.world.running.app.now().toZonedDateTimeISO("UTC");
  if (now.minute < 50) return;
  turnTo(driven, now.round({ smallestUnit: "hour", roundingMode: "ceil" }).add({ minutes: 5 }).toInstant());
}

function turnTo({ world, clock }: Pick<Driven, "world" | "clock">, at: Temporal.Instant) {
  const ms = Math.max(1, world.running.app.now().until(at).total("milliseconds"));
  aheadMs += Math.ceil(ms);
  clock.turn(aheadMs);
  world.advance({ milliseconds: Math.ceil(ms) });
}

type Hands = { id: string; fence: Awaited<ReturnType<typeof openFence>>; standing: Standing };

async function allThatIsDue(driven: Watched, hands: Hands) {
  const { team, owner } = driven;
  let mails = 0;
  for (;;) {
    let did = await allThatFallsDue(driven);
    const rests: Temporal.Instant[] = [];
    const { rows } = await owner.query(
      "select distinct mailbox_id as id from messages where team_id = $1 and delivery = 'planned' and is_queued order by 1",
      [team.id],
    );
    for (const { id } of rows) {
      const lane = await drain(driven, hands, id as string);
      did += lane.did;
      mails += lane.sent;
      if (lane.restUntil) rests.push(lane.restUntil);
    }
    if (did === 0) return { mails, rests };
  }
}

/** Contacts who fall due at the same instant are in the queue before a mailbox looks at it, also after a task. */
async function allThatFallsDue({ world, team, owner }: Watched) {
  const { app } = world.running;
  for (let all = 0, did = 0; ; all += did) {
    did =
      (await followRampsOnce({ app })) +
      (await resumePaused({ app })) +
      (await planOnce({ app })) +
      (await doTasks(owner, team));
    if (did === 0) return all;
  }
}

async function drain({ world, team, owner }: Watched, hands: Hands, mailboxId: string) {
  const { id: engineId, fence, standing } = hands;
  const { app } = world.running;
  const inTeam = <T>(work: (by: ReturnType<typeof byEngine>) => Promise<T>) =>
    app.db.inTeam(team.id, (db) => work(byEngine(app, db, team.id)));
  const sender = await openSender(app, team.id, mailboxId);
  const lane = { did: 0, sent: 0, restUntil: null as Temporal.Instant | null };
  for (;;) {
    const { claimed, dropped, restUntil } = await inTeam((by) =>
      claimFrom(by, { mailboxId, engineId, publicUrl: app.config.publicUrl }),
    );
    lane.restUntil = restUntil;
    lane.did += claimed.length + dropped.length;
    for (const one of dropped) await inTeam((by) => drop(by, one));
    for (const one of claimed) lane.sent += await sendOne(one);
    // Where all that were looked at have to wait, the engine's next look finds those behind them.
    if (
      claimed.length + dropped.length === 0 &&
      (restUntil || !(await isAnybodyQueued(owner, team, mailboxId)))
    )
      return lane;
  }

  async function sendOne(claimed: ClaimedOutgoingMail) {
    let passage: GatePassage | null = null;
    standing.follow();
    const outcome = await sender.send(claimed, {
      async mayRelease() {
        passage = (await inTeam((by) => passGate(by, [claimed], fence))).get(claimed.slot.id) ?? {
          is: "lost",
        };
        return passage.is === "pass";
      },
    });
    const ended = { claimed, outcome, passage };
    if (outcome.kind !== "accepted") await inTeam((by) => noteEnded(by, ended));
    else await inTeam((by) => noteSent(by, [ended]));
    return outcome.kind === "accepted" ? 1 : 0;
  }
}

async function isAnybodyQueued(owner: pg.Client, team: Team, mailboxId: string) {
  const { rowCount } = await owner.query(
    "select from messages where team_id = $1 and mailbox_id = $2 and delivery = 'planned' and is_queued limit 1",
    [team.id, mailboxId],
  );
  return (rowCount ?? 0) > 0;
}

/** As soon as they are there, in the order in which people were added. */
async function doTasks(owner: pg.Client, team: Team) {
  const { rows } = await owner.query(
    "select id from tasks where team_id = $1 and status = 'scheduled' order by enrollment_id",
    [team.id],
  );
  for (const { id } of rows) await team.api.tasks.complete({ id });
  return rows.length;
}
