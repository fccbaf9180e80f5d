import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

const whom = z.strictObject({
  id: fields.id,
  name: z.string().nullable(),
  first_name: z.string().nullable(),
  last_name: z.string().nullable(),
});

/** Beside a contact Apollo prints the role as words. */
export const roleInWords = z.strictObject({ id: fields.id, role: z.string().nullable(), contact: whom });

export const contactRole = z.strictObject({
  id: fields.id,
  contact_id: fields.id,
  is_primary: z.boolean(),
  created_at: fields.stamp,
  updated_at: fields.stamp,
  role: z.array(
    z.strictObject({
      opportunity_contact_role_type_id: fields.id,
      is_primary: z.boolean(),
      crm_role_id: z.null(),
      crm_id: z.null(),
    }),
  ),
  role_name: z.string().nullable().describe("Cadenza's own: all roles as one text"),
  role_names: z.array(z.string()).describe("Cadenza's own: the roles in words, in the order of `role`"),
  contact: whom,
});

const typedRole = z
  .array(
    z.object({
      opportunity_contact_role_type_id: fields.id.nullish(),
      is_primary: fields.flag.nullish(),
    }),
  )
  .max(20)
  .describe("The types of all roles that the contact has in the deal");

/** How a caller says it: as Apollo answers it, or in words. */
export const roleInput = z.object({
  contact_id: fields.id.optional(),
  contact: z.object({ id: fields.id }).optional().describe("Same as `contact_id`, in the form of the answer"),
  role: z
    .union([fields.text(200), typedRole])
    .nullish()
    .describe("One role in words, or the types of all roles as in the answer"),
  role_names: z
    .array(fields.text(200))
    .max(20)
    .optional()
    .describe("Cadenza's own: all roles in words; `role` counts instead where it is given"),
  opportunity_contact_role_type_id: fields.id
    .nullish()
    .describe("The type of one role; `role` and `role_names` count instead where they are given"),
  is_primary: fields.flag.optional().describe("The deal's main contact; the first one marked counts"),
});

export const rolesInput = z.array(roleInput).max(500);

export const roleType = z.strictObject({ id: fields.id, name: z.string(), display_order: z.int() });

export const opportunityContactRoleTypes = {
  search: endpoint({
    method: "POST",
    path: "/opportunity_contact_role_types/search",
    scope: "opportunity_contact_role_types/search",
    access: "scoped",
    effect: "read",
    summary: "List contact roles for deals",
    description: "The built-in roles and your team's own.",
    input: z.object({}),
    output: z.strictObject({ opportunity_contact_role_types: z.array(roleType) }),
  }),
};
