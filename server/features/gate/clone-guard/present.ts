import { FENCE_WORDS, type FenceReason } from "../../../domain/gate/clone-guard.ts";
import type { HeldBack } from "../../../domain/gate/gate-facts.ts";

export function presentInstallation(held: HeldBack | null, mayConfirm: boolean) {
  return {
    sending: {
      held: held !== null,
      held_since: held?.since?.toString() ?? null,
      may_confirm: mayConfirm,
      reasons: (held?.because ?? []).map((code) => ({
        code: code as FenceReason,
        says: FENCE_WORDS[code as FenceReason],
      })),
    },
  };
}
