// What a caller says of a workflow, in our words.

import type { contract } from "@cadenza/contract";
import { type workflowAction, workflowFilters } from "@cadenza/contract";
import type { z } from "zod";
import {
  type Caps,
  type Definition,
  type Entity,
  maySetOff,
  type Reentry,
  type Trigger,
} from "../../../domain/automation/workflow.ts";
import { everyStep, suits, type WorkflowAction } from "../../../domain/automation/workflow-steps.ts";
import { nextCronRun, readCron } from "../../../domain/time/cron.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { say } from "../../../kernel/say.ts";
import { readTermsWish } from "../../enrollments/enrolling/enrolling-input.ts";

type Said = z.output<typeof contract.workflows.create.input>;
type SaidAction = z.output<typeof workflowAction>;
type WorkflowUpdateInput = Pick<z.output<typeof contract.workflows.update.input>, keyof Definitions>;
type Definitions = Omit<Said, "name" | "entity">;

/** `zone`: the team's. */
export type InputSetting = { now: Temporal.Instant; zone: string };

export function readDefinition(said: Omit<Said, "name">, { now, zone }: InputSetting): Definition {
  const saidTrigger = withZone(said.trigger, zone);
  const trigger = readTrigger(saidTrigger, said.entity, now);
  const actions = readActions(said.actions, said.entity, now);
  return {
    trigger,
    filters: readFilters(said.entity, said.filters),
    netNew: said.net_new,
    reentry: said.reentry,
    caps: readCaps(said.caps),
    actions,
    said: { trigger: saidTrigger, actions: said.actions },
  };
}

/** A time of day is the team's where nothing else is said; it stays so if the team moves. */
function withZone(said: Said["trigger"], zone: string): Said["trigger"] {
  return said.type === "date_field" ? { ...said, time_zone: said.time_zone ?? zone } : said;
}

/** What is not said stays as it is. */
export function readWorkflowChange(
  said: WorkflowUpdateInput,
  entity: Entity,
  { now, zone }: InputSetting,
): Partial<Definition> & {
  saidTrigger?: Record<string, unknown>;
  saidActions?: readonly Record<string, unknown>[];
} {
  const saidTrigger = said.trigger && withZone(said.trigger, zone);
  return {
    ...(saidTrigger && { trigger: readTrigger(saidTrigger, entity, now), saidTrigger }),
    ...(said.filters !== undefined && { filters: readFilters(entity, said.filters) }),
    ...(said.net_new !== undefined && { netNew: said.net_new }),
    ...(said.reentry !== undefined && { reentry: said.reentry as Reentry }),
    ...(said.caps !== undefined && { caps: readCaps(said.caps) }),
    ...(said.actions !== undefined && {
      actions: readActions(said.actions, entity, now),
      saidActions: said.actions,
    }),
  };
}

function readCaps({ per_run, per_day, per_owner }: NonNullable<Said["caps"]>): Caps {
  return { perRun: per_run ?? null, perDay: per_day ?? null, perOwner: per_owner ?? null };
}

function readTrigger(said: Said["trigger"], entity: Entity, now: Temporal.Instant): Trigger {
  if (said.type === "webhook") return { is: "webhook", createsContacts: said.creates_contacts };
  if (said.type === "event") {
    if (!maySetOff(said.event))
      throw misfit(
        "trigger",
        say("cannot be {event}: this event cannot trigger a workflow", { event: said.event }),
      );
    return { is: "event", event: said.event, data: said.data ?? {} };
  }
  if (said.type === "date_field") {
    if (entity === "person") throw misfit("trigger", say("cannot be date_field: people have no date fields"));
    const { type: is, field, days, at, time_zone: zone = "UTC" } = said;
    return { is, field, days, at, zone };
  }
  const text = cronOf(said);
  const cron = readCron(text);
  if (!cron) throw misfit("trigger[cron]", say("must be a cron schedule of five fields"));
  if (!nextCronRun(cron, said.time_zone, now))
    throw misfit("trigger[cron]", say("is a date that never occurs"));
  return { is: "schedule", cron: text, zone: said.time_zone };
}

function cronOf({ every, at = "09:00", weekday = 1, cron }: Extract<Said["trigger"], { type: "schedule" }>) {
  if ((every === undefined) === (cron === undefined))
    throw misfit("trigger", say("needs every or cron, and not both"));
  if (cron !== undefined) return cron;
  const [hour, minute] = at.split(":").map(Number);
  if (every === "hour") return "0 * * * *";
  return every === "day" ? `${minute} ${hour} * * *` : `${minute} ${hour} * * ${weekday}`;
}

/** As they were said, without what they do not say. An unknown one would filter nothing, so it is refused. */
export function readFilters(entity: Entity, said: Readonly<Record<string, unknown>>) {
  const read = workflowFilters[entity].safeParse(said);
  if (!read.success) {
    const [issue] = read.error.issues;
    const name = ["filters", ...(issue?.path ?? [])]
      .map((part, at) => (at === 0 ? part : `[${String(part)}]`))
      .join("");
    throw misfit(name, issue?.message ?? say("is not valid"));
  }
  const asSaid = read.data as Record<string, unknown>;
  return Object.fromEntries(Object.keys(said).map((key) => [key, asSaid[key]]));
}

function readActions(said: readonly SaidAction[], entity: Entity, now: Temporal.Instant) {
  const actions = said.map((one) => readAction(one, entity, now));
  for (const { step, action } of everyStep(actions))
    if (!suits(action, entity))
      throw misfit(
        `actions[${step}]`,
        say("cannot be {is}: this action does not work for {entity}", {
          is: action.is,
          entity: PLURAL[entity],
        }),
      );
  return actions;
}

const PLURAL: Record<Entity, string> = { contact: "contacts", person: "people", account: "accounts" };

const HOW = { mark_as_finished: "finish", remove: "remove", stop: "stop" } as const;

function readAction(said: SaidAction, entity: Entity, now: Temporal.Instant): WorkflowAction {
  const inside = (actions: readonly Record<string, unknown>[] | undefined) =>
    (actions ?? []).map((one) => readAction(one as SaidAction, entity, now));
  switch (said.type) {
    case "enrich":
      return { is: "enrich" };
    case "save_as_contact":
      return {
        is: said.type,
        labelNames: said.label_names ?? [],
        stageId: said.contact_stage_id ?? null,
        ownerId: said.owner_id ?? null,
      };
    case "add_to_sequence": {
      const { type: _, emailer_campaign_id: id, ...rest } = said;
      const { waived, startsAt, ...terms } = readTermsWish({ ...rest, id }, now);
      return {
        is: said.type,
        terms: { ...terms, waived: [...waived], startsAt: startsAt?.toString() ?? null },
      };
    }
    case "remove_from_sequence":
      return {
        is: said.type,
        sequenceIds: said.emailer_campaign_ids,
        how: HOW[said.mode],
        reason: said.stop_reason ?? null,
      };
    case "add_to_list":
    case "remove_from_list":
      return { is: said.type, labelNames: said.label_names };
    case "set_stage":
      return { is: said.type, stageId: said.stage_id };
    case "set_field":
      return { is: said.type, values: said.typed_custom_fields };
    case "set_owner":
      return { is: said.type, ownerIds: said.owner_ids };
    case "create_task":
      return {
        is: said.type,
        kind: said.task_type,
        title: said.title ?? null,
        note: said.note ?? null,
        priority: said.priority,
        userId: said.user_id ?? null,
        dueInHours: said.due_in_hours ?? 0,
      };
    case "create_deal":
      return {
        is: said.type,
        name: said.name,
        amount: said.amount ?? null,
        stageId: said.opportunity_stage_id ?? null,
        ownerId: said.owner_id ?? null,
        closesInDays: said.closes_in_days ?? null,
      };
    case "notify":
      return { is: said.type, userIds: said.user_ids ?? [], text: said.text };
    case "call_webhook":
      return { is: said.type, url: said.url };
    case "wait":
      return {
        is: said.type,
        minutes: ((said.days ?? 0) * 24 + (said.hours ?? 0)) * 60 + (said.minutes ?? 0),
      };
    case "branch":
      return {
        is: said.type,
        filters: readFilters(entity, said.filters),
        yes: inside(said.yes),
        no: inside(said.no),
      };
    case "split":
      return {
        is: said.type,
        paths: said.paths.map(({ weight, actions }) => ({ weight, actions: inside(actions) })),
      };
  }
}

function misfit(name: string, why: string) {
  return new Refusal("parameter_invalid", { name, why });
}
