import type { Example } from "../endpoint.ts";

export const goals: Record<string, readonly Example[]> = {
  "goals.save": [
    {
      title: "50 calls a week",
      isShownElsewhere: true,
      input: { metric: "num_phone_calls", period: "week", target: 50, time_zone: "Europe/Oslo" },
      answer: {
        goal: {
          id: "64f0aa0000000000000000f7",
          user_id: "64f0aa000000000000000002",
          metric: "num_phone_calls",
          period: "week",
          target: 50,
          figure: 12,
          expected: 15,
          from: "2026-02-01T23:00:00.000Z",
          until: "2026-02-08T23:00:00.000Z",
          set_by: { id: "64f0aa000000000000000001", name: "Ida Berg" },
          created_at: "2026-02-02T08:00:00.000Z",
          updated_at: "2026-02-02T08:00:00.000Z",
        },
      },
    },
  ],
};
