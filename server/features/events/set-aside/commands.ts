// What failed is put aside by itself: one row of a batch, or one team of a loop. Everything else goes on.

import { isAway, lostARace } from "../../../db/away.ts";
import type { LoopName } from "../../../domain/basics/engine-loops.ts";
import { type By, record } from "../events/store.ts";
import * as store from "./store.ts";

/** After as many failures in a row the team is told. */
const TOLD_AFTER = 2;
const LONGEST_ERROR = 300;
const PART_TIMEOUT = "10s";

export async function putAside(by: By, loop: LoopName, subjectId: string, error: unknown) {
  const { code = null, message = String(error) } = (error ?? {}) as { code?: string; message?: string };
  const aside = { loop, subjectId, errorCode: code, error: message.slice(0, LONGEST_ERROR) };
  const put = await store.putAside(by.db, by.teamId, aside, by.now);
  if (put.tries === TOLD_AFTER)
    await record(by, {
      type: "work.set_aside",
      subject: { type: "team", id: by.teamId },
      data: { loop, subject_id: subjectId, error: aside.error, until: put.until.toString() },
    });
  return put;
}

/** `together`: as one. `apart`: halved until the rows that fail are alone. */
export type BatchMode = "together" | "apart";

/**
 * Works on rows that are locked already. When split, each part has its own savepoint, so that a failing part leaves no
 * changes and the others stay done. Answers which were set aside.
 */
export async function inParts<Row extends { id: string }>(
  by: By,
  { loop, manner }: { loop: LoopName; manner: BatchMode },
  rows: readonly Row[],
  work: (rows: readonly Row[]) => Promise<unknown>,
): Promise<string[]> {
  if (rows.length === 0) return [];
  if (manner === "together") {
    await work(rows);
    return [];
  }
  const failed: { id: string; error: unknown }[] = [];
  await by.db.run(`select set_config('statement_timeout', '${PART_TIMEOUT}', true)`);
  const attempt = async (part: readonly Row[]): Promise<void> => {
    await by.db.run("savepoint part");
    try {
      await work(part);
      await by.db.run("release savepoint part");
      return;
    } catch (error) {
      if (isAway(error) || lostARace(error)) throw error;
      await by.db.run("rollback to savepoint part");
      await by.db.run("release savepoint part");
      const [only] = part;
      if (part.length === 1 && only) return void failed.push({ id: only.id, error });
    }
    const half = Math.ceil(part.length / 2);
    await attempt(part.slice(0, half));
    await attempt(part.slice(half));
  };
  await attempt(rows);
  for (const { id, error } of failed) await putAside(by, loop, id, error);
  return failed.map(({ id }) => id);
}
