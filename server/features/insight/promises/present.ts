import type { NotBegun } from "../../../domain/insight/forecast-added.ts";
import { HOLD_WORDS } from "../../../domain/insight/hold-words.ts";
import { computed, stored } from "../../../kernel/moments.ts";
import { texts } from "../../../kernel/say.ts";
import type { AddedRow, PromiseResult, PromiseRow } from "../../enrollments/promises/store.ts";

export function presentPromise(row: PromiseRow) {
  const { told } = row;
  const codes = new Set([
    ...told.begin.flatMap(({ code }) => code ?? []),
    ...told.notBegun.map(({ code }) => code),
  ]);
  return {
    id: row.id,
    emailer_campaign_id: row.sequenceId,
    created_at: stored(row.createdAt),
    until: stored(row.createdAt.add({ hours: 24 * row.days })),
    people: row.people,
    at_least: row.atLeast,
    first_steps: told.begin.map(({ hour, mailboxId, code, count }) => ({
      hour: at(hour),
      email_account_id: mailboxId,
      code,
      count,
    })),
    first_step_done_at: atOrNull(told.firstStepDoneAt),
    not_begun: told.notBegun.map(({ code, mailboxId, count }) => ({
      code,
      sentence: sentenceOf(code),
      email_account_id: mailboxId,
      count,
    })),
    reasons: [...codes].map((code) => ({ code, sentence: sentenceOf(code) })),
    last_finishes_at: told.remaining > 0 ? null : atOrNull(told.lastFinishedAt),
  };
}

const SENTENCES: Partial<Record<NotBegun, string>> = texts({
  waits: "No step is planned, for example because the contacts are paused.",
  fails: "Emails to these contacts will fail as long as nothing changes.",
  later: "The first step is due later.",
});

function sentenceOf(code: NotBegun): string {
  return SENTENCES[code] ?? HOLD_WORDS[code as keyof typeof HOLD_WORDS].means;
}

export function presentPromised({ kept, added, notBegun, waiting }: PromiseResult, now: Temporal.Instant) {
  const hours = hoursOf(kept, added);
  const begins = kept.flatMap(({ told }) => told.begin);
  const thisHour = Math.floor(now.epochMilliseconds / HOUR_MS) * HOUR_MS;
  const byNow = begins.reduce((sum, { hour, count }) => sum + (hour < thisHour ? count : 0), 0);
  const happened = added.length - notBegun.length;
  const created = kept.map(({ createdAt }) => createdAt.epochMilliseconds);
  const until = kept.map(({ createdAt, days }) => createdAt.add({ hours: 24 * days }).epochMilliseconds);
  return {
    people: kept.reduce((sum, { people }) => sum + people, 0),
    adds: kept.length,
    first_at: at(Math.min(...created)),
    until: at(Math.max(...until)),
    hours: hours.map(([hour, told]) => ({ hour: at(hour), ...told })),
    promised_by_now: byNow,
    happened,
    late: Math.max(0, byNow - happened),
    waiting: waiting.map(({ code, sentence, mailboxId, count }) => ({
      code,
      sentence,
      email_account_id: mailboxId,
      count,
    })),
    gone: goneOf(notBegun),
  };
}

const HOUR_MS = 3_600_000;

/** What was promised for each hour, and what came. */
function hoursOf(kept: PromiseResult["kept"], added: readonly AddedRow[]) {
  const hours = new Map<number, { promised: number; happened: number }>();
  const of = (hour: number) => {
    const known = hours.get(hour) ?? { promised: 0, happened: 0 };
    hours.set(hour, known);
    return known;
  };
  for (const { told } of kept) for (const { hour, count } of told.begin) of(hour).promised += count;
  for (const { begunAt } of added)
    if (begunAt) of(Math.floor(begunAt.epochMilliseconds / HOUR_MS) * HOUR_MS).happened++;
  return [...hours].sort(([one], [other]) => one - other);
}

function goneOf(notBegun: readonly AddedRow[]) {
  const counts = new Map<string, { status: string; reason: string | null; count: number }>();
  for (const { state, inactiveReason: reason } of notBegun) {
    if (state === "active" || state === "paused") continue;
    const known = counts.get(`${state} ${reason}`);
    if (known) known.count++;
    else counts.set(`${state} ${reason}`, { status: state, reason, count: 1 });
  }
  return [...counts.values()];
}

function at(ms: number) {
  return computed(Temporal.Instant.fromEpochMilliseconds(ms));
}

function atOrNull(ms: number | null) {
  return ms === null ? null : at(ms);
}
