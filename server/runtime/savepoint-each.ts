// What a person does to one thing, done to many in one transaction: one that is refused is left as it was, with its reason, and
// stops none of the others.
//
// For acts that decide much about each (may this mail go out, what followed from that verdict): what a statement can say of
// all at once is said of all at once instead. In the order of their ids, so that two who name the same ones do not wait for
// each other crosswise.

import type { Db } from "../db/connect.ts";
import { Refusal, sentenceOf } from "../kernel/refusal.ts";

type LeftAlone = { id: string; code: string; says: string };

export async function eachAlone(db: Db, ids: readonly string[], work: (id: string) => Promise<unknown>) {
  const done: string[] = [];
  const left: LeftAlone[] = [];
  for (const id of [...new Set(ids)].toSorted()) {
    await db.run("savepoint alone");
    try {
      await work(id);
      await db.run("release savepoint alone");
      done.push(id);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      await db.run("rollback to savepoint alone");
      await db.run("release savepoint alone");
      left.push(leftFor(id, error));
    }
  }
  return { done, left };
}

export function leftFor(id: string, refusal: Refusal): LeftAlone {
  return { id, code: refusal.code, says: sentenceOf(refusal) };
}
