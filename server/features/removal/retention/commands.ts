import type { Act } from "../../../app.ts";
import {
  firstRun,
  keptSince,
  RETENTION_KINDS,
  type RetentionKind,
} from "../../../domain/contacts/retention.ts";
import { byCaller, record } from "../../events/events/store.ts";
import * as store from "./store.ts";

type KeepWish = { kind: RetentionKind; keepDays: number | null };

/** All kinds: one without a row is kept. */
export async function retentionRules({ db, caller }: Pick<Act, "db" | "caller">) {
  return allOf(await store.listRules(db, caller.teamId));
}

function allOf(rules: readonly store.RetentionRule[]): store.RetentionRule[] {
  return RETENTION_KINDS.map((kind) => rules.find((rule) => rule.kind === kind) ?? unset(kind));
}

function unset(kind: RetentionKind): store.RetentionRule {
  return {
    kind,
    keepDays: null,
    dueAt: null,
    afterId: null,
    runDeleted: 0,
    lastRunAt: null,
    lastDeleted: 0,
    deleted: 0,
  };
}

export async function changeRetention(act: Act, wishes: readonly KeepWish[]) {
  const { db, caller, now } = act;
  const before = allOf(await store.lockRules(db, caller.teamId));
  const changed = lastOfEach(wishes).filter(
    ({ kind, keepDays }) => ruleOf(before, kind).keepDays !== keepDays,
  );
  for (const { kind, keepDays } of changed) {
    const dueAt = firstRun(ruleOf(before, kind), keepDays, now);
    await store.writeRule(db, caller.teamId, { kind, keepDays, dueAt });
  }
  if (changed.length > 0)
    await record(byCaller(act), {
      type: "data_retention.changed",
      subject: { type: "team", id: caller.teamId },
      data: { rules: changed.map(({ kind, keepDays }) => ({ kind, keep_days: keepDays })) },
    });
  return retentionRules(act);
}

/** How much would go now, if this were kept so long. */
export async function previewRetention({ db, caller, now }: Act, wishes: readonly KeepWish[]) {
  const current = await store.listRules(db, caller.teamId);
  const asked = wishes.length > 0 ? lastOfEach(wishes) : allOf(current);
  const counts = [];
  for (const { kind, keepDays } of asked) {
    if (keepDays === null) continue;
    const counted = await store.countOld(db, caller.teamId, kind, keptSince(keepDays, now));
    counts.push({ kind, keepDays, count: counted?.count ?? 0, oldest: counted?.oldest ?? null });
  }
  return counts;
}

const ruleOf = (rules: readonly store.RetentionRule[], kind: RetentionKind) =>
  rules.find((rule) => rule.kind === kind) ?? unset(kind);

/** Of several wishes for one kind the last counts. */
const lastOfEach = (wishes: readonly KeepWish[]) => [
  ...new Map(wishes.map((wish) => [wish.kind, wish])).values(),
];
