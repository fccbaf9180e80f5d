// Changes to many at once, taken back.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

export const changes = {
  undo: endpoint({
    method: "POST",
    path: "/changes/{id}/undo",
    scope: "changes/undo",
    access: "scoped",
    effect: "write",
    summary: "Takes back a change that was made less than 30 seconds ago",
    description:
      "Puts back what was, for every contact of whom nothing has changed since; the others are named with the reason. " +
      "Whoever made the change may do so, and admins.",
    input: z.object({ id: fields.id }),
    output: z.strictObject({
      change: z.strictObject({ id: fields.id, undone_at: fields.stamp }),
      undone_contact_ids: z.array(fields.id),
      skipped_contact_ids: z.record(z.string(), z.string()),
    }),
  }),
};
