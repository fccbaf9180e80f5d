import { LOOPS, type LoopName } from "../../../domain/basics/engine-loops.ts";
import { wordsFor } from "../../../domain/enrollments/failure-words.ts";
import { brakeSays } from "../../../domain/gate/brake-words.ts";
import { heldBackIn, isOnlyWaiting } from "../../../domain/gate/clone-guard.ts";
import type { HeldBy } from "../../../domain/insight/explaining.ts";
import { HOLD_WORDS, type HoldCode } from "../../../domain/insight/hold-words.ts";
import { stored, storedOrNull } from "../../../kernel/moments.ts";
import { say } from "../../../kernel/say.ts";
import type { LoopAside } from "../../events/set-aside/store.ts";
import type { BrakeRow } from "../../gate/brakes/store.ts";
import type { FenceRow } from "../../gate/clone-guard/store.ts";
import type { NewsLine, NewsRow } from "./news-store.ts";
import type { BoxToday, DayOfMail, HeldSequence, TodayCounts } from "./store.ts";

type Noticed = {
  failedJobs: number;
  undeclaredProxy: string | null;
  aside: readonly LoopAside[];
  brakes: readonly BrakeRow[];
};

export function presentToday(counts: TodayCounts & Noticed, fence: FenceRow) {
  const {
    failedJobs,
    overdue,
    dueToday,
    replies,
    questions,
    catchesMail,
    sampleComing,
    inboxesBehind,
    undeclaredProxy,
    aside,
    brakes,
    mailsToday,
    mailsNextDay,
    nextMailAt,
    ...mails
  } = counts;
  const heldBack = heldBackIn(fence);
  return {
    tasks: { overdue, due_today: dueToday },
    replies: { open: replies, questions },
    mails: {
      ...mails,
      due_today: mailsToday,
      due_next_day: mailsNextDay,
      first_due_at: storedOrNull(nextMailAt),
    },
    failed_jobs: failedJobs,
    sending_held: heldBack !== null && !isOnlyWaiting(heldBack),
    waits_for_standby: isOnlyWaiting(heldBack),
    catches_mail: catchesMail,
    sample_coming: sampleComing,
    inboxes_behind: inboxesBehind,
    undeclared_proxy: undeclaredProxy,
    set_aside: aside.map(presentAside),
    brakes: brakes.map(({ id, ...brake }) => ({ id, sentence: brakeSays(brake) })),
  };
}

function presentAside({ loop, subjects, isTeam, since, until }: LoopAside) {
  const says = LOOPS[loop as LoopName]?.says ?? loop;
  return {
    code: loop,
    says: isTeam ? say("{says}, for the whole team", { says }) : says,
    subjects,
    since: stored(since),
    tried_again_at: stored(until),
  };
}

export function presentHeldUp({ code, isFailure, position, ...row }: HeldSequence) {
  return {
    emailer_campaign_id: row.sequenceId,
    emailer_campaign_name: row.sequenceName,
    code,
    sentence: isFailure
      ? say("A step failed: {code}.", { code: wordsFor(code) })
      : sentenceFor(code as HoldCode, position),
    has_failed: isFailure,
    contacts: row.contacts,
    since: storedOrNull(row.since),
  };
}

function sentenceFor(code: HoldCode, position: number | null) {
  if (code === "needs_review") return HOLD_WORDS.needs_review.says({ position, mails: 1 }, String);
  if (code === "no_active_email_account")
    return say("The mailbox that sends to these contacts is not connected.");
  return HOLD_WORDS[code].means;
}

/** What does not pass by itself in a while, and of which a person should know. */
const TROUBLES: readonly HoldCode[] = ["server_hangs", "inbox_unread"];

/** A new mailbox whose inbox is being read for the first time is in order. */
function isTrouble({ code, evidence }: HeldBy) {
  return TROUBLES.includes(code) && !evidence.firstReading;
}

/** How the mailbox stands, by explaining's judgement. */
type Stands = {
  state: "ready" | "resting" | "disconnected";
  heldBy: readonly HeldBy[];
  sending: { freeAt: Temporal.Instant | null };
};

/** As the mailbox's own page and explain judge it; `trouble` is what of it needs a look. */
export function presentBox(box: BoxToday, { state: stands, heldBy, sending }: Stands) {
  const fails = stands === "ready" && box.failures > 0;
  const isTroubled = fails || heldBy.some(isTrouble);
  const state: Stands["state"] | "trouble" = isTroubled && stands !== "disconnected" ? "trouble" : stands;
  return {
    id: box.id,
    email: box.email,
    user_id: box.userId,
    state,
    says: saysOf(box, state, heldBy),
    resting_until: state === "resting" ? storedOrNull(sending.freeAt) : null,
    sent_last_day: box.sentLastDay,
    sent_elsewhere_last_day: box.elsewhereLastDay,
    email_daily_threshold: box.dailyLimit,
    waiting: box.waiting,
  };
}

function saysOf(box: BoxToday, state: string, heldBy: readonly HeldBy[]) {
  if (state === "ready") return null;
  if (state === "disconnected")
    return box.inactiveReason ?? (box.isRevoked ? say("It was disconnected.") : say("It is turned off."));
  const [first] = heldBy;
  if (first) return first.code === "provider_rate_limited" ? box.backoffReason : first.rule;
  return box.lastTestError;
}

export function presentDay({ date, ...counts }: DayOfMail) {
  return { date: date.toString(), ...counts };
}

export function presentNewsLine({ kind, group, groupName, count }: NewsLine) {
  return { kind, group: group === "none" ? null : group, group_name: groupName, count };
}

export function presentNewsRow({ id, at, contactId, contactName, title }: NewsRow) {
  return { id, at: stored(at), contact_id: contactId, contact_name: contactName, title };
}
