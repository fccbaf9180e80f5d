// The calls that change a team's own stages. Contacts, accounts and deals have stages, and their calls differ only in fields.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

type StageNoun = {
  /** As paths and scopes name it. */
  path: string;
  name: string;
  names: string;
  /** What has such a stage. */
  records: string;
};

type Asked<Input extends z.ZodObject> = { input: Input; description?: string };

export function stageCalls<
  Create extends z.ZodObject,
  Update extends z.ZodObject,
  One extends z.ZodType,
  All extends z.ZodType,
>(
  { path, name, names, records }: StageNoun,
  { create, update }: { create: Asked<Create>; update: Asked<Update> },
  { one, all, record, list }: { one: One; all: All; record: z.ZodObject; list: string },
) {
  return {
    create: endpoint({
      method: "POST",
      path: `/${path}`,
      scope: `${path}/create`,
      access: "admin",
      effect: "write",
      summary: `Create ${name}`,
      ...create,
      output: one,
    }),

    update: endpoint({
      method: "PATCH",
      also: ["PUT"],
      path: `/${path}/{id}`,
      scope: `${path}/update`,
      access: "admin",
      effect: "write",
      summary: `Update ${name} or its position`,
      ifMatch: { record, read: { call: list } },
      ...update,
      output: one,
    }),

    reorder: endpoint({
      method: "POST",
      path: `/${path}/reorder`,
      scope: `${path}/reorder`,
      access: "admin",
      effect: "write",
      summary: `Reorder ${names}`,
      description: "Stages you leave out follow at the end.",
      input: z.object({ ids: z.array(fields.id).min(1, "must not be empty").max(1000) }),
      output: all,
    }),

    delete: endpoint({
      method: "DELETE",
      path: `/${path}/{id}`,
      scope: `${path}/destroy`,
      access: "admin",
      effect: "write",
      summary: `Delete ${name}`,
      description: `Its ${records} move to another stage.`,
      input: z.object({ id: fields.id, reassign_to: fields.id.optional() }),
      output: one,
    }),
  };
}
