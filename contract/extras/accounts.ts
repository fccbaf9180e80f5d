// What Apollo does not publish of accounts: deleting, merging, and what happened to one.

import { z } from "zod";
import { account } from "../apollo/account.ts";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";
import { accountTimeline } from "./timelines.ts";

export const accountChanges = {
  delete: endpoint({
    method: "DELETE",
    path: "/accounts/{id}",
    scope: "accounts/destroy",
    access: "scoped",
    effect: "write",
    summary: "Delete an account",
    description: "Its contacts and deals stay, without an account.",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ account: z.strictObject({ id: fields.id, deleted: z.literal(true) }) }),
  }),

  merge: endpoint({
    method: "POST",
    path: "/accounts/merge",
    scope: "accounts/merge",
    access: "scoped",
    effect: "write",
    summary: "Merge accounts into one",
    description: "The winner keeps its values. It takes missing values, contacts and deals from the others.",
    input: z.object({
      winner_id: fields.id,
      loser_ids: z.array(fields.id).min(1, "must not be empty").max(100),
    }),
    output: z.strictObject({ account, merged_account_ids: z.array(fields.id) }),
  }),

  timeline: accountTimeline,
};
