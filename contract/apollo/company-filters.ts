// What contacts and accounts alike are narrowed by: facts of the company.

import { z } from "zod";
import * as fields from "../fields.ts";

export const ofCompany = {
  organization_num_employees_ranges: z
    .array(fields.text(300))
    .max(100)
    .optional()
    .describe("Cadenza's own: employees of the company, such as `1,10`; `10001,` means 10,001 and more"),
  q_industry: fields
    .text(200)
    .optional()
    .describe("Cadenza's own: words that must all be in the company's industry"),
};
