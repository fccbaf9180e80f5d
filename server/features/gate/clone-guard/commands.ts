// A database that wakes up elsewhere, or from a back-up, sends nothing until a person says so: what it believes to be
// still unsent may long have been. Every engine looks when it starts and every second; the gate asks once more.

import type { Act, App } from "../../../app.ts";
import type { Db } from "../../../db/connect.ts";
import { addressOf } from "../../../db/outside.ts";
import {
  FENCE_WORDS,
  type FenceReason,
  fenceReasons,
  heldBackIn,
  isOnlyWaiting,
} from "../../../domain/gate/clone-guard.ts";
import type { HeldBack } from "../../../domain/gate/gate-facts.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { listTeamIds } from "../../identity/teams/store.ts";
import { type Home, readHome, rememberSeen, settleIn, testify } from "./home.ts";
import { isKnownServer, runsSince } from "./known-server.ts";
import { type EngineMemory, isToSettle, seenIn, settleSwitch, settleSwitchAtStart } from "./settling.ts";
import * as store from "./store.ts";

/**
 * At the start of every engine, before it claims anything. The very first engine takes the installation as its own,
 * without a question.
 */
export async function takeStand(
  app: App,
  engineId: string,
  released: EngineMemory["released"] = [],
): Promise<number> {
  const { config } = app;
  if (config.failover === "synchronous")
    await settleSwitchAtStart(app, engineId, { seen: seenIn(app), released });
  const isOwn = config.databaseUrl === null;
  const address = isOwn ? null : addressOf(config.databaseUrl ?? "");
  const isServerKnown = await isKnownServer(await app.db.inTransaction(store.readFence), address);
  const { because, seen } = await app.db.inTransaction(async (db) => {
    const known = await store.lockFence(db); // of several in one folder, one after the other
    const found = homeIn(app);
    const areOthersAtWork = await store.areOthersAtWork(db, engineId);
    const here = {
      place: known.placeHere,
      home: isOwn ? found.id : null,
      movedFrom: found.movedFrom,
      isFolderCopied: found.isCopied,
      address,
      isServerKnown,
    };
    const because = fenceReasons({ known, here: { ...here, seen: found.seen }, areOthersAtWork });
    await store.writeFailover(db, config.failover);
    if (because.length > 0) await store.holdSending(db, because, found.seen, here, app.now());
    else if (known.heldSince === null) await store.allowSendingHere(db, newId(), here);
    return { because, seen: because.includes("older_state") ? 0 : found.seen };
  });
  if (because.length > 0) sayHeld(app, because);
  await moveIn(app, isOwn);
  return seen;
}

/**
 * An installation with an external database may send without a data folder: then nothing is remembered outside the
 * database.
 */
function homeIn({ config, log }: App): Home {
  try {
    const found = readHome(config.dataDir);
    return { ...found, id: found.id ?? settleIn(config.dataDir) };
  } catch (error) {
    log.warn(
      { err: error },
      "the data folder cannot be written to, so a restored older state of the database is not detected",
    );
    return { id: null, movedFrom: null, isCopied: false, seen: 0 };
  }
}

/**
 * After a person has confirmed: where the installation lives now is known to the database. A restored backup names the folder and the
 * address of the machine it was made on, and the next start would take them for a doubt again.
 */
export function stayHere(app: App) {
  return app.db.inTransaction(async (db) => {
    if (heldBackIn(await store.lockFence(db)) === null)
      await store.allowSendingHere(db, newId(), locationOf(app));
  });
}

function locationOf({ config }: App): store.InstallationLocation {
  return config.databaseUrl === null
    ? { home: readHome(config.dataDir).id, address: null }
    : { home: null, address: addressOf(config.databaseUrl) };
}

export function rememberSendCount(app: App, count: number) {
  try {
    rememberSeen(app.config.dataDir, count);
  } catch (error) {
    app.log.warn({ err: error }, "the latest sent email could not be recorded in the data folder");
  }
}

/**
 * A copied folder is at home here once the database knows of it: a crash in between finds it copied again. So is one that was
 * moved: a crash in between finds it moved again.
 */
async function moveIn(app: App, isOwn: boolean) {
  const { dataDir } = app.config;
  const isMoved = await app.db.inTransaction(async (db) => {
    await store.lockFence(db);
    const { isCopied, movedFrom, id } = readHome(dataDir);
    if (isCopied) {
      const home = settleIn(dataDir);
      if (isOwn) await store.moveHome(db, home);
    } else if (movedFrom !== null && id !== null && isOwn) await store.moveHome(db, id);
    return movedFrom !== null;
  });
  if (isMoved) testify(dataDir);
}

/** While engines run the database may be put back under them, or another server take over. Answers the state of things. */
export async function lookAround(
  app: App,
  seen: number,
  released: EngineMemory["released"] = [],
): Promise<store.FenceRow> {
  const row = await app.db.inTransaction(store.readFence);
  if (isToSettle(row)) {
    await settleSwitch(app, row, { seen, released });
    return app.db.inTransaction(store.readFence);
  }
  if (newDoubts(row, seen).length === 0) return row;
  return app.db.inTransaction(async (db) => {
    const because = newDoubts(await store.lockFence(db), seen); // a person may have confirmed since it was read
    if (because.length > 0) {
      await store.holdSending(db, because, seen, { home: null, address: null }, app.now());
      sayHeld(app, because);
    }
    return store.readFence(db);
  });
}

/** None where all of them are known. */
function newDoubts(row: store.FenceRow, seen: number): FenceReason[] {
  const { place, placeHere, count, heldBecause } = row;
  const because: FenceReason[] = [
    ...(place !== null && place !== placeHere && !isToSettle(row) ? (["other_database"] as const) : []),
    ...(count < seen ? (["older_state"] as const) : []),
  ];
  return because.every((one) => heldBecause.includes(one)) ? [] : because;
}

function sayHeld({ log }: App, because: readonly FenceReason[]) {
  log.error(
    { because },
    `No mail is sent and no webhook called: ${because.map((one) => FENCE_WORDS[one]).join("; ")}. If no other Cadenza sends from a copy of it, ` +
      "an admin presses Review in the bar at the top, or runs `cadenza installation confirm-sending`. With several teams, only the operator may.",
  );
}

/**
 * For processes that make outside calls without sending mail, webhooks above all: whether this looks like a copy.
 * Nothing is written, so a process that sends no mail does not stop the others. A doubt remains until an admin
 * confirms again, or there is no reason left.
 */
export function watchForCopies(app: App) {
  let doubt: { leave: string | null; because: FenceReason[] } | null = null;
  return async (db: Db): Promise<boolean> => {
    const row = await store.readFence(db);
    if (!doubt) {
      doubt = { leave: row.leave, because: await reasonsHere(app, db, row) };
      if (doubt.because.length > 0) sayHeld(app, doubt.because);
    } else if (doubt.because.length > 0)
      doubt.because = doubt.leave === row.leave ? await reasonsHere(app, db, row) : [];
    return doubt.because.length > 0 || heldBackIn(row) !== null;
  };
}

async function reasonsHere({ config }: App, db: Db, row: store.FenceRow) {
  const known = isToSettle(row) ? { ...row, place: row.placeHere } : row; // an engine settles it
  const isOwn = config.databaseUrl === null;
  const { id, movedFrom, isCopied, seen } = readHome(config.dataDir);
  const address = isOwn ? null : addressOf(config.databaseUrl ?? "");
  const here = {
    place: known.placeHere,
    home: isOwn ? id : null,
    movedFrom,
    isFolderCopied: isCopied,
    seen,
    address,
    isServerKnown: runsSince(row),
  };
  return fenceReasons({ known, here, areOthersAtWork: await store.areOthersAtWork(db, "") });
}

/** The caller promises that no other copy runs. Only the operator, or the admin of the only team, may. */
export async function mayConfirm({ db, caller }: Act) {
  return caller.isOperator || (await listTeamIds(db)).length === 1;
}

export async function confirmSending(act: Act): Promise<HeldBack | null> {
  const { db, caller } = act;
  if (!(await mayConfirm(act))) throw new Refusal("operator_only");
  const before = await store.lockFence(db);
  const heldBack = heldBackIn(before);
  if (heldBack === null || isOnlyWaiting(heldBack)) return heldBack;
  await store.writeSendingConfirmed(db, newId());
  await store.allowSendingHere(db, newId(), locationOf(act.app));
  await record(byCaller(act), {
    type: "sending.confirmed",
    subject: { type: "team", id: caller.teamId },
    data: { because: before.heldBecause },
  });
  return holdNow(act);
}

/** For probes: whether email goes out at all, whatever a single mailbox or sequence waits for. */
export async function sendingState(db: Db) {
  const heldBack = heldBackIn(await store.readFence(db));
  if (heldBack) return { state: "held" as const, because: heldBack.because };
  const isAnyAtWork = await store.areOthersAtWork(db, "");
  return { state: isAnyAtWork ? ("ready" as const) : ("no engine" as const) };
}

/** Since when nothing is sent from this copy of the database, and why; null where it is the one that sends. */
export async function holdNow({ db }: Pick<Act, "db">) {
  return heldBackIn(await store.readFence(db));
}
