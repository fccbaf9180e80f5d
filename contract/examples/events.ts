import type { Example } from "../endpoint.ts";

export const events: Record<string, readonly Example[]> = {
  "events.list": [
    {
      title: "A finished background job",
      input: { since: "NzQxLjEyMDM", types: ["job.*"] },
      answer: {
        events: [
          {
            id: "64f0aa0000000000000000e1",
            type: "job.done",
            occurred_at: "2026-02-03T08:00:01.000Z",
            actor: { user_id: "64f0aa000000000000000002", api_key_id: null, cause: "job" },
            subject: { type: "job", id: "64f0aa00000000000000000b" },
            data: { job_type: "add_entities_to_labels", total: 1 },
          },
        ],
        next_since: "NzQ1LjEyMDk",
      },
    },
  ],
};
