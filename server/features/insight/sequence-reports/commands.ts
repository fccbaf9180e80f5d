import type { Act } from "../../../app.ts";
import { shareRangeOf } from "../../../domain/insight/always-valid.ts";
import { compareVariants } from "../../../domain/insight/comparing.ts";
import { findTeam } from "../../identity/teams/store.ts";
import { getVisible } from "../../sequences/sequences/finding.ts";
import { listSteps } from "../../sequences/steps/store.ts";
import { listTouches } from "../../sequences/touches/store.ts";
import { listReached } from "./reached-store.ts";
import * as store from "./store.ts";

export type Days = { from: string | null; until: string | null };

/** A sequence by step, by variant and by day. What was taken away meanwhile counts in the whole alone. */
export async function reportOn({ db, caller }: Pick<Act, "db" | "caller">, sequenceId: string, days: Days) {
  const { teamId } = caller;
  await getVisible({ db, caller }, sequenceId);
  const zone = (await findTeam(db, teamId))?.timeZone ?? "UTC";
  const span = spanOf(days, zone);
  const [steps, touches, mails, tasks, paths, members, byDay] = await Promise.all([
    listSteps(db, teamId, sequenceId),
    listTouches(db, teamId, sequenceId),
    store.countMails(db, teamId, sequenceId, span),
    store.countTasks(db, teamId, sequenceId, span),
    store.countPaths(db, teamId, sequenceId, span),
    store.countMembers(db, teamId, sequenceId, span),
    store.countDays(db, teamId, sequenceId, span, zone),
  ]);
  const counted = (level: store.MailFigures["level"], id: string | null) =>
    mails.find((one) => one.level === level && (level === "step" ? one.stepId : one.touchId) === id) ?? null;
  const variants = touches.map((touch) => ({ touch, counted: counted("touch", touch.id) }));
  return {
    zone,
    whole: mails.find(({ level }) => level === "all") ?? null,
    members: members ?? { added: 0, finished: 0 },
    steps: steps.map((step) => ({
      step,
      counted: counted("step", step.id),
      tasks: tasks.find(({ stepId }) => stepId === step.id) ?? null,
      paths: step.type === "branch" ? (paths.find(({ stepId }) => stepId === step.id) ?? NO_PATHS) : null,
    })),
    variants: inTheirOrder(touches, [...Map.groupBy(variants, peopleOf).values()].flatMap(compared)),
    days: byDay,
  };
}

const NO_PATHS = { yes: 0, no: 0 };

type Variant = {
  touch: { id: string; stepId: string; goesWithTouchId: string | null };
  counted: store.MailFigures | null;
};

/**
 * Compared are those that the same people might have got: the readers of one earlier mail are others than everybody else, so what they
 * answer says as much of that one as of this.
 */
function peopleOf({ touch: { stepId, goesWithTouchId } }: Variant) {
  return `${stepId} ${goesWithTouchId}`;
}

function inTheirOrder<One extends Variant>(touches: readonly { id: string }[], variants: readonly One[]) {
  const byId = new Map(variants.map((variant) => [variant.touch.id, variant]));
  return touches.flatMap(({ id }) => byId.get(id) ?? []);
}

function compared(variants: readonly Variant[]) {
  const tried = variants.map(({ counted }) => ({
    successes: counted?.replied ?? 0,
    trials: counted?.delivered ?? 0,
  }));
  return compareVariants(tried).flatMap(({ verdict, difference }, index) => {
    const variant = variants[index];
    const against = difference && variants[difference.against];
    if (!variant) return [];
    return {
      ...variant,
      verdict,
      replies: shareRangeOf(tried[index] ?? { successes: 0, trials: 0 }),
      difference: difference && against ? { ...difference, against: against.touch.id } : null,
    };
  });
}

/** A page of the contacts behind the numbers of reached contacts. */
export async function reachedBy(
  { db, caller }: Pick<Act, "db" | "caller">,
  sequenceId: string,
  { days, stepId, page, perPage }: { days: Days; stepId: string | null; page: number; perPage: number },
) {
  await getVisible({ db, caller }, sequenceId);
  const zone = (await findTeam(db, caller.teamId))?.timeZone ?? "UTC";
  const bounds = { limit: perPage, offset: (page - 1) * perPage };
  return listReached(db, caller.teamId, sequenceId, { ...spanOf(days, zone), stepId, ...bounds });
}

function spanOf({ from, until }: Days, zone: string): store.InstantRange {
  const begins = (date: Temporal.PlainDate) => date.toZonedDateTime(zone).toInstant();
  return {
    from: from === null ? null : begins(Temporal.PlainDate.from(from)),
    until: until === null ? null : begins(Temporal.PlainDate.from(until).add({ days: 1 })),
  };
}
