// Models as files. What is as it is without saying so is left out; keys and files have one order, so equal models are equal bytes.

import type {
  ConditionModel,
  FieldModel,
  RulesetModel,
  ScheduleModel,
  SequenceModel,
  StepModel,
  TemplateModel,
  VariantModel,
} from "../../../domain/sequences/file-model.ts";
import { joinMail } from "../../../domain/sequences/mail-files.ts";
import type { Rules } from "../../../domain/sequences/rules.ts";
import { WEEKDAYS } from "../../../domain/time/windows.ts";
import { presentRules } from "../../sequences/rulesets/present.ts";
import { writeYaml } from "./yaml-text.ts";

export type SequenceFileText = { path: string; text: string };

export function sequenceFiles(key: string, model: SequenceModel): SequenceFileText[] {
  const folder = `sequences/${key}`;
  const mails: SequenceFileText[] = [];
  const steps = model.steps.map((step, at) =>
    presentStepFile(step, (variant, n) => {
      const letter = step.variants.length > 1 ? String.fromCharCode(97 + n) : "";
      const name = `step-${String(at + 1).padStart(2, "0")}${letter}.html`;
      const head = writeYaml(variant.subject ? { subject: variant.subject } : {});
      mails.push({ path: `${folder}/${name}`, text: joinMail(head, variant.html) });
      return name;
    }),
  );
  const text = writeYaml({ key, ...presentSettings(model), steps });
  return [{ path: `${folder}/sequence.yaml`, text }, ...mails];
}

function presentSettings(model: SequenceModel) {
  return {
    name: model.name,
    ...said("description", model.description),
    ...said("folder", model.folder),
    ...said("labels", model.labels),
    ...said("schedule", model.schedule),
    ...said("ruleset", model.ruleset),
    ...said("rules", presentRuleFile(model.rules)),
    ...said("stage_changes", model.stageChanges),
    ...said("excluded_contact_stages", model.excludedContactStages),
    ...said("excluded_account_stages", model.excludedAccountStages),
    ...said("exact_dates", model.exactDates),
    ...said("allowed_send_from_domains", model.allowedSendFromDomains),
    ...said("cc_emails", model.ccEmails),
    ...said("bcc_emails", model.bccEmails),
    ...said("delivery_policy", model.deliveryPolicy, "never_twice"),
    ...said("on_not_sent", model.onNotSent, "fail"),
    ...said("priority_policy", model.priorityPolicy, "followups_first"),
    ...said("send_at_usual_hour", model.sendsAtUsualHour, false),
  };
}

function presentStepFile(step: StepModel, mailOf: (variant: VariantModel, n: number) => string) {
  return {
    type: step.type,
    ...said("branch", step.branch),
    ...said("condition", step.condition && presentConditionFile(step.condition)),
    ...(step.at === null || step.waitTime > 0 || step.waitMode !== "day"
      ? { wait: `${step.waitTime} ${step.waitMode}${step.waitTime === 1 ? "" : "s"}` }
      : {}),
    ...said("at", step.at),
    ...said("enabled", step.enabled, true),
    ...said("priority", step.priority),
    ...said("note", step.note),
    ...said("max_emails_per_day", step.maxEmailsPerDay),
    ...said("skip_after_days", step.skipAfterDays),
    ...said(
      "variants",
      step.variants.map((one, n) => presentVariant(one, mailOf, n)),
    ),
  };
}

function presentConditionFile({ match, waitDays, rules }: ConditionModel) {
  return {
    ...said("match", match, "all"),
    ...said("wait_days", waitDays, 0),
    rules: rules.map(({ type, not, filters, step, classes, outcomes }) => ({
      type,
      ...said("not", not, false),
      ...said("filters", filters),
      ...said("step", step),
      ...said("reply_classes", classes),
      ...said("outcomes", outcomes),
    })),
  };
}

function presentVariant(
  variant: VariantModel,
  mailOf: (variant: VariantModel, n: number) => string,
  n: number,
) {
  return {
    ...(variant.template === null ? { mail: mailOf(variant, n) } : { template: variant.template }),
    ...said("thread", variant.thread === "reply_to_thread" ? "reply" : "new", "new"),
    ...said("status", variant.status, "approved"),
    ...said("weight", variant.weight, 1),
    ...said("signature", variant.signature, true),
    ...said("opener", variant.opener),
    ...said("opener_fallback", variant.openerFallback, "send_without_opener"),
    ...said("generic_opener", variant.genericOpener),
    ...said("attachments", variant.attachments),
    ...said("goes_with", variant.goesWith),
  };
}

export function scheduleFile(key: string, model: ScheduleModel): SequenceFileText {
  const hours = WEEKDAYS.flatMap((day, n) => {
    const own = model.windows.filter(({ weekday }) => weekday === n + 1);
    return own.length === 0
      ? []
      : [[day, own.map(({ startsAt, endsAt }) => [clock(startsAt), clock(endsAt)])] as const];
  });
  const text = writeYaml({
    name: model.name,
    time_zone: model.timeZone,
    ...said("use_contacts_time_zone", model.useContactsTimeZone, false),
    ...said("skip_holidays", model.skipHolidays, false),
    hours: Object.fromEntries(hours),
  });
  return { path: `schedules/${key}.yaml`, text };
}

export function rulesetFile(key: string, model: RulesetModel): SequenceFileText {
  const rules = said("rules", presentRuleFile(model.rules));
  const text = writeYaml({ name: model.name, ...rules, ...said("stage_changes", model.stageChanges) });
  return { path: `rulesets/${key}.yaml`, text };
}

export function templateFile(key: string, model: TemplateModel): SequenceFileText {
  const head = writeYaml({
    name: model.name,
    ...said("subject", model.subject),
    ...said("global", model.global, false),
  });
  return { path: `templates/${key}.html`, text: joinMail(head, model.html) };
}

export function fieldFile(key: string, model: FieldModel): SequenceFileText {
  const text = writeYaml({
    name: model.name,
    of: model.of,
    type: model.type,
    ...said("max_length", model.maxLength),
    ...said("options", model.options),
  });
  return { path: `fields/${key}.yaml`, text };
}

function presentRuleFile(rules: Rules) {
  return Object.fromEntries(Object.entries(presentRules(rules)).filter(([, value]) => value !== null));
}

/** Left out where it is what it would be anyway. */
function said(name: string, value: unknown, usual: unknown = null) {
  const isEmpty =
    value === "" || (typeof value === "object" && value !== null && Object.keys(value).length === 0);
  return value === usual || value === null || isEmpty ? {} : { [name]: value };
}

function clock(minutes: number) {
  const two = (number: number) => String(number).padStart(2, "0");
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
