import type { Example } from "../endpoint.ts";

const copilot = {
  id: "64f0aa0000000000000000c1",
  name: "Plants in the north",
  filters: { q_title: "plant", q_location: "norway" },
  example_contact_ids: ["64f0aa000000000000000010"],
  emailer_campaign_id: "64f0aa000000000000000020",
  email_account_ids: ["64f0aa000000000000000030"],
  per_day: 10,
  review: true,
  hour: 7,
  active: true,
  next_at: "2026-02-04T06:00:00.000Z",
  proposed_on: "2026-02-03",
  said: null,
  user_id: "64f0aa000000000000000002",
  waiting: 1,
  approved: 0,
  rejected: 0,
  left_out: 0,
  created_at: "2026-02-02T08:00:00.000Z",
  updated_at: "2026-02-02T08:00:00.000Z",
};

const proposal = {
  id: "64f0aa0000000000000000c2",
  contact: {
    id: "64f0aa000000000000000011",
    name: "Ines Okafor",
    title: "Plant Manager",
    organization_name: "Norrland Kraft",
    email: "ines.okafor@example.se",
  },
  day: "2026-02-03",
  score: 40,
  rank: 48,
  reasons: [
    { code: "score", points: 40, says: "Scores 40" },
    { code: "like_examples", points: 8, says: "Industry energy, as 1 of 1 examples" },
  ],
  state: "proposed",
  why: null,
  email_account_id: null,
  enrollment_id: null,
  decided_at: null,
  decided_by_user_id: null,
  opener: {
    state: "suggested",
    text: "Running a plant in Luleå through the winter must leave little room for late spare parts.",
    draft: "Running a plant in Luleå through the winter must leave little room for late spare parts.",
    error: null,
    says: null,
    model: "qwen3:8b",
    prompt: "opener-1",
    prompt_tokens: 260,
    completion_tokens: 31,
    answered_at: "2026-02-03T06:00:04.000Z",
    decided_at: null,
    decided_by_user_id: null,
  },
};

export const copilots: Record<string, readonly Example[]> = {
  "copilots.create": [
    {
      title: "Ten a day, approved by a teammate",
      isShownElsewhere: true,
      input: {
        name: copilot.name,
        filters: copilot.filters,
        example_contact_ids: copilot.example_contact_ids,
        emailer_campaign_id: copilot.emailer_campaign_id,
        email_account_ids: copilot.email_account_ids,
        active: true,
      },
      answer: { copilot: { ...copilot, proposed_on: null, waiting: 0 } },
    },
  ],
  "copilots.decideOpener": [
    {
      title: "Your own text",
      isShownElsewhere: true,
      input: {
        id: copilot.id,
        proposal_id: proposal.id,
        decision: "accept",
        text: "A plant in Luleå must leave little room for late spare parts.",
      },
      answer: {
        proposals: [
          {
            ...proposal,
            opener: {
              ...proposal.opener,
              state: "accepted",
              text: "A plant in Luleå must leave little room for late spare parts.",
              decided_at: "2026-02-03T07:00:00.000Z",
              decided_by_user_id: "64f0aa000000000000000002",
            },
          },
        ],
      },
    },
  ],
  "copilots.propose": [
    {
      title: "Today's proposals",
      isShownElsewhere: true,
      input: { id: copilot.id },
      answer: { copilot, proposals: [proposal] },
    },
  ],
};
