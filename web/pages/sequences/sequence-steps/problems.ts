// What keeps a step from working, said on its card. What can be seen in the steps themselves is found here; for whom a value
// is missing only the server knows.

import { t } from "../../../language/t.ts";
import type { api } from "../../../session.ts";
import { asksStep, type DraftRule, isEmptyRule } from "./condition.ts";
import {
  beginsThread,
  type DraftMail,
  type DraftStep,
  isEmail,
  isEmpty,
  letterOf,
  type StepsDraft,
} from "./draft.ts";
import { placeBefore } from "./pairs.ts";
import { certainlyBefore, onTheWayTo } from "./tree.ts";

export type RehearsalProblems = Awaited<ReturnType<typeof api.rehearsals.problems>>;

export type Problem = { says: string; contactIds?: readonly string[] };

export function problemsOf(
  step: DraftStep,
  index: number,
  draft: StepsDraft,
  found: RehearsalProblems | undefined,
): Problem[] {
  if (!step.isOn) return [];
  return [
    ...ofMails(step),
    ...ofGaps(step),
    ...ofThread(step, draft),
    ...ofPairs(step, index, draft),
    ...ofValues(step, found),
    ...ofBranch(step, draft),
  ];
}

function ofMails({ type, mails }: DraftStep): Problem[] {
  if (!isEmail(type)) return [];
  const empty = mails.flatMap((mail, at) => (mail.isOn && isEmpty(mail) ? [letterOf(at)] : []));
  if (mails.length > 0 && mails.every((mail) => isEmpty(mail)))
    return [{ says: t("The email is still empty, so nothing can be sent.") }];
  if (!mails.some((mail) => mail.isOn && !isEmpty(mail)))
    return [{ says: t("No variant is ready to send, so nothing is sent and contacts wait here.") }];
  const lacks = mails.some((mail) => mail.isOn && !mail.isReply && mail.subject.trim() === "");
  return [
    ...(empty.length > 0
      ? [{ says: t("Variant {empty} is empty and is not sent.", { empty: empty.join(", ") }) }]
      : []),
    ...(lacks ? [{ says: t("An email that starts a thread has no subject.") }] : []),
  ];
}

const TO_FILL = /\[[^[\]<>{}]{3,80}\]/;

/** The gaps that a starting point leaves to the writer. */
function ofGaps({ mails }: DraftStep): Problem[] {
  const gaps = new Set(mails.flatMap(({ subject, html }) => TO_FILL.exec(`${subject} ${html}`)?.[0] ?? []));
  return [...gaps].map((gap) => ({ says: t("Replace the placeholder {gap}.", { gap }) }));
}

/** What would keep it from being saved. */
function ofBranch(step: DraftStep, draft: StepsDraft): Problem[] {
  const { condition, key } = step;
  if (!condition) return [];
  const before = onTheWayTo(draft, step);
  const isLost = ({ type, step: asked }: DraftRule) =>
    asksStep(type) && (asked === null ? type === "task" : !before.some((one) => one.key === asked));
  const steps = draft.filter(({ parent }) => parent === key);
  return [
    ...(condition.rules.length === 0 ? [{ says: t("Add a rule. You can't save it like this.") }] : []),
    ...(condition.rules.some(isEmptyRule)
      ? [{ says: t("Add a filter to the rule. You can't save it like this.") }]
      : []),
    ...(condition.rules.some(isLost)
      ? [{ says: t("A rule asks about a step that is not before this one. You can't save it like this.") }]
      : []),
    ...(steps.length === 0
      ? [{ says: t("Add a step to one of its paths. You can't save it like this.") }]
      : []),
  ];
}

function ofThread(step: DraftStep, draft: StepsDraft): Problem[] {
  if (!isEmail(step.type) || !step.mails.some((mail) => mail.isReply && mail.isOn)) return [];
  if (!certainlyBefore(draft, step.key, beginsThread))
    return [
      { says: t("It replies in a thread, but no earlier email starts one. You can't save it like this.") },
    ];
  if (!certainlyBefore(draft, step.key, (one) => one.isOn && beginsThread(one)))
    return [{ says: t("It replies in a thread, but the step that starts the thread is turned off.") }];
  return [];
}

/** Says what becomes of the variant before it is saved. */
function ofPairs({ mails }: DraftStep, index: number, draft: StepsDraft): Problem[] {
  return mails.flatMap(({ goesWith }, at) => {
    if (!goesWith || placeBefore(draft, index, goesWith)) return [];
    const isForAll = (other: DraftMail) => other.isOn && !isEmpty(other) && !other.goesWith;
    const says = mails.some(isForAll)
      ? t("it is off until you turn it on for all contacts")
      : t("it is for all contacts");
    return [
      {
        says: t("Variant {at} goes with an email that is no longer before it. After you save, {says}.", {
          at: letterOf(at),
          says,
        }),
      },
    ];
  });
}

function sayMissing(n: number, variable: string, isAtLeast: boolean) {
  const values = { n, variable };
  return isAtLeast
    ? t(
        "At least {n, plural, one {# contact has} other {# contacts have}} no value for {variable}. Their email will not be sent, and they stop there.",
        values,
      )
    : t(
        "{n, plural, one {# contact has} other {# contacts have}} no value for {variable}. Their email will not be sent, and they stop there.",
        values,
      );
}

function ofValues({ id }: DraftStep, found: RehearsalProblems | undefined): Problem[] {
  const missing = found?.missing.filter(({ emailer_step_id }) => emailer_step_id === id) ?? [];
  const unreadable = found?.unreadable.filter(({ emailer_step_id }) => emailer_step_id === id) ?? [];
  return [
    ...unreadable.map(({ sentence }) => ({ says: sentence })),
    ...missing.map(({ variable, count: n, contact_ids }) => ({
      says: sayMissing(n, `{{${variable}}}`, found !== undefined && found.looked_at < found.people),
      contactIds: contact_ids,
    })),
  ];
}
