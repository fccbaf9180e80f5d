import { FENCE_WORDS, type FenceReason } from "../../../domain/gate/clone-guard.ts";
import type { HeldBack } from "../../../domain/gate/gate-facts.ts";
import { VERSION } from "../../../kernel/version.ts";
import type { FenceRow } from "./store.ts";

type Shown = { held: HeldBack | null; fence: FenceRow; mayConfirm: boolean; databaseVersion: string };

export function presentInstallation({ held, fence, mayConfirm, databaseVersion }: Shown) {
  return {
    version: VERSION ?? null,
    database_version: databaseVersion,
    sending: {
      held: held !== null,
      held_since: held?.since?.toString() ?? null,
      may_confirm: mayConfirm,
      reasons: (held?.because ?? []).map((code) => ({
        code: code as FenceReason,
        says: FENCE_WORDS[code as FenceReason],
      })),
      failover: {
        mode: fence.failover,
        replicated: fence.failover === "confirm" ? null : fence.isReplicated,
        switches: fence.switches,
        last_switch_at: fence.switchedAt?.toString() ?? null,
      },
    },
  };
}
