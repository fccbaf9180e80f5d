// What is deleted by itself after some days, whatever a team has set: traces of work that is long over.

export const EXPIRY = {
  sessions: { days: 90, says: "sessions and invitations, after they ended" },
  deliveries: { days: 30, says: "deliveries of webhooks" },
  payloads: { days: 30, says: "data that workflows were called with" },
  providerCalls: { days: 90, says: "which people databases were asked" },
  modelUsage: { days: 400, says: "daily figures of the language model" },
  verdicts: {
    days: 90,
    says: "why contacts were not added to a sequence, rows of imports, and notices of workflows",
  },
  workflowRuns: { days: 90, says: "runs of workflows" },
  reports: { days: 90, says: "reports made on a schedule" },
  forecasts: { days: 90, says: "forecasts" },
  trialRuns: { days: 30, says: "trial runs" },
  teamMoves: { days: 30, says: "names in reports of moved teams, and keys of moves that were not continued" },
  testLinks: { days: 7, says: "links of test emails" },
  placementTests: { days: 365, says: "placement tests" },
  unrelated: { days: 60, says: "that an unrelated email arrived, without its text" },
} as const;

export const expiryOf = (kind: keyof typeof EXPIRY) => ({ hours: EXPIRY[kind].days * 24 });
