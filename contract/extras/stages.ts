// A team's own stages: adding, changing, ordering and deleting them. Listing is Apollo's, in apollo/stages.ts.

import { z } from "zod";
import { accountStage, category, contactStage } from "../apollo/stages.ts";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

const wish = { category: category.nullish(), is_meeting_set: fields.flag.optional() };

export const contactStageChanges = {
  create: endpoint({
    method: "POST",
    path: "/contact_stages",
    scope: "contact_stages/create",
    access: "admin",
    effect: "write",
    summary: "Adds a stage for contacts",
    input: z.object({
      ...wish,
      name: fields.name(),
      display_order: fields.whole(0).optional(),
      ignore_trigger_override: fields.flag.optional(),
    }),
    output: z.strictObject({ contact_stage: contactStage }),
  }),

  update: endpoint({
    method: "PATCH",
    also: ["PUT"],
    path: "/contact_stages/{id}",
    scope: "contact_stages/update",
    access: "admin",
    effect: "write",
    summary: "Changes a stage of contacts, or its place in the order",
    input: z.object({
      ...wish,
      id: fields.id,
      name: fields.name().optional(),
      display_order: fields.whole(0).optional(),
      ignore_trigger_override: fields.flag.optional(),
    }),
    output: z.strictObject({ contact_stage: contactStage }),
  }),

  reorder: endpoint({
    method: "POST",
    path: "/contact_stages/reorder",
    scope: "contact_stages/reorder",
    access: "admin",
    effect: "write",
    summary: "Puts the stages of contacts into this order; those not named follow",
    input: z.object({ ids: z.array(fields.id).min(1, "must not be empty").max(1000) }),
    output: z.strictObject({ contact_stages: z.array(contactStage) }),
  }),

  delete: endpoint({
    method: "DELETE",
    path: "/contact_stages/{id}",
    scope: "contact_stages/destroy",
    access: "admin",
    effect: "write",
    summary: "Deletes a stage of contacts; whoever is in it goes to another",
    input: z.object({ id: fields.id, reassign_to: fields.id.optional() }),
    output: z.strictObject({ contact_stage: contactStage }),
  }),
};

export const accountStageChanges = {
  create: endpoint({
    method: "POST",
    path: "/account_stages",
    scope: "account_stages/create",
    access: "admin",
    effect: "write",
    summary: "Adds a stage for accounts",
    input: z.object({
      ...wish,
      name: fields.name(),
      display_order: fields.whole(1).optional(),
      default_exclude_for_leadgen: fields.flag.optional(),
    }),
    output: z.strictObject({ account_stage: accountStage }),
  }),

  update: endpoint({
    method: "PATCH",
    also: ["PUT"],
    path: "/account_stages/{id}",
    scope: "account_stages/update",
    access: "admin",
    effect: "write",
    summary: "Changes a stage of accounts, or its place in the order",
    input: z.object({
      ...wish,
      id: fields.id,
      name: fields.name().optional(),
      display_order: fields.whole(1).optional(),
      default_exclude_for_leadgen: fields.flag.optional(),
    }),
    output: z.strictObject({ account_stage: accountStage }),
  }),

  reorder: endpoint({
    method: "POST",
    path: "/account_stages/reorder",
    scope: "account_stages/reorder",
    access: "admin",
    effect: "write",
    summary: "Puts the stages of accounts into this order; those not named follow",
    input: z.object({ ids: z.array(fields.id).min(1, "must not be empty").max(1000) }),
    output: z.strictObject({ account_stages: z.array(accountStage) }),
  }),

  delete: endpoint({
    method: "DELETE",
    path: "/account_stages/{id}",
    scope: "account_stages/destroy",
    access: "admin",
    effect: "write",
    summary: "Deletes a stage of accounts; whoever is in it goes to another",
    input: z.object({ id: fields.id, reassign_to: fields.id.optional() }),
    output: z.strictObject({ account_stage: accountStage }),
  }),
};
