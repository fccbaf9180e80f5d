// What is done by itself with whomever it concerns. Apollo has workflows in its web app, and no calls for them.

import { z } from "zod";
import { accountFilters } from "../apollo/accounts.ts";
import { contactFilters } from "../apollo/contact-filters.ts";
import { personSearch } from "../apollo/person-filters.ts";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";
import { workflowActions } from "./workflow-actions.ts";
import { filterVerdict, saidCode, workflowCandidate, workflowRun } from "./workflow-runs.ts";

export { workflowAction } from "./workflow-actions.ts";

const entity = z.enum(["contact", "person", "account"]);

/** What a workflow's filters may say, by what it is for; each is the body of that search. */
export const workflowFilters = {
  contact: z.strictObject(contactFilters),
  person: z.strictObject(personSearch),
  account: z.strictObject(accountFilters),
};

const clock = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, "is not a time of day")
  .describe("`09:00`");

const trigger = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("event"),
    event: z
      .string()
      .max(100)
      .regex(/^[a-z_]+\.(?:[a-z_]+|\*)$/, "is not a type of event")
      .describe("A type of the feed: `contact.stage_changed`, `message.*`"),
    data: z
      .record(z.string().max(100), z.union([fields.text(200), z.number(), z.boolean(), z.null()]))
      .optional()
      .describe('What the event\'s data must say: `{"to": "<stage>"}`'),
  }),
  z.strictObject({
    type: z.literal("schedule"),
    every: z.enum(["hour", "day", "week"]).optional(),
    at: clock.optional().describe("Of a day or a week; 09:00 unless said"),
    weekday: z.int().min(1).max(7).optional().describe("Of a week: 1 is Monday, which it is unless said"),
    cron: fields.text(200).optional().describe("Five fields, instead of `every`"),
    time_zone: fields.timeZone.default("UTC"),
  }),
  z.strictObject({
    type: z.literal("webhook"),
    creates_contacts: fields.flag
      .default(false)
      .describe("Whoever is not found by contact_id or email is made a contact"),
  }),
]);

const most = z.int().min(1).max(100_000).nullish();

const definition = {
  name: fields.name(200),
  trigger,
  filters: z
    .record(z.string(), z.unknown())
    .default({})
    .describe("The body of a search: of contacts, of people or of accounts. Empty: everybody"),
  net_new: fields.flag
    .default(false)
    .describe("People who are contacts already, or whom this workflow has had before, are passed over"),
  reentry: z
    .union([z.enum(["once", "every_time"]), z.strictObject({ days: z.int().min(1).max(3650) })])
    .default("once"),
  actions: workflowActions,
  caps: z
    .strictObject({
      per_run: most.describe("A run takes no more; of what is triggered, each UTC day is a run"),
      per_day: most,
      per_owner: most.describe("A day, of the records of one owner"),
    })
    .default({}),
};

const warning = z.strictObject({ code: z.string(), level: z.enum(["red", "amber"]), sentence: z.string() });

export const workflow = z.strictObject({
  id: fields.id,
  name: z.string(),
  entity,
  trigger: z.record(z.string(), z.unknown()),
  filters: z.record(z.string(), z.unknown()),
  net_new: z.boolean(),
  reentry: z.union([z.enum(["once", "every_time"]), z.strictObject({ days: z.int() })]),
  actions: z.array(z.record(z.string(), z.unknown())),
  caps: z.strictObject({
    per_run: z.int().nullable(),
    per_day: z.int().nullable(),
    per_owner: z.int().nullable(),
  }),
  user_id: fields.id.describe("Whose rights it has"),
  active: z.boolean(),
  archived: z.boolean().describe("Put away: it is off, and cannot be run"),
  inactive_reason: z.string().nullable().describe("Why it was switched off, where nobody has"),
  version: z.int().describe("Counted up when what it does is changed; a run keeps the one it began with"),
  next_run_at: fields.stamp.nullable(),
  num_waiting: z.int().describe("Candidates that are not through"),
  held_up: z.array(z.strictObject({ ...saidCode.shape, count: z.int() })).describe("What they wait for"),
  warnings: z.array(warning),
  created_at: fields.stamp,
  updated_at: fields.stamp,
  activated_at: fields.stamp.nullable(),
});

const one = z.strictObject({ workflow });
const secrets = z
  .strictObject({
    hook_url: z.string().nullable().describe("Where to send what triggers it"),
    signing_secret: z.string().describe("`whsec_…`: what its own calls are signed with"),
  })
  .describe("Shown this once only");
const withSecrets = z.strictObject({ workflow, secrets });

const outlook = z
  .strictObject({
    num_candidates: z.int(),
    num_left_over: z.int(),
    sample: z.array(z.strictObject({ entity_id: fields.id, name: z.string().nullable() })),
    actions: z.array(
      z.strictObject({
        step: z.string(),
        type: z.string(),
        count: z.int().nullable().describe("null: how many come there is not known beforehand"),
      }),
    ),
    credits: z.strictObject({ least: z.int(), expected: z.int(), most: z.int() }),
    warnings: z.array(warning),
  })
  .describe("Of a dry run");

const id = { id: fields.id };

export const workflows = {
  list: endpoint({
    method: "GET",
    path: "/workflows",
    scope: "workflows/index",
    access: "scoped",
    effect: "read",
    summary: "Lists workflows, by name",
    input: z.object({
      q_keywords: fields.text(200).optional().describe("Part of the name"),
      active: fields.flag.optional(),
      archived: fields.flag.default(false).describe("Those that were put away, and no others"),
      ...fields.paging,
    }),
    output: z.strictObject({
      workflows: z.array(workflow.extend({ last_run: workflowRun.nullable() })),
      pagination: fields.pagination,
    }),
  }),

  get: endpoint({
    method: "GET",
    path: "/workflows/{id}",
    scope: "workflows/show",
    access: "scoped",
    effect: "read",
    summary: "Shows a workflow, with what should be known before it is switched on",
    input: z.object(id),
    output: one,
  }),

  create: endpoint({
    method: "POST",
    path: "/workflows",
    scope: "workflows/create",
    access: "scoped",
    effect: "write",
    summary: "Makes a workflow; it is off until it is switched on",
    description:
      "It acts as whoever made it, with their rights. Conditions are data and texts are Liquid: there is no step that runs code.",
    input: z.object({ ...definition, entity: entity.default("contact") }),
    output: withSecrets,
  }),

  update: endpoint({
    method: "PATCH",
    also: ["PUT"],
    path: "/workflows/{id}",
    scope: "workflows/update",
    access: "scoped",
    effect: "write",
    summary:
      "Changes a workflow: whoever made it, or an admin. Who is on their way keeps the version they began with",
    input: z.object({
      ...id,
      name: definition.name.optional(),
      user_id: fields.id
        .optional()
        .describe("An admin gives it to somebody of the team: from then on it acts with their rights"),
      archived: fields.flag
        .optional()
        .describe("false takes it out of the archive, and it stays off; true puts it away"),
      trigger: trigger.optional(),
      filters: z.record(z.string(), z.unknown()).optional(),
      net_new: fields.flag.optional(),
      reentry: definition.reentry.unwrap().optional(),
      actions: workflowActions.optional(),
      caps: definition.caps.unwrap().optional(),
    }),
    output: one,
  }),

  delete: endpoint({
    method: "DELETE",
    path: "/workflows/{id}",
    scope: "workflows/destroy",
    access: "scoped",
    effect: "write",
    summary: "Deletes a workflow with its log; who is on their way stops",
    input: z.object(id),
    output: z.strictObject({ workflow: z.strictObject({ id: fields.id, deleted: z.literal(true) }) }),
  }),

  activate: endpoint({
    method: "POST",
    path: "/workflows/{id}/activate",
    scope: "workflows/activate",
    access: "scoped",
    effect: "write",
    summary: "Switches a workflow on",
    description:
      "A batch without a filter takes everybody there is, and is switched on only where `everybody` says so.",
    input: z.object({ ...id, everybody: fields.flag.default(false) }),
    output: one,
  }),

  deactivate: endpoint({
    method: "POST",
    path: "/workflows/{id}/deactivate",
    scope: "workflows/deactivate",
    access: "scoped",
    effect: "write",
    summary:
      "Switches a workflow off: nobody new is taken, and who is on their way waits until it is on again",
    input: z.object(id),
    output: one,
  }),

  archive: endpoint({
    method: "POST",
    path: "/workflows/{id}/archive",
    scope: "workflows/archive",
    access: "scoped",
    effect: "write",
    summary:
      "Puts a workflow away: it is switched off, who is on their way stops, and its runs stay readable",
    description:
      "It runs in no way until `archived: false` of its change takes it back out, and it is switched on.",
    input: z.object(id),
    output: one,
  }),

  run: endpoint({
    method: "POST",
    path: "/workflows/{id}/run",
    scope: "workflows/run",
    access: "scoped",
    effect: "write",
    summary: "Runs a workflow now, on or off: with everybody whom its filters find, or those who are named",
    description:
      "With `Dry-Run: true` nothing is done, and `outlook` tells whom it would take, for what and what it would cost.",
    input: z.object({ ...id, entity_ids: z.array(fields.id).max(1000).optional() }),
    output: z.strictObject({ workflow_run: workflowRun, outlook: outlook.optional() }),
  }),

  rotateSecrets: endpoint({
    method: "POST",
    path: "/workflows/{id}/rotate_secrets",
    scope: "workflows/rotate_secrets",
    access: "scoped",
    effect: "write",
    summary: "Gives a workflow another address for its webhook and another secret for its own calls",
    input: z.object(id),
    output: withSecrets,
  }),

  explain: endpoint({
    method: "GET",
    path: "/workflows/{id}/explain",
    scope: "workflows/explain",
    access: "scoped",
    effect: "read",
    summary: "Why a contact, person or account was taken by this workflow, or was not",
    input: z.object({ ...id, entity_id: fields.id }),
    output: z.strictObject({
      explanation: z.strictObject({
        entity_id: fields.id,
        sentence: z.string(),
        code: z.string().nullable(),
        filters: z.array(filterVerdict).describe("As they hold now"),
        candidates: z.array(workflowCandidate).describe("The latest ten, newest first"),
      }),
    }),
  }),

  runs: endpoint({
    method: "GET",
    path: "/workflows/{id}/runs",
    scope: "workflows/runs",
    access: "scoped",
    effect: "read",
    summary: "Lists a workflow's runs, newest first",
    input: z.object({ ...id, ...fields.paging }),
    output: z.strictObject({ workflow_runs: z.array(workflowRun), pagination: fields.pagination }),
  }),
};
