// What happened to one person in one sequence, step by step, up to a moment: plain rows, written down by history.ts.
//
// Easy to get wrong: the counters read these rows, so each way a story ends leaves the state, the reason, the last mail
// and the events that the product itself would have left (server/domain/enrollments/enrollment.ts).

import { REASONS } from "../domain/enrollments/enrollment.ts";
import type { NewEnrollment } from "../features/enrollments/enrollments/store.ts";
import type { PastHappening } from "../features/events/events/store.ts";
import type { SeenAnswer } from "../features/receiving/incoming/marks-store.ts";
import type { IncomingRow } from "../features/receiving/incoming/store.ts";
import type { NewMessage } from "../features/sending/messages/store.ts";
import type { StepTask } from "../features/work/tasks/store.ts";
import { newId } from "../kernel/ids.ts";
import { DAY, HOUR, instant } from "./acting.ts";
import type { SampleEnding } from "./casting.ts";
import type { Chance } from "./chance.ts";
import { end, finish, note, see } from "./endings.ts";
import { mailFor, openings, sentMailFacts } from "./mails.ts";
import { atWork, atWorkBy, workingDaysAfter } from "./office-hours.ts";
import type { PlantedSequence, PlantedStep } from "./plant-sequences.ts";
import { taskFor } from "./step-tasks.ts";
import { away } from "./what-came.ts";

const MINUTE = 60_000;

export type Cast = {
  contact: {
    id: string;
    name: string;
    firstName: string;
    email: string;
    company: string;
    accountId: string | null;
    city: string;
  };
  sequence: PlantedSequence;
  sender: { userId: string; name: string; mailboxId: string; email: string };
  ending: SampleEnding;
  addedAt: number;
  /** How far the story is told: until now, or until the sequence was switched off. */
  until: number;
};

export type Story = {
  enrollment: NewEnrollment;
  messages: NewMessage[];
  tasks: StepTask[];
  events: PastHappening[];
  /** What came back, and what is known of the mails by it. */
  incoming: IncomingRow[];
  seen: SeenAnswer[];
  lastAt: number;
  openedAt: number | null;
  clickedAt: number | null;
  /** When the ending came, for those that have one. */
  endedAt: number | null;
};

export type Telling = Story & { chance: Chance; cast: Cast };

export function tellStory(chance: Chance, cast: Cast): Story {
  const mailSteps = cast.sequence.steps.filter(({ isMail }) => isMail);
  if (!endsAtMail(cast.ending)) return tellUntil(chance, cast, null);
  const story = tellUntil(chance, cast, chance.pick(mailSteps));
  // By the hour of the day and the weekend that mail may still lie ahead: then it turned at the first one.
  return story.endedAt === null ? tellUntil(chance, cast, mailSteps[0] ?? null) : story;
}

function tellUntil(chance: Chance, cast: Cast, turning: PlantedStep | null): Story {
  const telling = begin(chance, cast);
  const { steps } = cast.sequence;
  let done = instantOf(telling.enrollment.addedAt);
  for (const step of steps) {
    const due = step.position === 1 ? done + 20 * MINUTE : workingDaysAfter(chance, done, step.waitDays);
    telling.enrollment.currentStepId = step.id;
    if (due > cast.until) return wait(telling, step, due);
    if (step === turning) return end(telling, step, due);
    const isDone =
      step.isMail && step.type === "auto_email" ? sendMail(telling, step, due) : doTask(telling, step, due);
    if (isDone === null) return telling;
    done = isDone;
  }
  return finish(telling, Math.min(done + MINUTE, cast.until), cast.ending.kind === "finishedByHand");
}

function begin(chance: Chance, cast: Cast): Telling {
  const addedAt = atWorkBy(chance, cast.addedAt, cast.until - HOUR);
  const enrollment: NewEnrollment = {
    id: newId(),
    sequenceId: cast.sequence.id,
    contactId: cast.contact.id,
    state: "active",
    inactiveReason: null,
    failureReason: null,
    currentStepId: null,
    mailboxId: cast.sender.mailboxId,
    sendFromEmail: cast.sender.email,
    addedBy: cast.sender.userId,
    addedAt: instant(addedAt),
    dueAt: null,
    pausedAt: null,
    resumeAt: null,
    finishedAt: null,
    failedAt: null,
    inResponseTo: null,
    updatedAt: instant(addedAt),
  };
  const telling: Telling = {
    chance,
    cast,
    enrollment,
    messages: [],
    tasks: [],
    events: [],
    incoming: [],
    seen: [],
    lastAt: addedAt,
    openedAt: null,
    clickedAt: null,
    endedAt: null,
  };
  note(telling, "enrollment.added", addedAt, { step_position: 1 }, cast.sender.userId);
  return telling;
}

function endsAtMail({ kind }: SampleEnding) {
  return ["replies", "unsubscribes", "bounces", "spamBlocked", "changedJob"].includes(kind);
}

/** A contact in the middle: the next step lies ahead, unless a user or an absence has paused them. */
function wait(telling: Telling, step: PlantedStep, due: number): Story {
  const { chance, cast, enrollment } = telling;
  enrollment.dueAt = instant(due);
  const pausedAt = telling.lastAt + (cast.until - telling.lastAt) * chance.next() * 0.8;
  const fate = step.position === 1 ? 1 : chance.next();
  if (cast.sequence.isOver || fate > 0.14) {
    if (!cast.sequence.isOver && step.type === "auto_email") plan(telling, step, due);
    return telling;
  }
  const isAway = fate < 0.06;
  const reason = isAway ? "out of office" : REASONS.manuallyPaused;
  Object.assign(enrollment, {
    state: "paused",
    inactiveReason: reason,
    pausedAt: instant(pausedAt),
    resumeAt: isAway ? instant(cast.until + (2 + chance.whole(1, 12)) * DAY) : null,
    updatedAt: instant(pausedAt),
  });
  const mail = telling.messages.at(-1);
  if (isAway && mail?.delivery === "sent") {
    mail.replyClass = "out_of_office";
    away(telling, mail, pausedAt, enrollment.resumeAt?.epochMilliseconds ?? cast.until);
  }
  const userId = isAway ? null : cast.sender.userId;
  note(telling, "enrollment.paused", pausedAt, { step_position: step.position, reason }, userId);
  return telling;
}

function plan(telling: Telling, step: PlantedStep, due: number) {
  const mail = mailFor(telling.chance, telling.cast, step, telling.enrollment.id, telling.lastAt);
  telling.messages.push({ ...mail, delivery: "planned", dueAt: instant(due), nextCheckAt: instant(due) });
}

function sendMail(telling: Telling, step: PlantedStep, at: number) {
  const { chance, cast } = telling;
  const mail = mailFor(chance, cast, step, telling.enrollment.id, at - HOUR);
  const seen = openings(chance, at, cast.until, false);
  const sent = { ...mail, ...sentMailFacts(mail.id, at), ...seen.counts };
  telling.messages.push(sent);
  see(telling, sent, at, seen);
  return at;
}

/** A call, a visit, a mail by hand. Null where it is still to be done. */
function doTask(telling: Telling, step: PlantedStep, due: number): number | null {
  const { chance, cast, enrollment } = telling;
  const surfaces = Math.floor(due / DAY) * DAY + 7 * HOUR;
  const doneAt = Math.max(
    atWork(chance, surfaces + (chance.happens(0.7) ? 0 : DAY)),
    telling.lastAt + 10 * MINUTE,
  );
  const isOpen = doneAt > cast.until || (cast.ending.kind === "goesOn" && chance.happens(0.3));
  if (isOpen && cast.sequence.isOver) {
    enrollment.dueAt = instant(due);
    return null;
  }
  const mail = step.isMail ? mailFor(chance, cast, step, enrollment.id, surfaces) : null;
  if (mail) {
    const seen = isOpen ? null : openings(chance, doneAt, cast.until, false);
    const written: NewMessage = isOpen
      ? { ...mail, delivery: "draft", dueAt: instant(due) }
      : { ...mail, ...sentMailFacts(mail.id, doneAt), ...seen?.counts };
    telling.messages.push(written);
    if (seen) see(telling, written, doneAt, seen);
  }
  telling.tasks.push(taskFor(telling, step, due, isOpen ? null : doneAt, mail?.id ?? null));
  if (isOpen) {
    enrollment.dueAt = instant(due);
    return null;
  }
  telling.lastAt = Math.max(telling.lastAt, doneAt);
  enrollment.updatedAt = instant(doneAt);
  return doneAt;
}

function instantOf(moment: Temporal.Instant) {
  return moment.epochMilliseconds;
}
