import { contract } from "@cadenza/contract";
import { routeWithBefore } from "../../../http/route.ts";
import { readMoment, stored } from "../../../kernel/moments.ts";
import { cursorAt } from "../../events/events/store.ts";
import { printCursor } from "../../events/feed/cursors.ts";
import { presentClock } from "../../identity/sessions/present.ts";
import {
  type Advanced,
  advance,
  deleteSnapshot,
  listSnapshots,
  reset,
  restoreSnapshot,
  sandboxOf,
  setSpeed,
  takeSnapshot,
} from "./commands.ts";
import { countEvents } from "./store.ts";

const MS = { days: 86_400_000, hours: 3_600_000, minutes: 60_000 };

export const routes = [
  routeWithBefore(
    contract.sandbox.clock,
    async ({ app }) => sandboxOf(app),
    async ({ before }) => ({ clock: presentClock(before) }),
  ),

  routeWithBefore(
    contract.sandbox.advance,
    async ({ app, input }): Promise<Advanced> =>
      advance(app, {
        lengthMs: lengthOf(input),
        until: input.until === undefined ? null : readMoment(input.until),
        next: input.next ?? false,
        waitSeconds: input.wait_seconds,
      }),
    async ({ app, db, caller, input, before }) => {
      const from = input.since === undefined ? before.from : readMoment(input.since);
      return {
        clock: presentClock(sandboxOf(app)),
        is_done: before.isDone,
        from: stored(from),
        happened: await countEvents(db, caller.teamId, from),
        events_since: await printCursor(db, await cursorAt(db, caller.teamId, from)),
      };
    },
  ),

  routeWithBefore(
    contract.sandbox.freeze,
    async ({ app }) => setSpeed(app, 0),
    async ({ app }) => ({ clock: presentClock(sandboxOf(app)) }),
  ),

  routeWithBefore(
    contract.sandbox.run,
    async ({ app, input }) => setSpeed(app, input.speed),
    async ({ app }) => ({ clock: presentClock(sandboxOf(app)) }),
  ),

  routeWithBefore(
    contract.sandbox.snapshots,
    async ({ app }) => listSnapshots(app),
    async ({ before }) => ({ snapshots: before.map(presentSnapshot) }),
  ),

  routeWithBefore(
    contract.sandbox.takeSnapshot,
    async ({ app, input }) => takeSnapshot(app, input.name ?? null),
    async ({ before }) => ({ snapshot: presentSnapshot(before) }),
  ),

  routeWithBefore(
    contract.sandbox.restoreSnapshot,
    async ({ app, input }) => restoreSnapshot(app, input.id),
    async ({ app, before }) => ({
      snapshot: presentSnapshot(before),
      clock: presentClock(sandboxOf(app)),
    }),
  ),

  routeWithBefore(
    contract.sandbox.deleteSnapshot,
    async ({ app, input }) => deleteSnapshot(app, input.id),
    async () => ({ deleted: true as const }),
  ),

  routeWithBefore(
    contract.sandbox.reset,
    async ({ app }) => reset(app),
    async ({ app }) => ({ clock: presentClock(sandboxOf(app)) }),
  ),
];

type Length = { days?: number | undefined; hours?: number | undefined; minutes?: number | undefined };

/** Null: none is given. */
function lengthOf({ days, hours, minutes }: Length) {
  if (days === undefined && hours === undefined && minutes === undefined) return null;
  return (days ?? 0) * MS.days + (hours ?? 0) * MS.hours + (minutes ?? 0) * MS.minutes;
}

function presentSnapshot({ id, name, at, madeAt }: Awaited<ReturnType<typeof takeSnapshot>>) {
  return { id, name, time: stored(at), made_at: stored(madeAt) };
}
