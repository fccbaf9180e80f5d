// What happens in the sandbox of a trial run: contacts are added, the forecast is made, the time is moved on day by day, and what came
// of it is read. The engine of the sandbox does the sending, as it does everywhere.

import type { App } from "../../app.ts";
import type { Candidate } from "../../domain/insight/trial-run-outcome.ts";
import { outcomesOf } from "../../domain/insight/trial-run-outcome.ts";
import { agreementOf, collisionsAmong, type HourOfMailbox } from "../../domain/insight/trial-run-report.ts";
import { approveSequence } from "../../features/editing/sequence-editing/commands.ts";
import { addContacts, NAMED_AND_AT_ONCE } from "../../features/enrollments/enrolling/commands.ts";
import { USUAL_TERMS } from "../../features/enrollments/enrolling/terms.ts";
import { findTeam } from "../../features/identity/teams/store.ts";
import { foresee } from "../../features/insight/forecasts/commands.ts";
import { sentByHour } from "../../features/insight/forecasts/store.ts";
import * as outcome from "../../features/insight/trial-runs/outcome-store.ts";
import type {
  TrialEmailRow,
  TrialPerson,
  TrialReport,
  TrialWish,
} from "../../features/insight/trial-runs/store.ts";
import { setProspects } from "../../features/sending/prospect-scripts/commands.ts";
import { findSequence } from "../../features/sequences/sequences/store.ts";
import { actFor } from "../running/act-for.ts";
import { doingTasks } from "./do-tasks.ts";

export type TrialTask = {
  teamId: string;
  userId: string;
  sequenceId: string;
  wish: TrialWish;
  /** Who was under way when it was copied. */
  peopleIds: string[];
};

export type Prepared = { skipped: Candidate[]; foreseen: HourOfMailbox[] };

/** Before the engine begins: from the first email on, everything is as the forecast has it. */
export async function prepareTrial(app: App, task: TrialTask): Promise<Prepared> {
  const { teamId, userId, sequenceId, wish } = task;
  const by = { teamId, userId, cause: "trial_run" };
  const { replies } = wish;
  if (replies !== "none") await actFor(app, by, (act) => setProspects(act, { preset: replies }));
  await actFor(app, by, async (act) => {
    const sequence = await findSequence(act.db, teamId, sequenceId);
    if (!sequence?.isActive) await approveSequence(act, sequenceId);
  });
  const skipped = await addThem(app, task);
  const { told } = await foreseeAll(app, task);
  return {
    skipped,
    foreseen: told.byMailboxHour.map(({ mailboxId, hour, sends }) => ({ mailboxId, hourMs: hour, sends })),
  };
}

async function addThem(app: App, { teamId, userId, sequenceId, wish }: TrialTask): Promise<Candidate[]> {
  const { contactIds, mailboxIds, waived } = wish;
  if (contactIds.length === 0) return [];
  const { joined } = await actFor(app, { teamId, userId, cause: "trial_run" }, (act) =>
    addContacts(act, {
      ...USUAL_TERMS,
      ...NAMED_AND_AT_ONCE,
      sequenceId,
      mailboxIds,
      waived: new Set(waived),
      isExplicit: true,
      contactIds,
      warns: false,
    }),
  );
  return (joined?.skipped ?? []).map(({ contactId, reasons }) => ({
    contactId,
    code: reasons[0]?.code ?? null,
  }));
}

function foreseeAll(app: App, { teamId, userId, wish }: TrialTask) {
  return actFor(app, { teamId, userId, cause: "trial_run" }, async ({ caller, origin }) => ({
    caller,
    origin,
  })).then((asking) =>
    foresee(
      { app, ...asking },
      { days: wish.days, seed: 1, replyRate: 0, sequenceIds: [], whatIf: NOTHING_ELSE, asked: {} },
    ),
  );
}

const NOTHING_ELSE = {
  addMailboxes: [],
  changeLimits: new Map(),
  addContacts: [],
  switchOffSteps: new Set<string>(),
};

/** Day by day. Tasks are done when they are due, as the forecast assumes. */
export async function turnDays(app: App, task: TrialTask, show: (at: Temporal.Instant) => void) {
  const { sandbox } = app;
  if (!sandbox) throw new Error("a trial runs in a sandbox only");
  sandbox.alsoDo(doingTasks(app, task));
  const from = sandbox.now();
  for (let day = 1; day <= task.wish.days; day++) {
    const arrival = await sandbox.startAdvance(from.add({ hours: day * 24 }));
    await arrival?.done;
    show(sandbox.now());
  }
}

export type TrialOutcome = {
  people: TrialPerson[];
  emails: TrialEmailRow[];
  report: Omit<TrialReport, OfTheCopy>;
};
type OfTheCopy = "inSequence" | "added" | "leftOut" | "others" | "hasMoreOthers" | "tookSeconds";

export async function readOutcome(
  app: App,
  task: TrialTask,
  { skipped, foreseen }: Prepared,
  from: Temporal.Instant,
): Promise<TrialOutcome> {
  const { teamId, sequenceId } = task;
  const span = { from, until: app.now() };
  return app.db.inTeam(teamId, async (db) => {
    const timeZone = (await findTeam(db, teamId))?.timeZone ?? "UTC";
    const contactIds = [...new Set([...task.peopleIds, ...task.wish.contactIds])];
    const all = await outcome.allSent(db, teamId, span);
    const emails = await outcome.emailsSent(db, teamId, sequenceId, span);
    const { people, endings, waits } = outcomesOf({
      ended: await outcome.endedOf(db, teamId, sequenceId, contactIds),
      skipped,
      held: await outcome.heldFor(db, teamId, sequenceId, span),
      emails,
      collisions: collisionsAmong(all, sequenceId, timeZone),
    });
    const hours = await sentByHour(db, teamId, { ...span, sequenceIds: [] });
    const happened = hours.map(({ mailboxId, hour, sends }) => ({
      mailboxId,
      hourMs: hour.epochMilliseconds,
      sends,
    }));
    return {
      people,
      emails: emails.map((email, position) => ({ position, ...email })),
      report: {
        endings,
        waits,
        othersEmails: all.length - emails.length,
        agreement: agreementOf(happened, foreseen, timeZone),
      },
    };
  });
}
