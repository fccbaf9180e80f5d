// Devices of users are told of replies and due tasks. A copy of the database tells nothing: its users are told by the real one.

import type { App } from "../../app.ts";
import { inParts } from "../../features/events/set-aside/commands.ts";
import {
  lockDevicesToTell,
  type TakenDevice,
  takeDevices,
  teamsWithDevicesToTell,
} from "../../features/insight/push-subscriptions/news-store.ts";
import { tellDevice } from "../../features/insight/push-subscriptions/telling.ts";
import { alone, batchOf, eachTeam, type Looping } from "../running/each-team.ts";
import { byEngine, type Engine, goRound } from "../running/engine.ts";

const EVERY_MS = 5_000;
/** Longer than all calls to one device may take. */
const TAKEN_FOR = { minutes: 2 };

export function startPushing(engine: Engine) {
  return goRound(engine, { everyMs: EVERY_MS, what: "sending notifications to devices" }, () =>
    pushOnce(engine),
  );
}

/** Answers how many devices it dealt with. */
export async function pushOnce({ fence, ...looping }: Looping & Pick<Engine, "fence">) {
  const { app } = looping;
  if (!fence.isOpen || app.sandbox) return 0;
  const teams = await app.db.inTransaction((db) => teamsWithDevicesToTell(db, app.now()));
  return eachTeam(looping, "send-pushes", teams, async (teamId) => {
    const taken = await take(app, teamId);
    const place = { teamId, loop: "send-pushes" } as const;
    await Promise.all(
      taken.map((one) =>
        alone(app, { ...place, id: one.id }, () => tellDevice(app, teamId, one, recording(app))),
      ),
    );
    return taken.length;
  });
}

async function take(app: App, teamId: string) {
  return batchOf(app, teamId, async (by, manner) => {
    const { db, now } = by;
    const taken: TakenDevice[] = [];
    const due = await lockDevicesToTell(db, teamId, now);
    await inParts(by, { loop: "send-pushes", manner }, due, async (some) => {
      const ids = some.map(({ id }) => id);
      taken.push(...(await takeDevices(db, teamId, ids, now.add(TAKEN_FOR))));
    });
    return taken;
  });
}

function recording(app: App): Parameters<typeof tellDevice>[3] {
  return (teamId, work) => app.db.inTeam(teamId, (db) => work(byEngine(app, db, teamId)));
}
