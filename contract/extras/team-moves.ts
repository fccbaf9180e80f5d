// A team moves in from Apollo, or from another server that speaks its API.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";
import { jobStatus } from "./progress.ts";

const examples = z.array(z.string());

const move = z.strictObject({
  id: fields.id,
  user_id: fields.id,
  source: z.string(),
  has_source_key: z.boolean().describe("The source's key is stored; it is deleted once everything is copied"),
  notes: z.boolean(),
  phase: z
    .enum(["look", "copy", "undo"])
    .describe("The last run: a look that copies nothing, copying, or undoing"),
  entity_progress_job_id: fields.id.describe("Its job; cancel it to stop"),
  status: jobStatus,
  error: z.string().nullable(),
  at: z
    .strictObject({ kind: z.string(), done: z.int(), total: z.int() })
    .nullable()
    .describe("What is being copied now"),
  report: z
    .strictObject({
      records: z.array(
        z.strictObject({ kind: z.string(), made: z.int(), existing: z.int(), left_out: z.int() }),
      ),
      left_out: z.array(z.strictObject({ kind: z.string(), why: z.string(), count: z.int(), examples })),
      values_left_out: z.array(
        z.strictObject({ kind: z.string(), field: z.string(), count: z.int(), examples }),
      ),
      notes: z.array(z.string()),
    })
    .nullable(),
  undone: z
    .array(z.strictObject({ kind: z.string(), undone: z.int(), left: z.int(), why: z.string().nullable() }))
    .nullable(),
  created_at: fields.stamp,
  updated_at: fields.stamp,
  finished_at: fields.stamp.nullable(),
});

const one = z.strictObject({ team_move: move });

export const teamMoves = {
  start: endpoint({
    method: "POST",
    path: "/team_moves",
    scope: "team_moves/create",
    access: "admin",
    effect: "write",
    summary: "Move the team in from Apollo",
    description:
      "Copies stages, fields, lists, schedules, companies, contacts, sequences and who is where in them, deals, tasks and calls, in the background. It only reads at the source, and sends no email. Call it again to continue after a stop, or to copy what is new: nothing is copied twice.",
    input: z.object({
      source: fields
        .name(2000)
        .describe("`apollo`, or the address of another server that speaks Apollo's API"),
      source_key: fields
        .sized(1000)
        .regex(/^[\x21-\x7e]+$/, "is not a key")
        .optional()
        .describe("Master key at the source, stored encrypted and never shown again"),
      notes: fields.flag.optional().describe("Also notes: one call of the source per record"),
      look_only: fields.flag.optional().describe("Read the source and report what would be copied"),
    }),
    output: one,
  }),

  list: endpoint({
    method: "GET",
    path: "/team_moves",
    scope: "team_moves/index",
    access: "admin",
    effect: "read",
    summary: "List moves from other servers",
    input: z.object({}),
    output: z.strictObject({ team_moves: z.array(move) }),
  }),

  get: endpoint({
    method: "GET",
    path: "/team_moves/{id}",
    scope: "team_moves/show",
    access: "admin",
    effect: "read",
    summary: "Show a move with its report",
    input: z.object({ id: fields.id }),
    output: one,
  }),

  undo: endpoint({
    method: "POST",
    path: "/team_moves/{id}/undo",
    scope: "team_moves/undo",
    access: "admin",
    effect: "write",
    summary: "Undo a move",
    description: "Deletes the records that the move created. Records that were there before stay.",
    input: z.object({ id: fields.id }),
    output: one,
  }),
};
