// How often one person, one company or one domain is touched in so many days, over everything a team does: mails of all
// sequences and those that users write, and, where the team says so, calls and LinkedIn steps too. Or how many contacts of one
// company get their first email of a sequence.
//
// Easy to get wrong: the days are whole 24 hours and roll; free mail hosts count as no domain. A rule that counts mails
// holds no call, and a to-do that contacts no one is never held or counted.

import { bindingAmong, type Full, fullMinutes, type LimitWindow, withMore } from "../basics/limits.ts";
import { hostOfEmail, isFreeMail } from "../contacts/companies.ts";
import { isEmail, type StepType } from "./sequence-plan.ts";

const TOUCH_SCOPES = ["person", "company", "domain"] as const;
type TouchScope = (typeof TOUCH_SCOPES)[number];

const TOUCHES_COUNTED = ["emails", "touches", "new_contacts"] as const;
type TouchesCounted = (typeof TOUCHES_COUNTED)[number];

export type TouchLimit = { scope: TouchScope; counts: TouchesCounted; most: number; days: number };

/** How much of one rule's limit a contact has used. */
export type TouchStanding = TouchLimit & {
  /** Equal keys share an allowance. */
  key: string;
  window: LimitWindow;
};

export type Touched = {
  contactId: string | null;
  companyKey: string | null;
  email: string | null;
  /** Their next email of the sequence is not the first. Copies and emails that users write are never a first one. */
  hasSentMail: boolean;
};

/** The key a rule counts by; null where it does not apply. */
export function touchKeyOf(
  { scope, counts }: Pick<TouchLimit, "scope" | "counts">,
  { contactId, companyKey, email, hasSentMail }: Touched,
) {
  if (counts === "new_contacts" && hasSentMail) return null;
  if (scope === "person") return contactId;
  if (scope === "company") return companyKey;
  return isFreeMail(email) ? null : hostOfEmail(email);
}

export function touchWindow({ days }: Pick<TouchLimit, "days">) {
  return { hours: 24 * days };
}

export function binds({ counts }: Pick<TouchLimit, "counts">, type: StepType) {
  return counts === "touches" ? isTouch(type) : isEmail(type);
}

function isTouch(type: StepType) {
  return type !== "action_item";
}

export type FullTouches = { standing: TouchStanding; full: Full };

/** Of those that are full, the one that is free last: it binds. */
export function fullTouches(
  standings: readonly TouchStanding[],
  type: StepType,
  now: Temporal.Instant,
): FullTouches | null {
  return bindingAmong(
    standings.filter((standing) => binds(standing, type)),
    (standing) => fullMinutes(standing.window, touchWindow(standing)),
    now,
  );
}

/** As they stand when those others are let go at this moment, too. */
export function afterTouches(
  standings: readonly TouchStanding[],
  others: readonly (readonly TouchStanding[])[],
  now: Temporal.Instant,
): readonly TouchStanding[] {
  if (standings.length === 0 || others.length === 0) return standings;
  return standings.map((standing) => {
    const more = others.filter((own) => own.some((one) => isSame(one, standing))).length;
    return { ...standing, window: withMore(standing.window, more, touchWindow(standing), now) };
  });
}

function isSame(one: TouchStanding, other: TouchStanding) {
  return lockNameOf(one) === lockNameOf(other) && one.counts === other.counts && one.days === other.days;
}

/** The name of the lock held while touches are counted and mails released. */
export function lockNameOf({ scope, key }: Pick<TouchStanding, "scope" | "key">) {
  return `touches of ${scope} ${key}`;
}
