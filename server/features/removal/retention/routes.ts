import { contract } from "@cadenza/contract";
import type { RetentionKind } from "../../../domain/contacts/retention.ts";
import { route } from "../../../http/route.ts";
import { changeRetention, previewRetention, retentionRules } from "./commands.ts";
import type { RetentionRule } from "./store.ts";

export const routes = [
  route(contract.dataRetention.show, async (act) => ({ rules: (await retentionRules(act)).map(present) })),

  route(contract.dataRetention.update, async ({ input, ...act }) => ({
    rules: (await changeRetention(act, input.rules.map(wishOf))).map(present),
  })),

  route(contract.dataRetention.preview, async ({ input, ...act }) => ({
    counts: (await previewRetention(act, input.rules.map(wishOf))).map(
      ({ kind, keepDays, count, oldest }) => ({
        kind,
        keep_days: keepDays,
        count,
        oldest_at: oldest?.toString() ?? null,
      }),
    ),
  })),
];

const wishOf = ({ kind, keep_days }: { kind: RetentionKind; keep_days: number | null }) => ({
  kind,
  keepDays: keep_days,
});

function present({ kind, keepDays, dueAt, lastRunAt, lastDeleted, deleted }: RetentionRule) {
  return {
    kind,
    keep_days: keepDays,
    next_run_at: dueAt?.toString() ?? null,
    last_run_at: lastRunAt?.toString() ?? null,
    deleted_in_last_run: lastDeleted,
    deleted,
  };
}
