// What workflows tell people.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

export const notice = z.strictObject({
  id: fields.id,
  workflow_id: fields.id,
  workflow_name: z.string(),
  entity_id: fields.id,
  contact_id: fields.id.nullable(),
  text: z.string(),
  created_at: fields.stamp,
  read_at: fields.stamp.nullable(),
});

const id = { id: fields.id };

export const workflowNotices = {
  list: endpoint({
    method: "GET",
    path: "/workflow_notices",
    scope: "workflow_notices/index",
    access: "scoped",
    effect: "read",
    summary: "List the caller's workflow notifications",
    description: "Newest first.",
    input: z.object({ unread: fields.flag.optional(), ...fields.paging }),
    output: z.strictObject({ workflow_notices: z.array(notice), pagination: fields.pagination }),
  }),

  read: endpoint({
    method: "POST",
    path: "/workflow_notices/{id}/read",
    scope: "workflow_notices/read",
    access: "scoped",
    effect: "write",
    summary: "Mark a workflow notification as read",
    input: z.object(id),
    output: z.strictObject({ workflow_notice: notice }),
  }),
};
