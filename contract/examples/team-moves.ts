import type { Example } from "../endpoint.ts";

const move = {
  id: "66b1f0c2a4d3e50012ab9e10",
  user_id: "66b1f0c2a4d3e50012ab34cd",
  source: "https://api.apollo.io",
  has_source_key: true,
  notes: false,
  phase: "copy",
  entity_progress_job_id: "66b1f0c2a4d3e50012ab9e11",
  status: "pending",
  error: null,
  at: null,
  report: null,
  undone: null,
  created_at: "2026-02-02T08:00:00.000Z",
  updated_at: "2026-02-02T08:00:00.000Z",
  finished_at: null,
};

export const teamMoves: Record<string, readonly Example[]> = {
  "teamMoves.start": [
    {
      title: "Copy everything from Apollo",
      isShownElsewhere: true,
      input: { source: "apollo", source_key: "example-master-key" },
      answer: { team_move: move },
    },
  ],
};
