// What keeps a step from working, said on its card. What can be seen in the steps themselves is found here; for whom a value
// is missing only the server knows.

import { count } from "../../parts/figures.ts";
import type { api } from "../../session.ts";
import { type Draft, type DraftMail, type DraftStep, isEmail, isEmpty, letterOf } from "./draft.ts";
import { placeBefore } from "./pairs.ts";

export type Found = Awaited<ReturnType<typeof api.rehearsals.problems>>;

export type Problem = { says: string; contactIds?: readonly string[] };

export function problemsOf(
  step: DraftStep,
  index: number,
  draft: Draft,
  found: Found | undefined,
): Problem[] {
  if (!step.isOn) return [];
  return [
    ...ofMails(step),
    ...ofGaps(step),
    ...ofThread(step, index, draft),
    ...ofPairs(step, index, draft),
    ...ofValues(step, found),
  ];
}

function ofMails({ type, mails }: DraftStep): Problem[] {
  if (!isEmail(type)) return [];
  const empty = mails.flatMap((mail, at) => (mail.isOn && isEmpty(mail) ? [letterOf(at)] : []));
  if (mails.length > 0 && mails.every((mail) => isEmpty(mail)))
    return [{ says: "The mail is still empty, so nothing can be sent." }];
  if (!mails.some((mail) => mail.isOn && !isEmpty(mail)))
    return [{ says: "No variant is switched on, so nothing is sent and whoever comes here waits." }];
  const lacks = mails.some((mail) => mail.isOn && !mail.isReply && mail.subject.trim() === "");
  return [
    ...(empty.length > 0 ? [{ says: `Variant ${empty.join(", ")} is empty and is not sent.` }] : []),
    ...(lacks ? [{ says: "A mail that begins a thread has no subject." }] : []),
  ];
}

const TO_FILL = /\[[^[\]<>{}]{3,80}\]/;

/** What a starting point leaves to whoever writes. */
function ofGaps({ mails }: DraftStep): Problem[] {
  const gaps = new Set(mails.flatMap(({ subject, html }) => TO_FILL.exec(`${subject} ${html}`)?.[0] ?? []));
  return [...gaps].map((gap) => ({ says: `There is still ${gap} to be filled in.` }));
}

function ofThread(step: DraftStep, index: number, draft: Draft): Problem[] {
  if (!isEmail(step.type) || !step.mails.some((mail) => mail.isReply && mail.isOn)) return [];
  const before = draft.slice(0, index).filter(({ type }) => isEmail(type));
  const begins = ({ mails }: DraftStep) => mails.some((mail) => !mail.isReply);
  if (!before.some(begins))
    return [
      { says: "It replies in a thread, but no mail before it begins one. It cannot be saved like this." },
    ];
  if (!before.some((one) => one.isOn && begins(one)))
    return [{ says: "It replies in a thread, but the step that begins the thread is switched off." }];
  return [];
}

/** What becomes of it when it is saved is said before. */
function ofPairs({ mails }: DraftStep, index: number, draft: Draft): Problem[] {
  return mails.flatMap(({ goesWith }, at) => {
    if (!goesWith || placeBefore(draft, index, goesWith)) return [];
    const isForAll = (other: DraftMail) => other.isOn && !isEmpty(other) && !other.goesWith;
    const says = mails.some(isForAll)
      ? "once this is saved it is off until somebody approves it for everybody"
      : "once this is saved it is for everybody";
    return [{ says: `Variant ${letterOf(at)} goes with a mail that is no longer before it: ${says}.` }];
  });
}

function ofValues({ id }: DraftStep, found: Found | undefined): Problem[] {
  const missing = found?.missing.filter(({ emailer_step_id }) => emailer_step_id === id) ?? [];
  const unreadable = found?.unreadable.filter(({ emailer_step_id }) => emailer_step_id === id) ?? [];
  const atLeast = found && found.looked_at < found.people ? "At least " : "";
  return [
    ...unreadable.map(({ sentence }) => ({ says: sentence })),
    ...missing.map(({ variable, count: n, contact_ids }) => ({
      says: `${atLeast}${count(n, "contact has", "contacts have")} no value for {{${variable}}}. Without one their mail is not sent, and they stop there.`,
      contactIds: contact_ids,
    })),
  ];
}
