// What the sample team's people do beside sequences: deals, calls, notes, and tasks of their own.

import type { Act } from "../app.ts";
import { writeNote } from "../features/contacts/notes/commands.ts";
import { logCall } from "../features/desk/calls/commands.ts";
import { listOutcomes, listPurposes } from "../features/desk/calls/store.ts";
import { createTasks } from "../features/desk/tasks/commands.ts";
import { listStages } from "../features/work/deal-stages/store.ts";
import { changeDeal, createDeal } from "../features/work/deals/commands.ts";
import type { StepTask } from "../features/work/tasks/store.ts";
import { asIf, DAY, HOUR, instant } from "./acting.ts";
import type { Chance } from "./chance.ts";
import { atWork } from "./office-hours.ts";
import type { SampleContext } from "./plant-history.ts";
import type { PlantedPerson } from "./plant-records.ts";
import { CALL_NOTES, DEALS, NOTES } from "./words.ts";

type Work = Pick<SampleContext, "chance" | "people" | "companies" | "accountIds" | "sellers">;

const CLOSED_LOST = ["Went with the current supplier", "No budget this year", "Project postponed"];

export async function plantDeals(
  act: Act,
  now: number,
  { chance, people, companies, accountIds, sellers }: Work,
) {
  const stages = await listStages(act.db, act.caller.teamId);
  const warm = chance.shuffled(people.filter(({ stage }) => ["Interested", "Replied"].includes(stage)));
  const ids: string[] = [];
  for (const [n, person] of warm.slice(0, 40).entries()) {
    const stage = stages[n % stages.length];
    const owner = sellers[person.owner]?.userId;
    const openedAt = atWork(chance, now - (8 + chance.next() * 100) * DAY);
    const day = (days: number) =>
      instant(now + days * DAY)
        .toZonedDateTimeISO("UTC")
        .toPlainDate();
    const { deal } = await createDeal(asIf(act, openedAt, owner), {
      name: `${companies[person.company]?.name}: ${chance.pick(DEALS)}`,
      accountId: accountIds[person.company] ?? null,
      ownerId: owner,
      amount: String(chance.whole(4, 90) * 1000),
      currency: "EUR",
      closesOn: day(stage?.isClosed ? -chance.whole(1, 20) : chance.whole(5, 90)),
      nextStep: stage?.isClosed ? null : chance.pick(["Send the offer", "Visit the plant", "Reference call"]),
      nextStepOn: stage?.isClosed ? null : day(chance.whole(1, 14)),
      roles: [{ contactId: person.id, roles: [{ is: "name", name: "Decision Maker" }], isPrimary: true }],
    });
    ids.push(deal.id);
    if (stage && stage.id !== deal.stageId) {
      const movedAt = Math.min(now - HOUR, openedAt + (1 + chance.next() * 6) * DAY);
      const closedLostReason = stage.isClosed && !stage.isWon ? chance.pick(CLOSED_LOST) : undefined;
      await changeDeal(asIf(act, movedAt, owner), deal.id, { stageId: stage.id, closedLostReason });
    }
  }
  return ids;
}

const CALLS = 120;

/** Calls that steps asked for; every other one of them connects. */
export async function plantCalls(
  act: Act,
  { chance, people }: Pick<Work, "chance" | "people">,
  tasks: readonly StepTask[],
) {
  const outcomes = await listOutcomes(act.db, act.caller.teamId);
  const purposes = await listPurposes(act.db, act.caller.teamId);
  const personOf = new Map(people.map((person) => [person.id, person]));
  const done = chance.shuffled(tasks.filter(({ type, completedAt }) => type === "call" && completedAt));
  const chosen = done.slice(0, CALLS).sort((a, b) => timeOf(a) - timeOf(b));
  for (const task of chosen) {
    const outcome = chance.pick(chance.happens(0.45) ? outcomes.filter((one) => one.isConnect) : outcomes);
    const duration = outcome.isConnect ? chance.whole(60, 900) : chance.whole(5, 40);
    const endedAt = timeOf(task);
    await logCall(asIf(act, endedAt, task.userId), null, {
      userId: task.userId,
      contactId: task.contactId,
      accountId: task.accountId,
      taskId: task.id,
      outcomeId: outcome.id,
      purposeId: chance.pick(purposes).id,
      isInbound: chance.happens(0.08),
      toNumber: personOf.get(task.contactId ?? "")?.phone ?? null,
      status: outcome.isConnect ? "completed" : "no_answer",
      startedAt: instant(endedAt - duration * 1000),
      endedAt: instant(endedAt),
      duration,
      note: outcome.isConnect ? chance.pick(CALL_NOTES) : null,
    });
  }
  return chosen.length;
}

function timeOf({ completedAt }: StepTask) {
  return completedAt?.epochMilliseconds ?? 0;
}

const NOTE_COUNT = 150;

export async function plantNotes(act: Act, now: number, work: Work, dealIds: readonly string[]) {
  const { chance, people, accountIds, sellers } = work;
  const known = chance.shuffled(people.filter(({ stage }) => stage !== "New")).slice(0, NOTE_COUNT);
  const times = known.map(() => daysBack(chance, now, 100)).sort((a, b) => a - b);
  for (const [n, person] of known.entries()) {
    const about = {
      contactIds: [person.id],
      accountIds: n % 3 === 0 ? [accountIds[person.company] as string] : [],
      dealIds: n % 10 === 0 ? [dealIds[n / 10] ?? ""].filter(Boolean) : [],
      conversationIds: [],
    };
    const by = sellers[person.owner]?.userId;
    await writeNote(asIf(act, times[n] as number, by), {
      content: chance.pick(NOTES),
      isPinned: n % 25 === 0,
      about,
      mentions: [],
    });
  }
  return known.length;
}

const OWN_TASKS = 30;

/** Tasks that no sequence made: some overdue, some for today, some ahead. */
export async function plantOwnTasks(act: Act, now: number, { chance, people, sellers }: Work) {
  const chosen: PlantedPerson[] = chance.shuffled(
    people.filter(({ stage }) => stage === "Interested" || stage === "Replied"),
  );
  const today = Math.floor(now / DAY) * DAY;
  for (const [n, person] of chosen.slice(0, OWN_TASKS).entries()) {
    const due = today + [-4, -2, -1, 0, 0, 0, 1, 2, 5][n % 9]! * DAY + 14 * HOUR;
    const userId = sellers[person.owner]?.userId as string;
    await createTasks(asIf(act, Math.min(now, due) - 3 * DAY, userId), [
      {
        userId,
        creatorId: undefined,
        contactId: person.id,
        accountId: undefined,
        dealId: undefined,
        type: chance.pick(["call", "action_item", "action_item"]),
        status: undefined,
        priority: chance.pick(["high", "medium", "low"]),
        dueAt: instant(due),
        title: undefined,
        note: chance.pick(CALL_NOTES),
      },
    ]);
  }
}

function daysBack(chance: Chance, now: number, days: number) {
  return Math.min(now - HOUR, atWork(chance, now - (1 + chance.next() * days) * DAY));
}
