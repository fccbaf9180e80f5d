import type { Example } from "../endpoint.ts";

const allowance = {
  user_id: "64f0aa000000000000000002",
  kind: "lead_credit",
  limit: 500,
  consumed: 37,
  reserved: 10,
  left_over: 453,
};

export const credits: Record<string, readonly Example[]> = {
  "credits.quote": [
    {
      title: "Looking up twenty-five people",
      input: { action: "person_match", count: 25 },
      answer: {
        quote: {
          action: "person_match",
          count: 25,
          kind: "lead_credit",
          least: 0,
          expected: 25,
          most: 25,
          balance: 453,
          fits: 25,
        },
      },
    },
  ],
  "credits.allow": [
    {
      title: "Limit one user to 500 email addresses per cycle",
      input: { user_id: allowance.user_id, kind: allowance.kind, limit: 500 },
      answer: { allowances: [allowance] },
    },
  ],
  "credits.usage": [
    {
      title: "This cycle",
      input: {},
      answer: {
        usage: [
          {
            day: "2026-02-03",
            user_id: allowance.user_id,
            user_name: "Ole Dahl",
            action: "person_match",
            kind: "lead_credit",
            spent: 12,
            refunded: 1,
          },
        ],
      },
    },
  ],
};
