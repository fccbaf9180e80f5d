// Stages of contacts and accounts. Apollo only lists them; how a team changes them is in extras/stages.ts.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { etag } from "../etags.ts";
import * as fields from "../fields.ts";

export const category = z.enum(["in_progress", "succeeded", "failed"]);

const stage = {
  id: fields.id,
  team_id: fields.id,
  display_name: z.string(),
  name: z.string(),
  category: category.nullable(),
  is_meeting_set: z.boolean(),
};

export const contactStage = z.strictObject({
  ...stage,
  display_order: z.int().describe("Counted from 0"),
  ignore_trigger_override: z
    .boolean()
    .describe("True keeps contacts in this stage when a rule would move them"),
  etag: etag(),
});

export const accountStage = z.strictObject({
  ...stage,
  display_order: z.int().describe("Counted from 1"),
  default_exclude_for_leadgen: z.boolean().describe("True leaves these accounts out of prospecting"),
  etag: etag(),
});

export const contactStages = {
  list: endpoint({
    method: "GET",
    path: "/contact_stages",
    scope: "contact_stages/index",
    oauth: "contact_stages_list",
    access: "scoped",
    effect: "read",
    summary: "List contact stages",
    input: z.object({}),
    output: z.strictObject({ contact_stages: z.array(contactStage) }),
  }),
};

export const accountStages = {
  list: endpoint({
    method: "GET",
    path: "/account_stages",
    scope: "account_stages/index",
    oauth: "account_stages_list",
    access: "scoped",
    effect: "read",
    summary: "List account stages",
    input: z.object({}),
    output: z.strictObject({ account_stages: z.array(accountStage) }),
  }),
};
