// A draft as the API wants it: all steps in one list, which is the whole list.

import type { api } from "../../../session.ts";
import { conditionWish } from "./condition.ts";
import { type DraftMail, type DraftStep, isEmpty, type StepsDraft } from "./draft.ts";
import { placeBefore } from "./pairs.ts";

type StepWish = NonNullable<Parameters<typeof api.sequences.update>[0]["emailer_steps"]>[number];

/** Of a mail that says what it said, the text is not sent: it may be a colleague's template. */
export function wishOf(draft: StepsDraft, saved: StepsDraft): StepWish[] {
  const before = new Map(saved.flatMap(({ mails }) => mails).map((mail) => [mail.key, mail]));
  return draft.map((step, index) => ({
    ...(step.id && { id: step.id }),
    type: step.type,
    wait_time: step.waitTime,
    wait_mode: step.waitMode,
    exact_datetime: step.exactAt,
    note: step.note || null,
    ...(step.type !== "auto_email" && { priority: step.priority }),
    auto_skip_in_x_days: step.autoSkipDays,
    max_emails_per_day: step.perDay,
    enabled: step.isOn,
    ...placeWish(step, draft),
    ...(step.condition && { condition: conditionWish(step.condition, draft) }),
    ...(step.mails.length > 0 && {
      emailer_touches: step.mails.map((mail) => ({
        ...mailWish(mail, before),
        ...pairWish(draft, index, mail),
      })),
    }),
  }));
}

function placeWish(step: DraftStep, draft: StepsDraft) {
  return step.parent === null ? { branch_step_id: null } : pathWish(step, draft);
}

/** By the position of the branch in the list, since a new one has no id. */
export function pathWish({ parent, path }: DraftStep, draft: StepsDraft) {
  if (parent === null) return {};
  return { branch_position: draft.findIndex(({ key }) => key === parent) + 1, branch_path: path };
}

function mailWish(mail: DraftMail, before: ReadonlyMap<string, DraftMail>) {
  const known = before.get(mail.key);
  const isSame = known && known.subject === mail.subject && known.html === mail.html;
  return {
    ...(mail.id && { id: mail.id }),
    type: mail.isReply ? ("reply_to_thread" as const) : ("new_thread" as const),
    // What is still empty cannot be sent, and waits for its text.
    status: mail.isOn && !isEmpty(mail) ? ("approved" as const) : ("to_be_reviewed" as const),
    include_signature: mail.isSigned,
    weight: mail.weight,
    attachment_ids: mail.attachmentIds,
    ...(!isSame && { emailer_template: { subject: mail.subject, body_html: mail.html } }),
  };
}

/** When the paired variant is gone, nothing is sent about it: the server decides what becomes of the mail. */
function pairWish(draft: StepsDraft, index: number, { goesWith }: DraftMail) {
  if (!goesWith) return { goes_with_touch_id: null };
  const place = placeBefore(draft, index, goesWith);
  const id = place && draft[place.step - 1]?.mails[place.variant - 1]?.id;
  if (id) return { goes_with_touch_id: id };
  return place ? { goes_with: place } : {};
}
