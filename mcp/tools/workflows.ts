// What is done by itself, and why.

import { z } from "zod";
import * as fields from "../fields.ts";
import { tool } from "../tool.ts";

export const workflows = [
  tool({
    name: "list_workflows",
    title: "Show what is done by itself",
    description:
      "Workflows: what sets each off, whom it takes, what it does, whether it is on, how many are on their way and what holds them up, and what should be known before it is switched on. With an id also its latest runs and what became of whom they took.",
    calls: ["workflows.list", "workflows.get", "workflows.runs"],
    reads: true,
    input: { workflow_id: fields.id.optional(), words: z.string().max(200).optional() },
    async run(api, { workflow_id, words }) {
      if (workflow_id === undefined) {
        const { workflows: found } = await api.workflows.list({
          ...(words && { q_keywords: words }),
          per_page: 50,
        });
        return { workflows: found };
      }
      const [{ workflow }, { workflow_runs }] = await Promise.all([
        api.workflows.get({ id: workflow_id }),
        api.workflows.runs({ id: workflow_id, per_page: 10 }),
      ]);
      return { workflow, workflow_runs };
    },
  }),

  tool({
    name: "why_workflow",
    title: "Why a workflow took somebody, or did not",
    description:
      "In a sentence, with each filter's verdict and what was done. The id is of a contact, or of a person or account where the workflow is for those.",
    calls: ["workflows.explain"],
    reads: true,
    input: { workflow_id: fields.id, record_id: fields.id },
    async run(api, { workflow_id, record_id }) {
      return api.workflows.explain({ id: workflow_id, entity_id: record_id });
    },
  }),

  tool({
    name: "run_workflow",
    title: "Run a workflow now, or see what it would do",
    description:
      "Without confirm it only tells whom it would take, what it would do and what it would cost, with warnings: show that to a person first. With confirm it does it.",
    calls: ["workflows.run"],
    reads: false,
    isWeighty: true,
    input: {
      workflow_id: fields.id,
      record_ids: z.array(fields.id).max(1000).optional().describe("Only these, of those whom it fits"),
      confirm: z.boolean().default(false),
    },
    async run(api, { workflow_id, record_ids, confirm }) {
      const wish = { id: workflow_id, ...(record_ids && { entity_ids: record_ids }) };
      if (confirm) return api.workflows.run(wish);
      const { outlook } = await api.workflows.run(wish, { dryRun: true });
      return { would: outlook, next: "Nothing was done. Ask, and call again with confirm." };
    },
  }),

  tool({
    name: "archive_workflow",
    title: "Put a workflow away, or take it out again",
    description:
      "Put away it is off, whoever is on their way in it stops, and its runs stay to be read. Taken out again it stays off.",
    calls: ["workflows.archive", "workflows.update"],
    reads: false,
    isWeighty: true,
    input: { workflow_id: fields.id, archived: z.boolean() },
    async run(api, { workflow_id, archived }) {
      if (archived) return api.workflows.archive({ id: workflow_id });
      return api.workflows.update({ id: workflow_id, archived: false });
    },
  }),
];
