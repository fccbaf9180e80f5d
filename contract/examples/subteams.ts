import type { Example } from "../endpoint.ts";

export const subteams: Record<string, readonly Example[]> = {
  "subteams.create": [
    {
      title: "Two users who sell to the north",
      input: { name: "Nordics", user_ids: ["64f0aa000000000000000002", "64f0aa000000000000000003"] },
      answer: {
        subteam: {
          id: "64f0aa0000000000000000d1",
          name: "Nordics",
          user_ids: ["64f0aa000000000000000002", "64f0aa000000000000000003"],
          created_at: "2026-02-03T08:00:00.000Z",
        },
      },
    },
  ],
};
