// The sequences, made by the commands that everybody uses; switched off and put away once their history stands.

import type { Act } from "../app.ts";
import { isEmail } from "../domain/sequences/sequence-plan.ts";
import { createSchedule } from "../features/editing/schedule-editing/commands.ts";
import {
  abortSequence,
  archiveSequence,
  createSequence,
  starSequence,
} from "../features/editing/sequence-editing/commands.ts";
import type { StepWish } from "../features/editing/step-editing/steps-compose.ts";
import { createTemplate, starTemplate } from "../features/editing/template-editing/commands.ts";
import { createFolder } from "../features/sequences/folders/commands.ts";
import { listSteps, type StepRow } from "../features/sequences/steps/store.ts";
import { findTemplates } from "../features/sequences/templates/store.ts";
import { listTouches } from "../features/sequences/touches/store.ts";
import { asIf, DAY } from "./acting.ts";
import { ENDED_DAYS_AGO } from "./casting.ts";
import { type SampleSequence, type SampleStep, SEQUENCES } from "./sequences.ts";
import { TEMPLATES } from "./words.ts";

export type PlantedStep = Pick<StepRow, "id" | "position" | "type" | "note"> & {
  waitDays: number;
  isMail: boolean;
  touches: { id: string; subject: string | null; bodyHtml: string | null; bodyText: string | null }[];
};

export type PlantedSequence = {
  id: string;
  firstSubject: string;
  steps: PlantedStep[];
  /** Switched off or put away at the end of its history. */
  isOver: boolean;
};

const MADE_DAYS_AGO = 130;

export async function plantSequences(act: Act, now: number, people: readonly string[]) {
  const madeAt = now - MADE_DAYS_AGO * DAY;
  const start = asIf(act, madeAt);
  const folders = {
    campaigns: await createFolder(start, { kind: "sequences", name: "Campaigns", parentId: null }),
    events: await createFolder(start, { kind: "sequences", name: "Events", parentId: null }),
    snippets: await createFolder(start, { kind: "templates", name: "First lines", parentId: null }),
  };
  for (const [n, mail] of TEMPLATES.entries()) {
    const template = await createTemplate(start, { ...mail, isGlobal: true, folderId: folders.snippets.id });
    if (n === 0) await starTemplate(start, template.id, true);
  }
  const planted: PlantedSequence[] = [];
  for (const [n, sequence] of SEQUENCES.entries()) {
    const owner = people[n % people.length] as string;
    const isEvent = /fair|webinar/i.test(sequence.name);
    const folderId = isEvent ? folders.events.id : n % 3 === 0 ? folders.campaigns.id : null;
    planted.push(await plantSequence(asIf(act, madeAt + n * 3_600_000, owner), sequence, folderId));
  }
  for (const { id } of planted.slice(0, 2)) await starSequence(start, id, true);
  return planted;
}

/** A newcomer who looks around on a Sunday evening sees something happen too. */
async function plantOpenSchedule(act: Act) {
  const days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
  const hours = Object.fromEntries(days.map((day) => [day, [[0, 24]]]));
  return (await createSchedule(act, { name: "Day and night", hours })).id;
}

async function plantSequence(
  act: Act,
  { name, state, steps, isAlwaysOpen }: SampleSequence,
  folderId: string | null,
) {
  const scheduleId = isAlwaysOpen && (await plantOpenSchedule(act));
  const id = await createSequence(
    act,
    {
      name,
      folderId,
      ...(scheduleId && { scheduleId }),
      visibility: "everyone",
      isActive: true,
      rules: {},
      // People of clients and of open deals have been in it since before they were: what is planned for them is to go out.
      excludedAccountStageIds: [],
      steps: steps.map(stepWish),
    },
    { isPrefilled: true },
  );
  const { db, caller } = act;
  const stepRows = await listSteps(db, caller.teamId, id);
  const touches = await listTouches(db, caller.teamId, id);
  const mails = await findTemplates(
    db,
    caller.teamId,
    touches.map(({ templateId }) => templateId),
  );
  const mailOf = new Map(mails.map((mail) => [mail.id, mail]));
  const planted: PlantedStep[] = stepRows.map(({ id, position, type, note, waitTime }) => ({
    id,
    position,
    type,
    note,
    waitDays: waitTime,
    isMail: isEmail(type),
    touches: touches.flatMap((touch) => {
      const mail = mailOf.get(touch.templateId);
      if (touch.stepId !== id || !mail) return [];
      return { id: touch.id, subject: mail.subject, bodyHtml: mail.bodyHtml, bodyText: mail.bodyText };
    }),
  }));
  const firstSubject = planted.find(({ isMail }) => isMail)?.touches[0]?.subject ?? name;
  return { id, firstSubject, steps: planted, isOver: state !== "active" };
}

function stepWish({ type, waitDays, waitMinutes, note, mails }: SampleStep): StepWish {
  return {
    type,
    waitTime: waitMinutes ?? waitDays,
    waitMode: waitMinutes === undefined ? "day" : "minute",
    note: note ?? null,
    touches: mails?.map(({ subject, body }) => ({
      type: subject === null && type !== "linkedin_step_message" ? "reply_to_thread" : "new_thread",
      status: "approved",
      mail: { subject, bodyHtml: body },
    })),
  };
}

/** The commands pause and finish the contacts who are still in one, and record it. */
export async function endSequences(act: Act, now: number, planted: readonly PlantedSequence[]) {
  for (const [n, { state }] of SEQUENCES.entries()) {
    const id = planted[n]?.id;
    if (state === "active" || !id) continue;
    const end = state === "archived" ? archiveSequence : abortSequence;
    await end(asIf(act, now - ENDED_DAYS_AGO[state] * DAY), id);
  }
}
