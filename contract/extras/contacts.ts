import { z } from "zod";
import { contact } from "../apollo/contact.ts";
import { label } from "../apollo/labels.ts";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";
import { contactTimeline } from "./timelines.ts";

export const contactExtras = {
  merge: endpoint({
    method: "POST",
    path: "/contacts/merge",
    scope: "contacts/merge",
    access: "scoped",
    effect: "write",
    summary: "Makes one contact of several; the winner keeps what it has and gets what it lacks",
    input: z.object({ winner_id: fields.id, loser_ids: z.array(fields.id).min(1).max(100) }),
    output: z.strictObject({ contact, labels: z.array(label) }),
  }),

  bulkDelete: endpoint({
    method: "POST",
    path: "/contacts/bulk_delete",
    scope: "contacts/bulk_delete",
    access: "scoped",
    effect: "write",
    summary: "Deletes contacts; ids that are not there are passed over",
    input: z.object({ contact_ids: z.array(fields.id).max(1000) }),
    output: z.strictObject({ deleted_contact_ids: z.array(fields.id) }),
  }),

  timeline: contactTimeline,
};
