// Two searches that published clients call and Apollo does not document: what happened with people and companies, and what
// stands in calendars, of which nothing is kept here.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { timelineEntry, timelineKind } from "../extras/timelines.ts";
import * as fields from "../fields.ts";

const ids = z.array(fields.id).max(20).optional();
const foreign = z
  .array(fields.text(100))
  .max(1000)
  .optional()
  .describe("Nothing is kept here, so nothing is found");

export const activities = {
  search: endpoint({
    method: "POST",
    also: ["GET"],
    path: "/activities/search",
    scope: "activities/search",
    access: "scoped",
    effect: "read",
    summary: "Tells what happened with contacts and accounts, newest first: the latest thousand",
    input: z.object({
      page: fields.paging.page,
      per_page: fields.paging.per_page,
      contact_id: fields.id.optional(),
      contact_ids: ids,
      account_id: fields.id.optional(),
      account_ids: ids,
      kinds: z.array(timelineKind).max(100).optional().describe("Only these"),
    }),
    output: z.strictObject({
      activities: z.array(z.strictObject({ ...timelineEntry.shape, created_at: fields.stamp })),
      breadcrumbs: z.array(fields.breadcrumb),
      partial_results_only: z.boolean().describe("True where more happened than pages reach"),
      pagination: fields.pagination,
    }),
  }),
};

export const calendarEvents = {
  search: endpoint({
    method: "POST",
    also: ["GET"],
    path: "/calendar_events/search",
    scope: "calendar_events/search",
    access: "scoped",
    effect: "read",
    summary: "Finds nothing: no calendar is kept here",
    input: z.object({
      ...fields.paging,
      contact_ids: foreign,
      user_ids: foreign,
      q_keywords: fields.text(200).optional(),
    }),
    output: z.strictObject({
      calendar_events: z.array(z.never()),
      breadcrumbs: z.array(fields.breadcrumb),
      pagination: fields.pagination,
    }),
  }),
};
