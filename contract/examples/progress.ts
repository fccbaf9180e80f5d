import type { Example } from "../endpoint.ts";

const entry = {
  id: "64f0aa00000000000000000b",
  user_id: "64f0aa000000000000000002",
  job_type: "add_entities_to_labels",
  name: "Adding records to lists",
  params: { modality: "contacts", label_names: ["Energy"] },
  progress: 1,
  batch_size: null,
  status: "done",
  total: 1,
  done: 1,
  percent: 100,
  counts: { added: 1 },
  error: null,
  result_url: "https://cadenza.example.no/api/v1/entity_progress_jobs/64f0aa00000000000000000b/items",
  created_at: "2026-02-03T08:00:00.000Z",
  updated_at: "2026-02-03T08:00:01.000Z",
  finished_at: "2026-02-03T08:00:01.000Z",
};
const job = { ...entry, entity_ids: ["64f0aa0000000000000000c1"] };
const pagination = { page: 1, per_page: 25, total_entries: 1, total_pages: 1 };

export const progress: Record<string, readonly Example[]> = {
  "progress.get": [
    {
      title: "A finished job",
      input: { id: job.id },
      answer: { entity_progress_job: job },
      isShownElsewhere: true,
    },
  ],
  "progress.list": [
    {
      isShownElsewhere: true,
      title: "What is done",
      input: { status: "done" },
      answer: { entity_progress_jobs: [entry], pagination },
    },
  ],
  "progress.items": [
    {
      title: "One record",
      input: { id: job.id },
      answer: {
        items: [
          {
            position: 0,
            item_key: "64f0aa0000000000000000c1",
            outcome: "added",
            code: null,
            details: null,
          },
        ],
        pagination,
      },
    },
  ],
  "progress.markSeen": [
    {
      isShownElsewhere: true,
      title: "A job that failed",
      input: { id: job.id },
      answer: {
        entity_progress_job: {
          ...job,
          status: "failed",
          progress: 0,
          done: 0,
          percent: 0,
          counts: { not_done: 1 },
          error:
            "A batch failed 3 times, so the job was stopped. Records that were already processed stay changed.",
        },
      },
    },
  ],
  "progress.cancel": [
    {
      title: "Cancel a waiting job",
      isShownElsewhere: true,
      input: { id: job.id },
      answer: {
        entity_progress_job: {
          ...job,
          status: "cancelled",
          progress: 0,
          done: 0,
          percent: 0,
          counts: { cancelled: 1 },
        },
      },
    },
  ],
};
