import type { GateCode } from "../../../domain/gate/gate.ts";
import type { AddedForecast } from "../../../domain/insight/forecast-added.ts";
import type { ForecastBand } from "../../../domain/insight/forecast-band.ts";
import { HOLD_WORDS } from "../../../domain/insight/hold-words.ts";
import { stored } from "../../../kernel/moments.ts";
import { say, texts } from "../../../kernel/say.ts";
import type { ForecastBrief, ForecastRow, HourRow } from "./store.ts";

/** What every forecast assumes, so that it is not taken for more. */
const ASSUMPTIONS = texts([
  "No other contacts are added, paused or removed, and no settings change.",
  "Tasks are completed and manual emails are sent as soon as they are due.",
  "No mail server rejects an email, and no email misses a value.",
]);

export function presentBrief(row: ForecastBrief) {
  const { id, userId, createdAt, days, seed, replyRate, sequenceIds, whatIf, totals } = row;
  return {
    id,
    user_id: userId,
    created_at: stored(createdAt),
    days,
    until: stored(createdAt.add({ hours: 24 * days })),
    seed,
    reply_rate: replyRate,
    emailer_campaign_ids: sequenceIds,
    what_if: whatIf,
    totals,
  };
}

export function presentForecast(row: ForecastRow) {
  const { told, replyRate } = row;
  return {
    ...presentBrief(row),
    by_mailbox_hour: told.byMailboxHour.map(({ mailboxId, hour, sends }) => ({
      email_account_id: mailboxId,
      hour: at(hour),
      sends,
    })),
    by_sequence: told.bySequence.map((own) => ({
      emailer_campaign_id: own.sequenceId,
      people: own.people,
      sends: own.sends,
      first_step_done_at: atOrNull(own.firstStepDoneAt),
      first_step_left: own.firstStepLeft,
      first_steps_by_day: own.firstSteps.map(({ day, count }) => ({
        day: at(day).slice(0, 10),
        count,
        added: addedOn(own.added, day),
      })),
      added: own.added ? presentAdded(own.added) : null,
      last_finished_at: atOrNull(own.lastFinishedAt),
      ...own.through,
      remaining: own.remaining,
    })),
    binding_limits: told.bindingLimits.map(({ code, hours, mailboxes }) => ({
      code,
      sentence: HOLD_WORDS[code].means,
      hours,
      email_accounts: mailboxes,
    })),
    likely: presentBand(told.band ?? null),
    staying: told.stays.map(({ code, count }) => ({ code, count, sentence: sentenceOf(code) })),
    assumptions: [
      ...ASSUMPTIONS,
      replyRate > 0
        ? say("{round} of 100 contacts reply to each email, chosen at random.", {
            round: Math.round(replyRate * 100),
          })
        : say("No contact replies."),
    ],
  };
}

function presentBand(band: ForecastBand | null) {
  if (!band) return null;
  const { days, ...rest } = band;
  return { ...rest, by_day: days };
}

/** Older forecasts did not separate added contacts, so they count none here. */
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
    ? say("No step is planned, for example because the contacts are paused.")
    : HOLD_WORDS[code].means;
}

function at(ms: number) {
  return stored(Temporal.Instant.fromEpochMilliseconds(ms));
}

function atOrNull(ms: number | null) {
  return ms === null ? null : at(ms);
}
