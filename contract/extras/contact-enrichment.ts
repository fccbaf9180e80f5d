import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";
import { startedJob } from "./progress.ts";

export const contactEnrichment = {
  enrich: endpoint({
    method: "POST",
    path: "/contacts/enrich",
    scope: "contacts/enrich",
    access: "scoped",
    effect: "write",
    summary: "Enrich contacts in the background",
    description:
      "Looks up the contacts, fills empty fields and detects job changes. Costs one credit for each contact found. Existing values are never overwritten.",
    input: z.object({ contact_ids: z.array(fields.id).min(1, "must name at least one").max(10_000) }),
    output: startedJob,
  }),
};
