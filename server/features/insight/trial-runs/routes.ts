import { contract } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { findTeam } from "../../identity/teams/store.ts";
import { deleteTrialRun, getTrialRun, listTrialRuns, startTrialRun } from "./commands.ts";
import { countFound, listEmails, listPeople, skippedByCode } from "./found-store.ts";
import { presentBrief, presentEmail, presentPerson, presentTrialRun } from "./present.ts";
import { readAsked } from "./trial-input.ts";

const { trialRuns } = contract;

export const routes = [
  route(trialRuns.start, async ({ input, ...act }) => {
    const run = await startTrialRun(act, readAsked(input));
    return { trial_run: presentTrialRun(run, null) };
  }),

  route(trialRuns.list, async ({ input, ...asking }) => ({
    trial_runs: (await listTrialRuns(asking, input.id)).map(presentBrief),
  })),

  route(trialRuns.show, async ({ input, ...asking }) => {
    const { db, caller } = asking;
    const run = await getTrialRun(asking, input.id);
    const [counts, skipped] = await Promise.all([
      countFound(db, caller.teamId, run.id),
      skippedByCode(db, caller.teamId, run.id),
    ]);
    return { trial_run: presentTrialRun(run, { counts, skipped }) };
  }),

  route(trialRuns.emails, async ({ input, ...asking }) => {
    const { db, caller } = asking;
    const run = await getTrialRun(asking, input.id);
    const { from, until } = input.day
      ? dayOf(input.day, (await findTeam(db, caller.teamId))?.timeZone ?? "UTC")
      : { from: null, until: null };
    const { rows, total } = await listEmails(db, caller.teamId, run.id, {
      contactId: input.contact_id ?? null,
      from,
      until,
      ...pageOf(input),
    });
    return { emails: rows.map(presentEmail), pagination: presentPages(input, total) };
  }),

  route(trialRuns.contacts, async ({ input, ...asking }) => {
    const { db, caller } = asking;
    const run = await getTrialRun(asking, input.id);
    const { rows, total } = await listPeople(db, caller.teamId, run.id, {
      state: input.state ?? null,
      code: input.code ?? null,
      waitedFor: input.waited_for ?? null,
      collides: input.collides ?? null,
      ...pageOf(input),
    });
    return { contacts: rows.map(presentPerson), pagination: presentPages(input, total) };
  }),

  route(trialRuns.delete, async ({ input, ...act }) => {
    await deleteTrialRun(act, input.id);
    return { deleted: true as const };
  }),
];

type Paging = { page: number; per_page: number };

function pageOf({ page, per_page }: Paging) {
  return { limit: per_page, offset: (page - 1) * per_page };
}

function presentPages({ page, per_page }: Paging, total: number) {
  return { page, per_page, total_entries: total, total_pages: Math.ceil(total / per_page) };
}

function dayOf(day: string, timeZone: string) {
  const begins = Temporal.PlainDate.from(day).toZonedDateTime(timeZone);
  return { from: begins.toInstant(), until: begins.add({ days: 1 }).toInstant() };
}
