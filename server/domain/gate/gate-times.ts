// What the gate finds in hours, limits and mailboxes: what passes by itself, and when.

import type { Evidence, RuleFinding } from "../basics/evidence.ts";
import { DAY, dayIn, type Full, fullDay, fullMinutes, fullWindow, HOUR, tooSoon } from "../basics/limits.ts";
import { rampWords } from "../basics/ramp.ts";
import { fullTouches } from "../sequences/touches.ts";
import { holidaysUntil, nextOpening, placeFor } from "../time/schedule.ts";
import { fullLinkedInDay } from "../work/linkedin-limits.ts";
import type { GateFacts } from "./gate-facts.ts";
import { fullRecipients } from "./recipient-limits.ts";

/** So long it is waited for another before the mail fails. */
const WAITS_FOR_MAILBOX = { hours: 72 };

export function noMailbox({ mailbox, membership }: GateFacts): RuleFinding | null {
  if (mailbox?.isConnected || mailbox?.userLeftAt) return null;
  const since = mailbox?.inactiveSince ?? null;
  const from = later(membership.dueAt, since);
  return {
    evidence: {
      mailboxId: mailbox?.id ?? null,
      email: mailbox?.email ?? null,
      reason: mailbox ? (mailbox.inactiveReason ?? "inactive") : "none",
      givesUpAt: from?.add(WAITS_FOR_MAILBOX) ?? null,
    },
    since,
  };
}

export function atRest({ mailbox, now }: GateFacts): RuleFinding | null {
  if (!mailbox?.backoffUntil || Temporal.Instant.compare(mailbox.backoffUntil, now) <= 0) return null;
  const { id: mailboxId, email, backoffReason: reason, backoffUntil: until } = mailbox;
  return { evidence: { mailboxId, email, reason }, until };
}

/** The inbox may hold a contact's answer that was not read yet. */
export function unreadInbox({ mailbox, now }: Pick<GateFacts, "mailbox" | "now">): RuleFinding | null {
  if (!mailbox?.inbox) return null;
  const { readAt, freshUntil, trouble, connectedAt } = mailbox.inbox;
  if (freshUntil && Temporal.Instant.compare(freshUntil, now) > 0) return null;
  const isFirst =
    readAt === null && trouble === null && Temporal.Instant.compare(connectedAt.add(FIRST_READING), now) > 0;
  return {
    evidence: {
      mailboxId: mailbox.id,
      email: mailbox.email,
      readAt,
      trouble,
      connectedAt,
      firstReading: isFirst ? "underway" : null,
    },
    since: freshUntil,
  };
}

/** A new mailbox is read within a minute where an engine runs. Until then nothing is wrong with it. */
const FIRST_READING = { minutes: 5 };

export function outsideHours({ sequence: { schedule }, person, now }: GateFacts): RuleFinding | null {
  const place = placeFor(schedule, person);
  const { zone } = place;
  const opens = nextOpening(place.schedule, zone, now);
  if (opens && Temporal.Instant.compare(opens, now) === 0) return null;
  const [holiday] = opens ? holidaysUntil(place, now, opens) : [];
  const because = holiday && {
    holiday: holiday.name,
    holidayIn: holiday.of,
    holidayOn: String(holiday.date),
  };
  return { evidence: { zone, opensAt: opens, ...because }, until: opens };
}

export function windowFull({ mailbox, now }: GateFacts, kind: "day" | "hour"): RuleFinding | null {
  if (!mailbox) return null;
  const window = kind === "day" ? mailbox.lastDay : mailbox.lastHour;
  const full = fullWindow(window, kind === "day" ? DAY : HOUR);
  if (!full || (full.freeAt && Temporal.Instant.compare(full.freeAt, now) <= 0)) return null;
  const { limit, sent, elsewhere = 0 } = window;
  const evidence = { mailboxId: mailbox.id, email: mailbox.email, limit, sent };
  const { ramp } = mailbox;
  const because = kind === "day" && ramp !== null && { ramp: rampWords(ramp) };
  return { evidence: { ...evidence, ...(elsewhere > 0 && { elsewhere }), ...because }, until: full.freeAt };
}

/** Who got an email of the sequence before is no new contact. */
export function newcomersOfMailboxFull({ mailbox, membership, now }: GateFacts): RuleFinding | null {
  if (!mailbox || membership.hasSentMail) return null;
  const { limit, sent } = mailbox.newContacts;
  const full = fullWindow(mailbox.newContacts, DAY);
  if (!full || (full.freeAt && Temporal.Instant.compare(full.freeAt, now) <= 0)) return null;
  return { evidence: { mailboxId: mailbox.id, email: mailbox.email, limit, sent }, until: full.freeAt };
}

/** Of a domain whose provider is looked up, the first email waits for the answer: what it counts for is not known yet. */
export function recipientsFull({ recipient, mailbox, now }: GateFacts): RuleFinding | null {
  if (!recipient || !mailbox) return null;
  const { domain, providerName, lookedUpBy } = recipient;
  const about = { mailboxId: mailbox.id, email: mailbox.email, domain };
  if (lookedUpBy) return { evidence: { ...about, isLookedUp: true }, until: lookedUpBy };
  const binding = fullRecipients(recipient, now);
  if (!binding) return null;
  const { to, provider: only, most: limit, per, key, window } = binding.standing;
  const isUnknown = to === "provider" && key.startsWith("host ");
  const provider = to === "provider" ? providerName : null;
  const evidence = { ...about, limit, sent: window.sent, per, to, provider, only, isUnknown };
  return { evidence, until: binding.full.freeAt };
}

export function withinGap({ mailbox, now }: GateFacts): RuleFinding | null {
  const soon = mailbox && tooSoon(mailbox.gapSeconds, mailbox.lastSentAt, now);
  if (!soon) return null;
  const { id: mailboxId, email, gapSeconds, lastSentAt, lastElsewhereAt } = mailbox;
  const isElsewhere = lastSentAt !== null && lastElsewhereAt?.equals(lastSentAt) === true;
  const evidence = { mailboxId, email, gapSeconds, lastSentAt, ...(isElsewhere && { elsewhere: true }) };
  return { evidence, until: soon.freeAt };
}

export function touchedEnough({ touches, step, now, person }: GateFacts): RuleFinding | null {
  const binding = fullTouches(touches, step?.type ?? "auto_email", now);
  if (!binding) return null;
  const { standing, full } = binding;
  const { scope, counts, key, days, most: limit } = standing;
  const evidence = { contactId: person.id, scope, counts, key, limit, days, sent: standing.window.sent };
  return { evidence, until: full.freeAt };
}

/** In the zone of the schedule, whose days are meant, and not in each contact's. */
export function zoneOfDays({ schedule }: Pick<GateFacts["sequence"], "schedule">) {
  return schedule?.timeZone ?? "UTC";
}

function dayFull(
  full: Full | null,
  evidence: Evidence,
  sequence: GateFacts["sequence"],
  now: Temporal.Instant,
) {
  if (!full) return null;
  const zone = zoneOfDays(sequence);
  return { evidence: { ...evidence, zone }, since: dayIn(zone, now).began, until: full.freeAt };
}

export function sequenceFull({ sequence, now }: GateFacts): RuleFinding | null {
  const { id: sequenceId, dailyLimit: limit, sentToday: sent } = sequence;
  return dayFull(fullDay(limit, sent, zoneOfDays(sequence), now), { sequenceId, limit, sent }, sequence, now);
}

/** Who got an email of the sequence before is no new contact. */
export function newcomersFull({ sequence, membership, now }: GateFacts): RuleFinding | null {
  if (membership.hasSentMail) return null;
  const { id: sequenceId, newLimit: limit, newToday: sent } = sequence;
  return dayFull(fullDay(limit, sent, zoneOfDays(sequence), now), { sequenceId, limit, sent }, sequence, now);
}

export function stepFull({ sequence, step, now }: GateFacts): RuleFinding | null {
  if (!step) return null;
  const { id: stepId, dailyLimit: limit, sentToday: sent } = step;
  const ofTasks = step.type !== "auto_email" && { ofTasks: true };
  const evidence = { stepId, limit, sent, ...ofTasks };
  return dayFull(fullDay(limit, sent, zoneOfDays(sequence), now), evidence, sequence, now);
}

export function linkedInFull({ linkedIn }: GateFacts): RuleFinding | null {
  const full = linkedIn && fullLinkedInDay(linkedIn);
  if (!full) return null;
  const { userId, userName, type, limit, done, open } = linkedIn;
  return { evidence: { userId, userName, type, limit, done, open }, until: full.freeAt };
}

export function domainFull({ domain, now }: GateFacts): RuleFinding | null {
  const full = domain && fullMinutes(domain.lastDay, DAY);
  if (!domain || !full || (full.freeAt && Temporal.Instant.compare(full.freeAt, now) <= 0)) return null;
  const { limit, sent } = domain.lastDay;
  return { evidence: { domain: domain.name, limit, sent }, until: full.freeAt };
}

function later(one: Temporal.Instant | null, other: Temporal.Instant | null) {
  if (!one || !other) return one ?? other;
  return Temporal.Instant.compare(one, other) < 0 ? other : one;
}
