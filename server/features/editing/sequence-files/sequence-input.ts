// A sequence as its file says it, as a model.

import { type SequenceFile, type VariantFile, waitFrom } from "@cadenza/contract";
import type { SequenceModel, StepModel, VariantModel } from "../../../domain/sequences/file-model.ts";
import { RULE_NAMES, type Rules } from "../../../domain/sequences/rules.ts";
import { isEmail } from "../../../domain/sequences/sequence-plan.ts";
import { cleanHtml } from "../../../kernel/html.ts";
import { readMoment } from "../../../kernel/moments.ts";
import { rulesFrom } from "../ruleset-editing/rule-input.ts";
import { conditionOfFile } from "./conditions.ts";
import { byLetters } from "./names.ts";

type TextOf = (variant: VariantFile, step: number, n: number) => { subject: string; html: string };

export function sequenceModel(file: SequenceFile, textOf: TextOf): SequenceModel {
  return {
    name: file.name,
    description: file.description || null,
    folder: file.folder,
    labels: sorted(file.labels),
    schedule: file.schedule,
    ruleset: file.ruleset,
    ...rulesOfFile(file),
    excludedContactStages: sorted(file.excluded_contact_stages),
    excludedAccountStages: sorted(file.excluded_account_stages),
    exactDates: file.exact_dates,
    allowedSendFromDomains: file.allowed_send_from_domains,
    ccEmails: file.cc_emails,
    bccEmails: file.bcc_emails,
    deliveryPolicy: file.delivery_policy,
    onNotSent: file.on_not_sent,
    priorityPolicy: file.priority_policy,
    sendsAtUsualHour: file.send_at_usual_hour,
    steps: file.steps.map((step, at) => stepModel(step, at, textOf)),
  };
}

function stepModel(step: SequenceFile["steps"][number], at: number, textOf: TextOf): StepModel {
  const { time, mode } = waitFrom(step.wait);
  const variants = step.variants.map((variant, n) => variantModel(variant, textOf(variant, at, n)));
  return {
    type: step.type,
    branch: step.branch,
    condition: step.condition && conditionOfFile(step.condition),
    waitTime: time,
    waitMode: mode,
    at: step.at === null ? null : readMoment(step.at).toString(),
    enabled: step.enabled,
    // An automatic email has no priority, because no user picks it from a list.
    priority: step.type === "auto_email" ? null : step.priority,
    note: (step.note && cleanHtml(step.note)) || null,
    maxEmailsPerDay: step.max_emails_per_day,
    skipAfterDays: step.skip_after_days,
    variants: isEmail(step.type) && variants.length === 0 ? [BLANK] : variants,
  };
}

/** An email step is nothing without an email. */
const BLANK: VariantModel = {
  template: null,
  subject: "",
  html: "",
  thread: "new_thread",
  status: "to_be_reviewed",
  weight: 1,
  signature: true,
  opener: null,
  openerFallback: "send_without_opener",
  genericOpener: null,
  attachments: [],
  goesWith: null,
};

function variantModel(file: VariantFile, text: { subject: string; html: string }): VariantModel {
  return {
    template: file.template ?? null,
    ...text,
    thread: file.thread === "reply" ? "reply_to_thread" : "new_thread",
    status: file.status,
    weight: file.weight,
    signature: file.signature,
    opener: file.opener,
    openerFallback: file.opener_fallback,
    genericOpener: file.generic_opener,
    attachments: file.attachments,
    goesWith: file.goes_with,
  };
}

export function rulesOfFile({ rules, stage_changes }: Pick<SequenceFile, "rules" | "stage_changes">) {
  const given = rulesFrom(rules);
  const stages = Object.entries(stage_changes).flatMap(([event, name]) =>
    name === undefined ? [] : [[event, name] as const],
  );
  return {
    rules: Object.fromEntries(RULE_NAMES.map((name) => [name, given[name] ?? null])) as Rules,
    stageChanges: Object.fromEntries(stages.sort(([a], [b]) => byLetters(a, b))),
  };
}

function sorted(names: readonly string[]) {
  return [...new Set(names)].sort(byLetters);
}
