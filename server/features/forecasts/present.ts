import type { AddedForecast } from "../../domain/forecast-added.ts";
import type { GateCode } from "../../domain/gate.ts";
import { HOLD_WORDS } from "../../domain/hold-words.ts";
import { stored } from "../../moments.ts";
import type { ForecastBrief, ForecastRow, HourRow } from "./store.ts";

/** What every forecast supposes, so that nobody takes it for more. */
const ASSUMPTIONS = [
  "Nobody else is added, paused or taken out, and nothing is changed.",
  "Tasks are done as soon as they fall due, and mails that people send by hand go out then.",
  "No mail server refuses a mail, and no mail lacks a value.",
];

export function presentBrief(row: ForecastBrief) {
  const { id, userId, createdAt, days, seed, replyRate, sequenceIds, whatIf, totals } = row;
  return {
    ...{ id, user_id: userId, created_at: stored(createdAt), days },
    until: stored(createdAt.add({ hours: 24 * days })),
    ...{ seed, reply_rate: replyRate, emailer_campaign_ids: sequenceIds, what_if: whatIf, totals },
  };
}

export function presentForecast(row: ForecastRow) {
  const { told, replyRate } = row;
  return {
    ...presentBrief(row),
    by_mailbox_hour: told.byMailboxHour.map(({ mailboxId, hour, sends }) => ({
      ...{ email_account_id: mailboxId, hour: at(hour), sends },
    })),
    by_sequence: told.bySequence.map((own) => ({
      ...{ emailer_campaign_id: own.sequenceId, people: own.people, sends: own.sends },
      ...{ first_step_done_at: atOrNull(own.firstStepDoneAt), first_step_left: own.firstStepLeft },
      first_steps_by_day: own.firstSteps.map(({ day, count }) => ({
        ...{ day: at(day).slice(0, 10), count, added: addedOn(own.added, day) },
      })),
      added: own.added ? presentAdded(own.added) : null,
      ...{ last_finished_at: atOrNull(own.lastFinishedAt), ...own.through, remaining: own.remaining },
    })),
    binding_limits: told.bindingLimits.map(({ code, hours, mailboxes }) => ({
      ...{ code, sentence: HOLD_WORDS[code].means, hours, email_accounts: mailboxes },
    })),
    staying: told.stays.map(({ code, count }) => ({ code, count, sentence: sentenceOf(code) })),
    assumptions: [
      ...ASSUMPTIONS,
      replyRate > 0
        ? `Of the readers of each mail ${Math.round(replyRate * 100)} in 100 answer, drawn by lot.`
        : "Nobody answers.",
    ],
  };
}

/** Forecasts that were made before this was told apart have nobody here. */
function addedOn(added: AddedForecast | null | undefined, day: number) {
  const of = added?.begin.filter(({ hour }) => Math.floor(hour / DAY_MS) * DAY_MS === day) ?? [];
  return of.reduce((sum, { count }) => sum + count, 0);
}

function presentAdded(added: AddedForecast) {
  return {
    people: added.people,
    first_step_done_at: atOrNull(added.firstStepDoneAt),
    first_step_left: added.notBegun.reduce((sum, { count }) => sum + count, 0),
    last_finished_at: atOrNull(added.lastFinishedAt),
    remaining: added.remaining,
  };
}

const DAY_MS = 86_400_000;

export function presentHours(rows: readonly HourRow[]) {
  return rows.map(({ mailboxId, hour, sends }) => ({
    email_account_id: mailboxId,
    hour: stored(hour),
    sends,
  }));
}

function sentenceOf(code: GateCode | "waits") {
  return code === "waits"
    ? "Nothing is planned for them: they are paused, for example."
    : HOLD_WORDS[code].means;
}

function at(ms: number) {
  return stored(Temporal.Instant.fromEpochMilliseconds(ms));
}

function atOrNull(ms: number | null) {
  return ms === null ? null : at(ms);
}
