// A sandbox: an installation whose time can be moved, whose contacts answer by a script, and from which nothing leaves. Elsewhere
// these calls answer 404.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";
import { eventType } from "./events.ts";
import { past } from "./explain.ts";

export const clock = z.strictObject({
  now: fields.stamp.describe("The time of the sandbox"),
  state: z.enum(["stopped", "running", "advancing"]),
  speed: z.number().describe("How many times as fast as real time; 0: stopped"),
  goal: fields.stamp
    .nullable()
    .describe("While it advances: where it stops. null: where the next thing happens"),
});

const answer = z.strictObject({ clock });
const counts = z.array(z.strictObject({ type: z.string(), count: z.int() }));

const snapshot = z.strictObject({
  id: fields.id,
  name: z.string().nullable(),
  time: fields.stamp.describe("The time of the sandbox when it was made"),
  made_at: fields.stamp,
});

const DOES = [
  "reply",
  "out_of_office",
  "auto_reply",
  "hard_bounce",
  "soft_bounce",
  "unsubscribe",
  "one_click",
  "complain",
  "open",
  "click",
  "forward",
  "nothing",
] as const;

export const prospect = z.strictObject({
  match: z
    .strictObject({
      email: fields.text(320).optional(),
      domain: fields.text(255).optional(),
      label: fields.text(300).optional().describe("Name of a list that the contact is on"),
      share: z.number().min(0).max(100).optional().describe("Percentage of addresses, always the same ones"),
      step: z.int().min(1).max(1000).optional().describe("Number of the step; 1 is the first"),
    })
    .default({})
    .describe("All given conditions must hold; {} matches every email"),
  does: z.enum(DOES),
  after: fields
    .text(40)
    .optional()
    .describe("Time until it happens, as an ISO 8601 duration such as `PT3H`; default: `PT1H`"),
  text: fields.text(20_000).optional().describe("Text of the answer; for a bounce, what the server said"),
  until: fields.moment.optional().describe("For `out_of_office`: the day the recipient returns"),
});

const prospects = z.strictObject({ prospects: z.array(prospect) });

const often = {
  times: z.int().min(0).max(1_000_000).optional().describe("How often it happens; default: every time"),
  share: z
    .number()
    .min(0)
    .max(100)
    .optional()
    .describe("Percentage of what matches, by `seed` always the same"),
  seed: z.int().min(0).max(1_000_000).optional().describe("For `share`; default: 0"),
};

const STATUSES = z.literal([429, 500, 502, 503, 504]).optional();
const latency = z.int().min(0).max(60_000).optional().describe("Wait this long before, in real time");

export const fault = z.discriminatedUnion("on", [
  z
    .strictObject({
      on: z.literal("smtp"),
      at: z.enum(["mail", "rcpt", "data"]).describe("The command that the mail server refuses"),
      reply: fields.text(300).default("451 4.3.0 Try again later"),
      to: fields.text(320).optional().describe("Only for this address or domain"),
      ...often,
    })
    .describe("A mail server that refuses emails"),
  z
    .strictObject({
      on: z.literal("api"),
      path: fields.text(300).describe("Path below `/api/v1`, with all paths below it"),
      method: z.enum(["GET", "POST", "PUT", "PATCH", "DELETE"]).optional(),
      status: STATUSES.describe("The call is refused with this status, and has no effect"),
      latency_ms: latency,
      lost: z
        .boolean()
        .optional()
        .describe("The call has its effect, and the connection ends without an answer"),
      ...often,
    })
    .describe("An API that is slow, refuses calls or loses answers"),
  z
    .strictObject({
      on: z.literal("imap"),
      does: z
        .enum(["drop", "slow", "bad_utf8"])
        .describe(
          "When an email is read: hang up, wait for `latency_ms` (default 1,000), or answer bytes that are no UTF-8",
        ),
      latency_ms: latency,
      ...often,
    })
    .describe("An inbox that is hard to read"),
  z
    .strictObject({
      on: z.literal("webhook"),
      does: z
        .enum(["lost", "doubled", "out_of_order"])
        .describe("It does not arrive and is sent again later, arrives twice, or ten minutes after its time"),
      type: fields.text(100).optional().describe("Only events of this type, such as `message.replied`"),
      ...often,
    })
    .describe("Webhooks that do not arrive as they should"),
  z
    .strictObject({
      on: z.literal("provider"),
      provider: fields.text(200).optional().describe("Only the provider of this name"),
      status: STATUSES.describe("It is not asked, and this is its answer"),
      latency_ms: latency,
      lost: z.boolean().optional().describe("It is asked, and its answer does not come"),
      ...often,
    })
    .describe("A provider of data that is slow, refuses or loses answers"),
]);

const faults = z.strictObject({ faults: z.array(fault) });

const profile = z.strictObject({
  strict: z.boolean().describe("Programs get what Apollo documents, and nothing else"),
  plan: z
    .enum(["free", "basic", "professional", "organization"])
    .describe("Apollo's plan: rate limits, calls"),
});

export const sandbox = {
  clock: endpoint({
    method: "GET",
    path: "/sandbox/clock",
    scope: "sandbox/clock/show",
    access: "known",
    inSandbox: true,
    effect: "read",
    summary: "View the time of the sandbox",
    description: "Answers 404 in an installation that is not a sandbox.",
    input: z.object({}),
    output: answer,
  }),

  advance: endpoint({
    method: "POST",
    path: "/sandbox/clock/advance",
    scope: "sandbox/clock/advance",
    access: "admin",
    inSandbox: true,
    effect: "write",
    hasNoDryRun: true,
    summary: "Move the time of the sandbox forward",
    description:
      "Everything that falls due on the way happens at its own time: emails are sent and answered, tasks come up, workflows run. Send a length (`days`, `hours`, `minutes`), `until` or `next`; nothing of them: what is due now is done. Answers when it is there, or after `wait_seconds` with `is_done: false`; then it goes on, and `GET /sandbox/clock` shows how far it is. The time stands still afterwards unless it was running.",
    input: z.object({
      days: z.number().min(0).max(3660).optional(),
      hours: z.number().min(0).max(90_000).optional(),
      minutes: z.number().min(0).max(5_400_000).optional(),
      until: fields.moment.optional(),
      next: z.boolean().optional().describe("To the next thing that happens"),
      since: fields.moment.optional().describe("Count what happened since then; default: now"),
      wait_seconds: z.int().min(0).max(300).default(60).describe("How long to wait for it"),
    }),
    output: z.strictObject({
      clock,
      is_done: z.boolean(),
      from: fields.stamp,
      happened: counts.describe("How many events of each type happened in the team on the way"),
      events_since: z.string().describe("For `GET /events?since=`: the place before the first of them"),
    }),
  }),

  freeze: endpoint({
    method: "POST",
    path: "/sandbox/clock/freeze",
    scope: "sandbox/clock/freeze",
    access: "admin",
    inSandbox: true,
    effect: "write",
    hasNoDryRun: true,
    summary: "Stop the time of the sandbox",
    description: "What is due still happens. New time passes only when it is moved.",
    input: z.object({}),
    output: answer,
  }),

  run: endpoint({
    method: "POST",
    path: "/sandbox/clock/run",
    scope: "sandbox/clock/run",
    access: "admin",
    inSandbox: true,
    effect: "write",
    hasNoDryRun: true,
    summary: "Let the time of the sandbox run",
    description: "`1` is real time. `1440` is a day a minute, as far as the machine keeps up.",
    input: z.object({ speed: z.number().min(0.01).max(100_000).default(1) }),
    output: answer,
  }),

  timeline: endpoint({
    method: "GET",
    path: "/sandbox/timeline",
    scope: "sandbox/timeline",
    access: "admin",
    inSandbox: true,
    effect: "read",
    summary: "Show what happened in the sandbox",
    description: "Counts by day, and events newest first, without those about access.",
    input: z.object({
      from: fields.day.optional().describe("First day"),
      until: fields.day.optional().describe("Last day"),
      time_zone: fields.timeZone.default("UTC"),
      types: z.array(eventType).max(100).optional(),
      before: fields.text(100).optional().describe("`next_before` of the last answer"),
      per_page: z.int().min(1).max(100).default(50),
    }),
    output: z.strictObject({
      events: z.array(past.extend({ id: fields.id, contact: fields.named.nullable() })),
      days: z.array(z.strictObject({ date: z.string(), happened: counts })),
      next_before: z.string().nullable(),
    }),
  }),

  prospects: endpoint({
    method: "GET",
    path: "/sandbox/prospects",
    scope: "sandbox/prospects/index",
    access: "scoped",
    inSandbox: true,
    effect: "read",
    summary: "List what recipients do in the sandbox",
    input: z.object({}),
    output: prospects,
  }),

  setProspects: endpoint({
    method: "PUT",
    path: "/sandbox/prospects",
    scope: "sandbox/prospects/update",
    access: "admin",
    inSandbox: true,
    effect: "write",
    summary: "Set what recipients do in the sandbox",
    description:
      "For each email the first entry that matches counts; without one nothing happens. Replies, bounces and automatic answers are real emails in real forms, and are read as such. Replaces all entries. Emails sent before keep theirs.",
    input: z.object({
      prospects: z.array(prospect).max(500).optional(),
      preset: z
        .enum(["lively", "silent", "hostile", "holiday_season"])
        .optional()
        .describe("A ready-made list, in place of `prospects`"),
    }),
    output: prospects,
  }),

  faults: endpoint({
    method: "GET",
    path: "/sandbox/faults",
    scope: "sandbox/faults/index",
    access: "scoped",
    inSandbox: true,
    effect: "read",
    summary: "List what goes wrong in the sandbox",
    input: z.object({}),
    output: faults,
  }),

  setFaults: endpoint({
    method: "PUT",
    path: "/sandbox/faults",
    scope: "sandbox/faults/update",
    access: "admin",
    inSandbox: true,
    effect: "write",
    summary: "Set what goes wrong in the sandbox",
    description:
      "Each time the first entry that matches and has `times` left happens. Calls below `/sandbox` are spared. Replaces all entries, and begins counting again.",
    input: z.object({ faults: z.array(fault).max(100) }),
    output: faults,
  }),

  profile: endpoint({
    method: "GET",
    path: "/sandbox/profile",
    scope: "sandbox/profile/show",
    access: "scoped",
    inSandbox: true,
    effect: "read",
    summary: "View whether the sandbox answers as Apollo does",
    input: z.object({}),
    output: profile,
  }),

  setProfile: endpoint({
    method: "PUT",
    path: "/sandbox/profile",
    scope: "sandbox/profile/update",
    access: "admin",
    inSandbox: true,
    effect: "write",
    summary: "Let the sandbox answer as Apollo does",
    description:
      "For API keys and access tokens: calls, parameters, fields and errors that Apollo does not document are gone, and the plan's rate limits count. Calls below `/sandbox` and `/catcher` stay, and so does the web app.",
    input: z.object({
      strict: z.boolean(),
      plan: profile.shape.plan.optional().describe("Default: unchanged, at first `professional`"),
    }),
    output: profile,
  }),

  snapshots: endpoint({
    method: "GET",
    path: "/sandbox/snapshots",
    scope: "sandbox/snapshots/index",
    access: "admin",
    inSandbox: true,
    effect: "read",
    summary: "List the snapshots of the sandbox",
    input: z.object({}),
    output: z.strictObject({ snapshots: z.array(snapshot) }),
  }),

  takeSnapshot: endpoint({
    method: "POST",
    path: "/sandbox/snapshots",
    scope: "sandbox/snapshots/create",
    access: "admin",
    inSandbox: true,
    effect: "write",
    hasNoDryRun: true,
    summary: "Keep a snapshot of the sandbox",
    description: "Everything in it, of all its teams, with its time. What is due is done first.",
    input: z.object({ name: fields.name(200).optional() }),
    output: z.strictObject({ snapshot }),
  }),

  restoreSnapshot: endpoint({
    method: "POST",
    path: "/sandbox/snapshots/{id}/restore",
    scope: "sandbox/snapshots/restore",
    access: "admin",
    inSandbox: true,
    effect: "write",
    hasNoDryRun: true,
    summary: "Put the sandbox back to a snapshot",
    description: "What happened since then never happened. Its time stands still where it was.",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ snapshot, clock }),
  }),

  deleteSnapshot: endpoint({
    method: "DELETE",
    path: "/sandbox/snapshots/{id}",
    scope: "sandbox/snapshots/destroy",
    access: "admin",
    inSandbox: true,
    effect: "write",
    hasNoDryRun: true,
    summary: "Delete a snapshot of the sandbox",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ deleted: z.literal(true) }),
  }),

  reset: endpoint({
    method: "POST",
    path: "/sandbox/reset",
    scope: "sandbox/reset",
    access: "admin",
    inSandbox: true,
    effect: "write",
    hasNoDryRun: true,
    summary: "Empty the sandbox",
    description:
      "Deletes everything of the team but its users, keys and settings of the sandbox's first moment, and puts the time back there.",
    input: z.object({}),
    output: answer,
  }),
};
