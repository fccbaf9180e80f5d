import type { Example } from "../endpoint.ts";

export const search: Record<string, readonly Example[]> = {
  "search.records": [
    {
      title: "A name",
      input: { q_keywords: "okafor", per_type: 3 },
      answer: {
        results: [
          {
            type: "contact",
            id: "64f0aa0000000000000000b1",
            name: "Ines Okafor",
            detail: "Plant Manager · Norrland Kraft",
            contact_id: null,
            match: "exact",
          },
          {
            type: "message",
            id: "64f0aa0000000000000000c7",
            name: "Downtime at plant 4",
            detail: "Ines Okafor",
            contact_id: "64f0aa0000000000000000b1",
            match: "exact",
          },
        ],
      },
    },
  ],
};
