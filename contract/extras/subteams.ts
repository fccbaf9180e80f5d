// Groups of people within a team, whom things can be shared with. Apollo shows them as `subteam_ids` of a user and
// has no call for them.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

export const subteam = z.strictObject({
  id: fields.id,
  name: z.string(),
  user_ids: z.array(fields.id),
  created_at: fields.stamp,
});

const members = z.array(fields.id).max(1000);

export const subteams = {
  list: endpoint({
    method: "GET",
    path: "/subteams",
    scope: "subteams/index",
    access: "scoped",
    effect: "read",
    summary: "List user groups",
    input: z.object({}),
    output: z.strictObject({ subteams: z.array(subteam) }),
  }),

  create: endpoint({
    method: "POST",
    path: "/subteams",
    scope: "subteams/create",
    access: "admin",
    effect: "write",
    summary: "Create a user group",
    input: z.object({ name: fields.name(), user_ids: members.optional() }),
    output: z.strictObject({ subteam }),
  }),

  update: endpoint({
    method: "PATCH",
    also: ["PUT"],
    path: "/subteams/{id}",
    scope: "subteams/update",
    access: "admin",
    effect: "write",
    summary: "Rename a user group or set its members",
    input: z.object({ id: fields.id, name: fields.name().optional(), user_ids: members.optional() }),
    output: z.strictObject({ subteam }),
  }),

  delete: endpoint({
    method: "DELETE",
    path: "/subteams/{id}",
    scope: "subteams/destroy",
    access: "admin",
    effect: "write",
    summary: "Delete a user group",
    description: "Records shared with it are no longer shared.",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ subteam }),
  }),
};
