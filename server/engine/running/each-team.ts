// Each team by itself: a team whose work fails is put aside for a while that grows. A team whose work takes long is
// left to finish while the others go on. A database that is away is no team's failure: then all wait.

import type { App } from "../../app.ts";
import { isAway, lostARace } from "../../db/away.ts";
import type { Db } from "../../db/connect.ts";
import type { LoopName } from "../../domain/basics/engine-loops.ts";
import type { By } from "../../features/events/events/store.ts";
import { type BatchMode, inParts, putAside } from "../../features/events/set-aside/commands.ts";
import { byEngine, type Engine } from "./engine.ts";

/** What a loop needs; `stopping` only where it runs by itself: then it does not wait for a slow team. */
export type Looping = Pick<Engine, "app"> & Partial<Pick<Engine, "stopping">>;

/** So long a team may keep the others waiting. */
const PATIENCE_MS = 1_000;

type Standing = { aside: Map<string, Temporal.Instant>; underway: Map<string, Promise<number>> };

const standings = new WeakMap<App, Standing>();

function standingOf(app: App): Standing {
  const known = standings.get(app);
  if (known) return known;
  const fresh = { aside: new Map(), underway: new Map() };
  standings.set(app, fresh);
  return fresh;
}

/** Answers how much was done. */
export async function eachTeam(
  { app, stopping }: Looping,
  loop: LoopName,
  teamIds: readonly string[],
  work: (teamId: string) => Promise<number>,
) {
  const { aside, underway } = standingOf(app);
  let did = 0;
  for (const teamId of teamIds) {
    const key = `${loop} ${teamId}`;
    const until = aside.get(key);
    if (underway.has(key) || (until && Temporal.Instant.compare(until, app.now()) > 0)) continue;
    aside.delete(key);
    const attempt = attemptTeam(app, loop, teamId, work).finally(() => underway.delete(key));
    underway.set(key, attempt);
    did += stopping ? await withPatience(attempt) : await attempt;
  }
  return did;
}

/** 0 while it is still under way: the next round passes over it. */
async function withPatience(attempt: Promise<number>) {
  attempt.catch(() => {}); // told where it is awaited
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<number>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS, 0);
  });
  return Promise.race([attempt, late]).finally(() => clearTimeout(timer));
}

async function attemptTeam(
  app: App,
  loop: LoopName,
  teamId: string,
  work: (teamId: string) => Promise<number>,
) {
  try {
    return await work(teamId);
  } catch (error) {
    if (isAway(error)) throw error;
    if (lostARace(error)) return 0;
    app.log.error({ err: error, teamId, loop }, "the work of a team failed and is retried later");
    standingOf(app).aside.set(`${loop} ${teamId}`, await untilWhen(app, loop, teamId, error));
    return 0;
  }
}

/** Written down for the team to read; a team for which even that fails is left alone for a minute. */
function untilWhen(app: App, loop: LoopName, teamId: string, error: unknown) {
  return app.db
    .inTeam(teamId, (db) => putAside(byEngine(app, db, teamId), loop, teamId, error))
    .then(({ until }) => until)
    .catch((second) => {
      app.log.error({ err: second, teamId, loop }, "the failure of a team's work could not be recorded");
      return app.now().add({ minutes: 1 });
    });
}

/** Rows that are known already, in one transaction; those that fail are put aside. */
export async function eachOf<Row extends { id: string }>(
  app: App,
  { teamId, loop }: { teamId: string; loop: LoopName },
  rows: readonly Row[],
  work: (by: By, rows: readonly Row[]) => Promise<unknown>,
) {
  if (rows.length === 0) return [];
  return batchOf(app, teamId, (by, manner) => inParts(by, { loop, manner }, rows, (some) => work(by, some)));
}

/** Work that opens transactions of its own, about one row of a team: if it fails, that row is put aside. */
export async function alone(
  app: App,
  { teamId, loop, id }: { teamId: string; loop: LoopName; id: string },
  work: () => Promise<unknown>,
) {
  try {
    await work();
  } catch (error) {
    if (isAway(error)) throw error;
    if (lostARace(error)) return;
    app.log.error({ err: error, teamId, loop, id }, "one row failed and is retried later");
    await app.db.inTeam(teamId, (db) => putAside(byEngine(app, db, teamId), loop, id, error));
  }
}

/** One batch of a team in one transaction; if it fails, once more in parts, so that only the rows that fail are put aside. */
export async function batchOf<Done>(
  app: App,
  teamId: string,
  work: (by: By, manner: BatchMode) => Promise<Done>,
  mode: "each" | "once" | "acknowledged" = "each",
): Promise<Done> {
  const run = (manner: BatchMode) =>
    app.db.inTeam(teamId, (db: Db) => work(byEngine(app, db, teamId), manner), mode);
  try {
    return await run("together");
  } catch (error) {
    if (isAway(error) || lostARace(error)) throw error;
    app.log.warn({ err: error, teamId }, "a batch failed and is retried in parts");
    return run("apart");
  }
}
