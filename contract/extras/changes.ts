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
    summary: "Undo a change",
    description:
      "Works for 30 seconds, for the user who made the change and for admins. Contacts that have changed since are skipped, each with the reason.",
    input: z.object({ id: fields.id }),
    output: z.strictObject({
      change: z.strictObject({ id: fields.id, undone_at: fields.stamp }),
      undone_contact_ids: z.array(fields.id),
      skipped_contact_ids: z.record(z.string(), z.string()),
    }),
  }),
};
