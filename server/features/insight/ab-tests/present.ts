import { stored, storedOrNull } from "../../../kernel/moments.ts";
import type { AbTestShown } from "./store.ts";

export function presentAbTest(test: AbTestShown) {
  return {
    id: test.id,
    emailer_campaign_id: test.sequenceId,
    emailer_step_id: test.stepId,
    metric: test.metric,
    started_at: stored(test.startedAt),
    ends_at: storedOrNull(test.endsAt),
    ended_at: storedOrNull(test.endedAt),
    outcome: test.outcome,
    winner_emailer_touch_id: test.winnerTouchId,
    variants: test.variants.map(({ touchId, delivered, successes }) => ({
      emailer_touch_id: touchId,
      delivered,
      successes,
    })),
  };
}
