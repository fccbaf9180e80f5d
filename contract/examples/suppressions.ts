import type { Example } from "../endpoint.ts";

const suppression = {
  id: "64f0aa0000000000000000b1",
  kind: "domain",
  value: "rival.example.com",
  reason: "A rival",
  source: "person",
  created_by_user_id: "64f0aa000000000000000002",
  created_at: "2026-02-03T08:00:00.000Z",
};

export const suppressions: Record<string, readonly Example[]> = {
  "suppressions.create": [
    {
      title: "A whole company",
      input: { kind: "domain", value: "rival.example.com", reason: "A rival" },
      answer: { suppression },
    },
  ],
  "suppressions.import": [
    {
      title: "A list of three",
      input: { text: "ines@example.se\n@rival.example.com\nnot an address\n" },
      answer: {
        total: 3,
        created: 1,
        existing: 1,
        invalid: 1,
        errors: [{ row: 3, value: "not an address", error: "is neither an address, a domain nor a pattern" }],
      },
    },
  ],
};
