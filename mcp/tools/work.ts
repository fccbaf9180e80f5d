// Tasks and deals.

import type { Client } from "@cadenza/sdk";
import { z } from "zod";
import { asExpected, expected, toldChanged } from "../expected.ts";
import * as fields from "../fields.ts";
import { tool } from "../tool.ts";
import { more, only } from "../words.ts";

const TASK = [
  "id",
  "type",
  "priority",
  "status",
  "note",
  "due_at",
  "user_id",
  "contact_id",
  "account_id",
] as const;
const DEAL = [
  "id",
  "name",
  "amount",
  "closed_date",
  "opportunity_stage_id",
  "owner_id",
  "account_id",
] as const;

const deal = {
  name: z.string().min(1).max(500).optional(),
  amount: z.number().min(0).optional(),
  closed_date: z.string().optional().describe("YYYY-MM-DD"),
  opportunity_stage_id: fields.id.optional(),
  owner_id: fields.id.optional(),
  account_id: fields.id.optional(),
};

const dealNow = async (api: Client, id: string) => withDay((await api.opportunities.get({ id })).opportunity);

/** A deal closes on a day, and is shown with its midnight. */
function withDay<Deal extends { closed_date?: string | null | undefined }>(one: Deal): Deal {
  return one.closed_date ? { ...one, closed_date: one.closed_date.slice(0, 10) } : one;
}

export const work = [
  tool({
    name: "find_tasks",
    title: "Find tasks",
    description: "Lists tasks, next due first.",
    calls: ["tasks.search"],
    reads: true,
    input: {
      user_id: fields.id.optional(),
      contact_id: fields.id.optional(),
      only_open: z.boolean().default(true),
      due_before: fields.day.optional(),
      page: fields.page,
      per_page: fields.perPage,
    },
    async run(api, { only_open, user_id, contact_id, due_before, page, per_page }) {
      const answer = await api.tasks.search({
        page,
        per_page,
        ...(only_open && { open_factor_names: ["task_is_pending"] }),
        ...(user_id && { user_id }),
        ...(contact_id && { contact_id }),
        ...(due_before && { due_before }),
      });
      return { tasks: answer.tasks.map((task) => only(task, TASK)), ...more(answer.pagination) };
    },
  }),
  tool({
    name: "create_tasks",
    title: "Create tasks",
    description: "Creates one task per contact, such as a follow-up call.",
    calls: ["tasks.bulkCreate"],
    reads: false,
    input: {
      contact_ids: fields.ids("Contacts to create tasks for"),
      user_id: fields.id.describe("User who does the tasks"),
      type: z
        .enum([
          "call",
          "outreach_manual_email",
          "sms",
          "whatsapp",
          "linkedin_step_message",
          "linkedin_step_connect",
          "action_item",
        ])
        .default("action_item"),
      priority: z.enum(["high", "medium", "low"]).default("medium"),
      due_at: fields.day,
      note: z.string().max(5000).optional(),
    },
    async run(api, wish) {
      const { tasks } = await api.tasks.bulkCreate({ ...wish, status: "scheduled" });
      return { tasks: tasks.map((task) => only(task, TASK)) };
    },
  }),
  tool({
    name: "finish_task",
    title: "Complete or skip a task",
    description: "If a sequence created the task, its contact moves to the next step.",
    calls: ["tasks.complete", "tasks.skip"],
    reads: false,
    input: {
      id: fields.id,
      how: z.enum(["done", "skip"]).default("done"),
      note: z.string().max(2000).optional(),
    },
    async run(api, { id, how, note }) {
      const wish = { id, ...(note && { note }) };
      const { task } = how === "done" ? await api.tasks.complete(wish) : await api.tasks.skip(wish);
      return { task: "deleted" in task ? task : only(task, ["id", "status", "note"]) };
    },
  }),
  tool({
    name: "find_deals",
    title: "Find deals",
    description: "Lists deals, newest first.",
    calls: ["opportunities.search"],
    reads: true,
    input: { page: fields.page, per_page: fields.perPage },
    async run(api, { page, per_page }) {
      const answer = await api.opportunities.search({ page, per_page });
      return {
        deals: answer.opportunities.map((deal) => only(deal, DEAL)),
        ...more(answer.pagination),
      };
    },
  }),
  tool({
    name: "save_deal",
    title: "Create or update a deal",
    description: "With an id, updates that deal. Without an id, creates one.",
    calls: ["opportunities.create", "opportunities.get", "opportunities.update"],
    reads: false,
    input: {
      id: fields.id.optional(),
      ...deal,
      name: deal.name.describe("Needed to create a deal"),
      expected: expected(deal),
    },
    async run(api, { id, name, amount, expected: were, ...rest }) {
      const wish = {
        ...rest,
        ...(name && { name }),
        ...(amount !== undefined && { amount: String(amount) }),
      };
      if (!id) return { deal: only((await api.opportunities.create(wish)).opportunity, DEAL) };
      const now = await asExpected(were && withDay(were), () => dealNow(api, id));
      if ("changed" in now) return toldChanged(now.changed);
      return { deal: only((await api.opportunities.update({ id, ...wish }, now)).opportunity, DEAL) };
    },
  }),
];
