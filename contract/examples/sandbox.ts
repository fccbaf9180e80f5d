import type { Example } from "../endpoint.ts";

const stopped = { now: "2027-01-25T09:00:00Z", state: "stopped", speed: 0, goal: null } as const;

const prospects = [
  { match: { domain: "bounces.example" }, does: "hard_bounce", after: "PT1M" },
  { match: { step: 2, share: 20 }, does: "reply", after: "PT3H", text: "Sounds good. Call me on Tuesday." },
];

export const sandbox: Record<string, readonly Example[]> = {
  "sandbox.advance": [
    {
      title: "Three weeks",
      input: { days: 21 },
      answer: {
        clock: stopped,
        is_done: true,
        from: "2027-01-04T09:00:00Z",
        happened: [
          { type: "message.replied", count: 14 },
          { type: "message.sent", count: 182 },
        ],
        events_since: "NjRmMGFhMDAwMDAwMDAwMDAwMDBkMS4xMjM0LjA",
      },
    },
  ],
  "sandbox.setProspects": [
    { title: "Every fifth answers the second email", input: { prospects }, answer: { prospects } },
  ],
  "sandbox.timeline": [
    {
      title: "The emails of a week",
      input: { from: "2027-01-04", until: "2027-01-10", types: ["message.*"] },
      answer: {
        days: [{ date: "2027-01-04", happened: [{ type: "message.sent", count: 182 }] }],
        events: [],
        next_before: null,
      },
    },
  ],
};
