import type { Example } from "../endpoint.ts";

const test = {
  id: "64f0aa0000000000000000d7",
  emailer_campaign_id: "64f0aa000000000000000051",
  emailer_step_id: "64f0aa000000000000000052",
  metric: "replied",
  started_at: "2026-02-03T08:00:00.000Z",
  ends_at: "2026-04-01T00:00:00.000Z",
  ended_at: null,
  outcome: null,
  winner_emailer_touch_id: null,
  variants: [
    { emailer_touch_id: "64f0aa000000000000000053", delivered: 412, successes: 12 },
    { emailer_touch_id: "64f0aa000000000000000054", delivered: 398, successes: 21 },
  ],
};

export const abTests: Record<string, readonly Example[]> = {
  "abTests.start": [
    {
      title: "Keep the variant that more contacts reply to",
      isShownElsewhere: true,
      input: { id: test.emailer_step_id, metric: "replied", ends_at: "2026-04-01" },
      answer: { ab_test: test },
    },
  ],
};
