import { FENCE_WORDS, type FenceReason, heldBackIn } from "../../domain/fence.ts";
import type { FenceRow } from "./store.ts";

export function presentInstallation(row: FenceRow) {
  const held = heldBackIn(row);
  return {
    sending: {
      held: held !== null,
      held_since: held?.since?.toString() ?? null,
      reasons: (held?.because ?? []).map((code) => ({
        code: code as FenceReason,
        says: FENCE_WORDS[code as FenceReason],
      })),
    },
  };
}
