// Keeps an eye on the database that is sent from: whether it is still the one, and whether a person has said so where it
// was doubted. While mails go out its count is moved on, and how far it came is remembered in the data folder.

import type { App } from "../../app.ts";
import { heldBackIn } from "../../domain/gate/clone-guard.ts";
import {
  lookAround,
  rememberSendCount,
  stayHere,
  takeStand,
} from "../../features/gate/clone-guard/commands.ts";
import { openReleases } from "../../features/gate/clone-guard/releases.ts";
import { type FenceRow, moveOn } from "../../features/gate/clone-guard/store.ts";
import { type Engine, type Fence, goRound } from "../running/engine.ts";

const EVERY_MS = 1_000;
const MOVES_EVERY_MS = 5_000;

/** Before anything is claimed. */
export async function openFence(app: App, engineId: string): Promise<Fence> {
  const releases = releasesOf(app, engineId);
  const seen = await takeStand(app, engineId, releases?.all());
  const fence: Fence = { leave: null, seen, isOpen: false, hasSent: false, releases };
  see(app, fence, await lookAround(app, seen, releases?.all()));
  return fence;
}

function releasesOf({ config, log }: App, engineId: string) {
  if (config.failover === "confirm") return null;
  const warning = "what was sent cannot be remembered in the data folder, so a restart forgets it";
  return openReleases(config.dataDir, engineId, (error) => log.warn({ err: error }, warning));
}

export function startWatching(engine: Engine) {
  const { app, fence } = engine;
  let movedAt = 0;
  return goRound(engine, { everyMs: EVERY_MS, what: "watching over the database" }, async () => {
    if (fence.hasSent && fence.isOpen && performance.now() - movedAt > MOVES_EVERY_MS) {
      movedAt = performance.now();
      fence.hasSent = false;
      await app.db.inTransaction(moveOn);
    }
    const row = await lookAround(app, fence.seen, fence.releases?.all());
    if (row.leave !== fence.leave) await stayHere(app); // a person has confirmed
    see(app, fence, row);
    return 0;
  });
}

function see(app: App, fence: Fence, row: FenceRow) {
  const { leave, place, count } = row;
  fence.leave = leave;
  fence.isOpen = place !== null && heldBackIn(row) === null;
  if (!fence.isOpen || count <= fence.seen) return;
  fence.seen = count;
  rememberSendCount(app, count);
}
