// What is done by itself, and why.

import { z } from "zod";
import * as fields from "../fields.ts";
import { tool } from "../tool.ts";

export const workflows = [
  tool({
    name: "list_workflows",
    title: "List workflows",
    description:
      "Lists workflows: trigger, conditions, actions, whether they are active, contacts in progress, what they wait for, and warnings. With an id, also the latest runs and their results.",
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
    title: "Explain why a workflow did or did not take a record",
    description:
      "Answers in a sentence, with the result of each filter and action. The id is of a contact, person or account, depending on the workflow.",
    calls: ["workflows.explain"],
    reads: true,
    input: { workflow_id: fields.id, record_id: fields.id },
    async run(api, { workflow_id, record_id }) {
      return api.workflows.explain({ id: workflow_id, entity_id: record_id });
    },
  }),

  tool({
    name: "run_workflow",
    title: "Run a workflow or preview it",
    description:
      "Without confirm, shows the records, actions, cost and warnings. Show that to the user first. With confirm, it runs.",
    calls: ["workflows.run"],
    reads: false,
    isWeighty: true,
    input: {
      workflow_id: fields.id,
      record_ids: z
        .array(fields.id)
        .max(1000)
        .optional()
        .describe("Only these records, if they match the filters"),
      confirm: z.boolean().default(false),
    },
    async run(api, { workflow_id, record_ids, confirm }) {
      const wish = { id: workflow_id, ...(record_ids && { entity_ids: record_ids }) };
      if (confirm) return api.workflows.run(wish);
      const { outlook } = await api.workflows.run(wish, { dryRun: true });
      return { would: outlook, next: "Nothing was done. Ask the user, then call again with confirm." };
    },
  }),

  tool({
    name: "archive_workflow",
    title: "Archive or restore a workflow",
    description:
      "An archived workflow is off, contacts in it stop, and its runs stay readable. A restored workflow stays off.",
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
