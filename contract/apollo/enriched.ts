// A company as enrichment answers it: with the companies that own it and the account that the team has of it.

import { z } from "zod";
import * as fields from "../fields.ts";
import { shownAccount } from "./account.ts";
import { organization } from "./organization.ts";

const text = z.string().nullable();

const owning = z.strictObject({ id: fields.id, name: text, website_url: text }).nullable();

export const enrichedOrganization = z.strictObject({
  ...organization.shape,
  owned_by_organization: owning,
  owned_by_chain: z.array(owning.unwrap()).describe("From the owner to the last known owner above it"),
  ultimate_parent_organization: owning,
  suborganizations: z.array(
    z.strictObject({
      id: fields.id,
      name: text,
      website_url: text,
      industries: z.array(z.string()),
      estimated_num_employees: z.number().nullable(),
      country: text,
    }),
  ),
  subsidiary_rollups: z.strictObject({
    total_estimated_employee_count: z.int(),
    countries: z.array(z.string()),
    industries: z.array(z.string()),
  }),
  account: shownAccount.nullable(),
});
