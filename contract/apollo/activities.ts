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
  .describe("Accepted; Cadenza stores none, so nothing matches");

export const activities = {
  search: endpoint({
    method: "POST",
    also: ["GET"],
    path: "/activities/search",
    scope: "activities/search",
    access: "scoped",
    effect: "read",
    summary: "List activities of contacts and accounts",
    description: "Newest first, at most the latest 1,000.",
    input: z.object({
      page: fields.paging.page,
      per_page: fields.paging.per_page,
      contact_id: fields.id.optional(),
      contact_ids: ids,
      account_id: fields.id.optional(),
      account_ids: ids,
      kinds: z.array(timelineKind).max(100).optional().describe("Only these kinds"),
    }),
    output: z.strictObject({
      activities: z.array(z.strictObject({ ...timelineEntry.shape, created_at: fields.stamp })),
      breadcrumbs: z.array(fields.breadcrumb),
      partial_results_only: z.boolean().describe("True if there are more activities than the pages reach"),
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
    summary: "Search calendar events",
    description: "Always answers an empty list: Cadenza stores no calendar.",
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
