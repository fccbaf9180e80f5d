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
  role_name: z.string().nullable().describe("Cadenza's own: the role as words"),
  contact: whom,
});

const typedRole = z
  .array(
    z.object({
      opportunity_contact_role_type_id: fields.id.nullish(),
      is_primary: fields.flag.nullish(),
    }),
  )
  .max(1)
  .describe("One: a contact has one role in a deal");

/** How a caller says it: as Apollo answers it, or in words. */
export const rolesInput = z
  .array(
    z.object({
      contact_id: fields.id.optional(),
      contact: z.object({ id: fields.id }).optional().describe("The same, as it is answered"),
      role: z
        .union([fields.text(200), typedRole])
        .nullish()
        .describe("The role as words, or its type as it is answered"),
      is_primary: fields.flag.optional().describe("The main contact of the deal; of several the first"),
    }),
  )
  .max(500);

/** What published clients send to `update_roles`. */
export const assignedRoles = z
  .array(
    z.object({
      contact_id: fields.id,
      is_primary: fields.flag.optional().describe("The main contact of the deal; of several the first"),
      role: typedRole.nullish(),
    }),
  )
  .max(500)
  .describe("All of them, in place of those that were there");

export const roleType = z.strictObject({ id: fields.id, name: z.string(), display_order: z.int() });

export const opportunityContactRoleTypes = {
  search: endpoint({
    method: "POST",
    path: "/opportunity_contact_role_types/search",
    scope: "opportunity_contact_role_types/search",
    access: "scoped",
    effect: "read",
    summary: "Lists the roles that contacts have in deals",
    description: "The usual ones, and those that the team has written by hand.",
    input: z.object({}),
    output: z.strictObject({ opportunity_contact_role_types: z.array(roleType) }),
  }),
};
