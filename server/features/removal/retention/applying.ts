// Deletes what is older than the team keeps it, some records at a time. A record that a user changed since it was found stays.

import { keptSince, nextRun, type RetentionKind } from "../../../domain/contacts/retention.ts";
import { lockIds } from "../../contacts/contact-rows/holding-store.ts";
import { type By, record } from "../../events/events/store.ts";
import { type BatchMode, inParts } from "../../events/set-aside/commands.ts";
import { asideByLoop } from "../../events/set-aside/store.ts";
import { eraseContacts } from "../contact-removal/deleting.ts";
import { holdListIfBarred } from "../contact-removal/hold-barred.ts";
import { KINDS } from "./kinds-store.ts";
import * as store from "./store.ts";

/** One batch of one rule. Answers whether there was a rule to follow. */
export async function applyRetention(by: By, manner: BatchMode = "together"): Promise<number> {
  const { db, teamId, now } = by;
  const rule = await store.takeDueRule(db, teamId, now);
  if (!rule) return 0;
  const { kind, keepDays } = rule;
  const before = keptSince(keepDays, now);
  const found = await store.findOld(db, teamId, kind, { before, afterId: rule.afterId });
  let count = 0;
  const rows = found.ids.map((id) => ({ id }));
  await inParts(by, { loop: "apply-retention", manner }, rows, async (some) => {
    const ids = some.map(({ id }) => id);
    count += await deleteOld(by, kind, { ids, before, keepDays });
  });
  if (!found.isEnd && found.upTo !== null) {
    await store.noteProgress(db, teamId, { kind, afterId: found.upTo, count });
    return 1;
  }
  // What failed is tried again as soon as that is due, and not only a day later.
  const aside = (await asideByLoop(db, teamId, now)).find(({ loop }) => loop === "apply-retention");
  await store.noteRunEnded(db, teamId, { kind, count, now, dueAt: aside?.until ?? nextRun(now) });
  const all = rule.runDeleted + count;
  if (all > 0)
    await record(by, {
      type: "data_retention.applied",
      subject: { type: "team", id: teamId },
      data: { kind, keep_days: keepDays, count: all },
    });
  return 1;
}

type Old = { ids: readonly string[]; before: Temporal.Instant; keepDays: number };

async function deleteOld(by: By, kind: RetentionKind, { ids, before, keepDays }: Old) {
  const { db, teamId } = by;
  const { deletes } = KINDS[kind];
  if (deletes === "as a user does") {
    await holdListIfBarred(by, ids);
    await lockIds(db, teamId, ids);
    const old = await store.oldAmong(db, teamId, kind, { before, ids });
    return (await eraseContacts(by, old, { keep_days: keepDays })).length;
  }
  const old = await store.oldAmong(db, teamId, kind, { before, ids });
  for (const statement of deletes) await db.run(statement, [teamId, old]);
  return old.length;
}
