// A sequence, and what it shares with others, without ids: records are named by keys, stages and labels by their names. So two teams
// with equal sequences have equal models, and the files made of them are equal byte for byte.

import type { BranchRule } from "./branch-condition.ts";
import type { Rules } from "./rules.ts";
import type { StepType } from "./sequence-plan.ts";
import type { BranchPath, PathStep } from "./step-paths.ts";

export type VariantModel = {
  /** Key of a template of the library; its text is then in the library. */
  template: string | null;
  subject: string;
  html: string;
  thread: "new_thread" | "reply_to_thread";
  status: "to_be_reviewed" | "approved";
  weight: number;
  signature: boolean;
  opener: boolean | null;
  openerFallback: string;
  genericOpener: string | null;
  attachments: string[];
  goesWith: { step: number; variant: number } | null;
};

export type ConditionModel = {
  match: "all" | "any";
  waitDays: number;
  rules: {
    type: BranchRule["type"];
    not: boolean;
    /** Stages, lists and fields by their names. */
    filters: Record<string, unknown> | null;
    step: number | null;
    classes: string[] | null;
    outcomes: string[] | null;
  }[];
};

export type StepModel = {
  type: StepType;
  /** The branch on whose path it is. Steps are counted from 1. */
  branch: { step: number; path: BranchPath } | null;
  condition: ConditionModel | null;
  waitTime: number;
  waitMode: "minute" | "hour" | "day";
  at: string | null;
  enabled: boolean;
  priority: "high" | "medium" | "low" | null;
  note: string | null;
  maxEmailsPerDay: number | null;
  skipAfterDays: number | null;
  variants: VariantModel[];
};

export type SequenceModel = {
  name: string;
  description: string | null;
  folder: string[];
  labels: string[];
  schedule: string | null;
  ruleset: string | null;
  rules: Rules;
  stageChanges: Record<string, string>;
  excludedContactStages: string[];
  excludedAccountStages: string[];
  exactDates: boolean | null;
  allowedSendFromDomains: string[];
  ccEmails: string;
  bccEmails: string;
  deliveryPolicy: "never_twice" | "never_lost";
  onNotSent: "fail" | "continue";
  priorityPolicy: "score" | "followups_first" | "fifo";
  sendsAtUsualHour: boolean;
  steps: StepModel[];
};

export type ScheduleModel = {
  name: string;
  timeZone: string;
  useContactsTimeZone: boolean;
  skipHolidays: boolean;
  /** By weekday, Monday is 1. */
  windows: { weekday: number; startsAt: number; endsAt: number }[];
};

export type RulesetModel = { name: string; rules: Rules; stageChanges: Record<string, string> };

export type TemplateModel = { name: string; subject: string; html: string; global: boolean };

export type FieldModel = {
  name: string;
  of: "contact" | "account" | "opportunity";
  type: string;
  maxLength: number | null;
  options: string[];
};

export type Models = {
  sequence: SequenceModel;
  schedule: ScheduleModel;
  ruleset: RulesetModel;
  template: TemplateModel;
};

export type FileKind = keyof Models;

/** As steps that name each other by their numbers. */
export function placesOf(steps: readonly Pick<StepModel, "branch">[]): PathStep[] {
  return steps.map(({ branch }, at) => ({
    id: String(at + 1),
    parentId: branch && String(branch.step),
    path: branch?.path ?? null,
  }));
}

/** Whatever the order of their keys. */
export function isSameModel(one: unknown, other: unknown) {
  return printed(one) === printed(other);
}

/** The same text for equal models. */
export function printed(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
