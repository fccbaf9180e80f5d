import type { Example } from "../endpoint.ts";

const signals = [
  {
    field: "seniority",
    operator: "is_any_of",
    value: ["vp", "head", "director"],
    weight: 30,
    name: "Decides about plants",
  },
  { field: "head_count", operator: "at_least", value: 200, weight: 20 },
  { field: "replied", operator: "within_days", value: 30, weight: 40 },
  { field: "title", operator: "has_any_of", value: ["assistant", "intern"], weight: -30 },
];

const score_formula = {
  signals: [
    { ...signals[0], custom_field_id: null, says: "Decides about plants" },
    { ...signals[1], custom_field_id: null, name: null, says: "Head count at least 200" },
    { ...signals[2], custom_field_id: null, name: null, says: "Replied within days: 30" },
    { ...signals[3], custom_field_id: null, name: null, says: "Title has assistant, intern" },
  ],
  out_of: 90,
  marks: [75],
  is_default: false,
  version: "64f0aa0000000000000000f1",
  changed_at: "2026-02-03T08:00:00.000Z",
  changed_by_user_id: "64f0aa000000000000000002",
};

export const scoreFormula: Record<string, readonly Example[]> = {
  "scoreFormula.replace": [
    {
      title: "Four signals; 90 points make 100",
      input: { signals, marks: [75] },
      answer: { score_formula, job_id: "64f0aa0000000000000000f2" },
    },
  ],
  "scoreFormula.preview": [
    {
      isShownElsewhere: true,
      title: "Effect of new signals",
      input: { signals },
      answer: {
        counted: 3,
        out_of: 90,
        before: [0, 0, 1, 0, 2, 0, 0, 0, 0, 0],
        after: [1, 0, 0, 1, 0, 1, 0, 0, 0, 0],
        contacts: [
          {
            id: "64f0aa000000000000000010",
            name: "Ines Okafor",
            title: "Head of Procurement",
            before: 40,
            after: 56,
            parts: [
              { code: "seniority", signal: 1, points: 30, says: "Decides about plants", seen: "head" },
              { code: "head_count", signal: 2, points: 20, says: "Head count at least 200", seen: "800" },
            ],
          },
        ],
      },
    },
  ],
};
