// What a mailbox's ramp allows today is reckoned when the ramp is set, and then at least once an hour and at the beginning of each day.

import type { Act } from "../../../app.ts";
import type { Db } from "../../../db/connect.ts";
import { dayIn } from "../../../domain/basics/limits.ts";
import { type Ramp, rampOn } from "../../../domain/basics/ramp.ts";
import type { By } from "../../events/events/store.ts";
import { type BatchMode, inParts } from "../../events/set-aside/commands.ts";
import { findTeam } from "../../identity/teams/store.ts";
import * as store from "./ramp-store.ts";
import { lockMailboxes, type Mailbox } from "./store.ts";

/** `everyDays` may be left out: then it grows every day. */
export type RampWish = Omit<Ramp, "everyDays"> & { everyDays?: number | undefined };

type RampColumns = Pick<Mailbox, "ramp" | "rampBeganAt" | "rampLimit" | "rampStanding" | "rampDueAt">;

const NONE: RampColumns = {
  ramp: null,
  rampBeganAt: null,
  rampLimit: null,
  rampStanding: null,
  rampDueAt: null,
};

/** A ramp that is changed goes on from the day on which it began. */
export async function rampNow(
  { db, now, caller }: Act,
  mailbox: Mailbox,
  wish: RampWish | null,
): Promise<RampColumns> {
  if (!wish) return NONE;
  const { id, rampBeganAt } = mailbox;
  const { start, step, everyDays = 1, ceiling } = wish;
  const ramp = { start, step, everyDays, ceiling };
  if (isSame(ramp, mailbox.ramp)) return rampOf(mailbox);
  const beganAt = rampBeganAt ?? now;
  const zone = await zoneOf(db, caller.teamId);
  const reckoned = await reckon(db, caller.teamId, { id, ramp, rampBeganAt: beganAt }, zone, now);
  const { limit, sendingDays, hold, dueAt } = reckoned;
  return {
    ramp,
    rampBeganAt: beganAt,
    rampLimit: limit,
    rampStanding: { sendingDays, hold },
    rampDueAt: dueAt,
  };
}

/** As it is: saving a mailbox's settings sends its ramp along, and a mailbox that is connected again keeps it. */
export function rampOf({ ramp, rampBeganAt, rampLimit, rampStanding, rampDueAt }: Mailbox): RampColumns {
  return { ramp, rampBeganAt, rampLimit, rampStanding, rampDueAt };
}

const isSame = (one: Ramp, other: Ramp | null) =>
  other !== null &&
  one.start === other.start &&
  one.step === other.step &&
  one.everyDays === other.everyDays &&
  one.ceiling === other.ceiling;

/** A few of the team's. Answers how many it dealt with. */
export async function followRamps(by: By, manner: BatchMode) {
  const { db, teamId, now } = by;
  await lockMailboxes(db, teamId);
  const due = await store.rampsDue(db, teamId, now);
  if (due.length === 0) return 0;
  const zone = await zoneOf(db, teamId);
  await inParts(by, { loop: "follow-ramps", manner }, due, async (some) => {
    const rows = await Promise.all(some.map((one) => reckon(db, teamId, one, zone, now)));
    await store.writeReckoned(
      db,
      teamId,
      rows.map((row) => ({ ...row, dueAt: row.dueAt?.toString() ?? null })),
    );
  });
  return due.length;
}

async function reckon(
  db: Db,
  teamId: string,
  { id, ramp, rampBeganAt }: store.Ramping,
  zone: string,
  now: Temporal.Instant,
) {
  const { began, ends } = dayIn(zone, now);
  const days = await store.daysSince(db, teamId, id, { from: rampBeganAt, before: began, zone });
  const standing = rampOn(ramp, days);
  const hour = now.add({ hours: 1 });
  const next = Temporal.Instant.compare(hour, ends) < 0 ? hour : ends;
  return { id, ...standing, dueAt: standing.limit >= ramp.ceiling ? null : next };
}

async function zoneOf(db: Db, teamId: string) {
  return (await findTeam(db, teamId))?.timeZone ?? "UTC";
}
