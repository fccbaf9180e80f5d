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
    summary:
      "Looks contacts up in the background, fills in what is missing, and notices who works elsewhere now",
    description: "Costs one credit for each who is found; what stands there is never overwritten.",
    input: z.object({ contact_ids: z.array(fields.id).min(1, "must name at least one").max(10_000) }),
    output: startedJob,
  }),
};
