// A sequence's steps while a user edits them: kept in memory until they are saved as a whole. Plain data in, plain data out;
// nothing here asks the server or draws.

import { currentTimeMs } from "../../../parts/current-time.ts";
import type { FullSequence } from "../sequences/queries.ts";
import { conditionOf, type DraftCondition, newCondition } from "./condition.ts";
import { newKey } from "./keys.ts";
import { added, certainlyBefore, type PathWord, type Place, TRUNK } from "./tree.ts";

export type SavedStep = FullSequence["emailer_steps"][number];
export type StepType = SavedStep["type"];
export type WaitMode = SavedStep["wait_mode"];

export type DraftMail = {
  /** Its own name while it is worked on; the id where it has one. */
  key: string;
  id: string | null;
  subject: string;
  html: string;
  isOn: boolean;
  isReply: boolean;
  isSigned: boolean;
  weight: number;
  attachmentIds: string[];
  /** The key of the mail of an earlier step whose readers it is for; null: everybody else. */
  goesWith: string | null;
};

export type DraftStep = {
  key: string;
  id: string | null;
  type: StepType;
  waitTime: number;
  waitMode: WaitMode;
  exactAt: string | null;
  note: string;
  priority: "high" | "medium" | "low" | null;
  autoSkipDays: number | null;
  perDay: number | null;
  isOn: boolean;
  /** The key of the branch on whose path it is, and on which. */
  parent: string | null;
  path: PathWord | null;
  condition: DraftCondition | null;
  mails: DraftMail[];
};

export type StepsDraft = DraftStep[];

export function draftOf({ emailer_steps, emailer_touches, emailer_templates }: FullSequence): StepsDraft {
  const texts = new Map(emailer_templates.map((template) => [template.id, template]));
  return emailer_steps.map((step) => ({
    key: step.id,
    id: step.id,
    type: step.type,
    waitTime: step.wait_time,
    waitMode: step.wait_mode,
    exactAt: step.exact_datetime,
    note: step.note ?? "",
    priority: step.priority,
    autoSkipDays: step.auto_skip_in_x_days,
    perDay: step.max_emails_per_day,
    isOn: step.enabled,
    parent: step.branch_step_id,
    path: step.branch_path,
    condition: step.condition && conditionOf(step.condition),
    mails: emailer_touches
      .filter((touch) => touch.emailer_step_id === step.id)
      .map((touch) => ({
        key: touch.id,
        id: touch.id,
        subject: texts.get(touch.emailer_template_id)?.subject ?? "",
        html: texts.get(touch.emailer_template_id)?.body_html ?? "",
        isOn: touch.status === "approved",
        isReply: touch.type === "reply_to_thread",
        isSigned: touch.include_signature,
        weight: touch.weight,
        attachmentIds: touch.attachment_ids,
        goesWith: touch.goes_with_touch_id,
      })),
  }));
}

export function isEmpty({ html }: Pick<DraftMail, "html">) {
  return !/<img\s/i.test(html) && html.replace(/<[^<>]*>|&nbsp;|\s/g, "") === "";
}

/** Two drafts say the same where the API would be asked the same. */
export function isSame(one: StepsDraft, other: StepsDraft) {
  return JSON.stringify(one) === JSON.stringify(other);
}

const EMAIL: readonly StepType[] = ["auto_email", "manual_email"];
const WRITTEN: readonly StepType[] = [
  ...EMAIL,
  ...(["call", "sms", "whatsapp", "linkedin_step_connect", "linkedin_step_message"] as const),
];

export function isEmail(type: StepType) {
  return EMAIL.includes(type);
}

/** Whether a text goes with it: a mail, what to say in a call, a message. */
export function isWritten(type: StepType) {
  return WRITTEN.includes(type);
}

export function newMail(rest: Partial<DraftMail> = {}): DraftMail {
  return {
    key: newKey(),
    id: null,
    subject: "",
    html: "",
    isOn: true,
    isReply: false,
    isSigned: true,
    weight: 1,
    attachmentIds: [],
    goesWith: null,
    ...rest,
  };
}

/** A further step, some days after the one before; a later mail goes on in the thread of the first. */
export function newStep(
  type: StepType,
  draft: StepsDraft,
  isDated: boolean,
  place: Place = TRUNK,
): DraftStep {
  const step = { ...blankStep(type, draft, isDated), ...place };
  const hasThread = certainlyBefore(added(draft, step, place), step.key, beginsThread);
  return isEmail(type) ? { ...step, mails: [newMail({ isReply: hasThread })] } : step;
}

export function beginsThread({ type, mails }: DraftStep) {
  return isEmail(type) && mails.some((mail) => !mail.isReply);
}

/** A branch is decided at once, and so is the first step of a path carried out. */
function blankStep(type: StepType, draft: StepsDraft, isDated: boolean): DraftStep {
  return {
    key: newKey(),
    id: null,
    type,
    parent: null,
    path: null,
    condition: type === "branch" ? newCondition() : null,
    waitTime: draft.length === 0 || type === "branch" ? 0 : 3,
    waitMode: "day",
    exactAt: isDated ? dateAfter(draft) : null,
    note: "",
    priority: type === "auto_email" || type === "branch" ? null : "medium",
    autoSkipDays: null,
    perDay: null,
    isOn: true,
    mails: [],
  };
}

const DAY_MS = 86_400_000;

function dateAfter(draft: StepsDraft) {
  const last = Math.max(currentTimeMs(), ...draft.map(({ exactAt }) => (exactAt ? Date.parse(exactAt) : 0)));
  return new Date(Math.ceil((last + DAY_MS) / 3_600_000) * 3_600_000).toISOString();
}

export function changeStep(draft: StepsDraft, key: string, change: Partial<DraftStep>): StepsDraft {
  return draft.map((step) => (step.key === key ? { ...step, ...change } : step));
}

export function changeMail(
  draft: StepsDraft,
  stepKey: string,
  key: string,
  change: Partial<DraftMail>,
): StepsDraft {
  return draft.map((step) =>
    step.key === stepKey
      ? { ...step, mails: step.mails.map((mail) => (mail.key === key ? { ...mail, ...change } : mail)) }
      : step,
  );
}

export function letterOf(index: number) {
  return String.fromCharCode(65 + index);
}
