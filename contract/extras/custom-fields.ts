import { z } from "zod";
import { typedCustomField } from "../apollo/custom-fields.ts";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

export const customFieldChanges = {
  delete: endpoint({
    method: "DELETE",
    path: "/fields/{id}",
    scope: "fields/destroy",
    access: "admin",
    effect: "write",
    summary: "Delete a custom field and all its values",
    input: z.object({
      id: fields
        .sized(36, fields.NOT_AN_ID)
        .regex(/^(?:(?:contact|account|opportunity)\.)?[0-9a-f]{24}$/, fields.NOT_AN_ID)
        .describe("The id with its prefix (`contact.<id>`) or without"),
    }),
    output: z.strictObject({ typed_custom_field: typedCustomField }),
  }),
};
