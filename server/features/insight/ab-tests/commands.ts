// A/B tests of steps: begun and stopped by users, decided by the engine on behalf of the user who began them.

import type { Act } from "../../../app.ts";
import { type AbDecision, type AbMetric, decideAbTest } from "../../../domain/insight/ab-tests.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { say } from "../../../kernel/say.ts";
import { updateTouch } from "../../editing/step-editing/touches-commands.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { getVisible, lockFor } from "../../sequences/sequences/finding.ts";
import { findStep } from "../../sequences/steps/store.ts";
import { listTouches } from "../../sequences/touches/store.ts";
import * as store from "./store.ts";

/** How often a test is looked at. */
const LOOK_EVERY = { hours: 1 };

type AbTestShown = store.AbTestShown;

type Wish = { metric: AbMetric; endsAt: Temporal.Instant | null };

export async function startAbTest(act: Act, stepId: string, { metric, endsAt }: Wish): Promise<AbTestShown> {
  const { db, caller, now } = act;
  const { step, sequence } = await lockStep(act, stepId);
  if (endsAt && Temporal.Instant.compare(endsAt, now) <= 0)
    throw new Refusal("parameter_invalid", { name: "ends_at", why: say("must be in the future") });
  const variants = await comparedIn(act, sequence.id, step.id);
  if (variants.length < 2) throw new Refusal("ab_test_needs_variants");
  const latest = await store.latestAbTest(db, caller.teamId, step.id);
  if (latest && latest.endedAt === null) throw new Refusal("ab_test_runs");
  const wish = { id: newId(), sequenceId: sequence.id, stepId: step.id, metric, endsAt };
  const test = await store.insertAbTest(
    db,
    caller.teamId,
    { ...wish, startedBy: caller.userId },
    now.add(LOOK_EVERY),
    now,
  );
  if (!test) throw new Refusal("record_not_found");
  await tell(act, "ab_test.started", { sequence, position: step.position, metric });
  return { ...test, variants: await store.countVariants(db, caller.teamId, test, variants) };
}

export async function stopAbTest(act: Act, stepId: string): Promise<AbTestShown> {
  const { db, caller, now } = act;
  const { step, sequence } = await lockStep(act, stepId);
  const test = await store.latestAbTest(db, caller.teamId, step.id);
  if (!test || test.endedAt !== null) throw new Refusal("ab_test_not_running");
  const variants = await countedIn(act, test);
  const ended = await store.endAbTest(
    db,
    caller.teamId,
    test.id,
    { outcome: "stopped", winnerTouchId: null, variants },
    now,
  );
  if (!ended) throw new Refusal("ab_test_not_running");
  await tell(act, "ab_test.ended", { sequence, position: step.position, outcome: "stopped" });
  return { ...ended, variants };
}

export async function showAbTest(act: Act, stepId: string): Promise<AbTestShown | null> {
  const step = await findStep(act.db, act.caller.teamId, stepId);
  if (!step) throw new Refusal("record_not_found");
  await getVisible(act, step.sequenceId);
  const test = await store.latestAbTest(act.db, act.caller.teamId, step.id);
  return test && { ...test, variants: test.variants ?? (await countedIn(act, test)) };
}

/** The others of a winner wait for a review: a user can approve them again. */
export async function decideDueTest(act: Act, { id, stepId }: { id: string; stepId: string }) {
  const { db, caller, now } = act;
  const { step, sequence } = await lockStep(act, stepId); // the sequence first, as a user who stops the test locks it
  const seen = await store.lockRunning(db, caller.teamId, id);
  if (!seen) return;
  const variants = await countedIn(act, seen);
  const counts = variants.map(({ delivered, successes }) => ({ trials: delivered, successes }));
  const decision = decideAbTest(counts, { endsAt: seen.endsAt, now });
  if (decision.is === "running")
    return void (await store.lookAgain(db, caller.teamId, id, now.add(LOOK_EVERY)));
  const winner = winnerOf(decision, variants);
  const ending = { outcome: decision.is, winnerTouchId: winner, variants };
  await store.endAbTest(db, caller.teamId, id, ending, now);
  for (const { touchId } of winner ? variants : [])
    if (touchId !== winner) await updateTouch(act, touchId, { status: "to_be_reviewed" });
  await tell(act, "ab_test.ended", {
    sequence,
    position: step.position,
    outcome: decision.is,
    winner: winner && letterOf(await letters(act, sequence.id, step.id), winner),
  });
}

function winnerOf(decision: AbDecision, variants: readonly store.VariantCount[]) {
  return decision.is === "won" ? (variants[decision.winner]?.touchId ?? null) : null;
}

async function lockStep(act: Act, stepId: string) {
  const step = await findStep(act.db, act.caller.teamId, stepId);
  if (!step) throw new Refusal("record_not_found");
  const sequence = await lockFor(act, step.sequenceId, "edit");
  return { step, sequence };
}

/** Those that are drawn among each other: approved ones that are paired with no earlier email. */
async function comparedIn({ db, caller }: Act, sequenceId: string, stepId: string) {
  const touches = await listTouches(db, caller.teamId, sequenceId);
  return touches
    .filter((touch) => touch.stepId === stepId && touch.goesWithTouchId === null)
    .filter(({ status, weight }) => status === "approved" && weight > 0)
    .map(({ id }) => id);
}

async function countedIn(act: Act, test: store.AbTestRow) {
  const touchIds = await comparedIn(act, test.sequenceId, test.stepId);
  return store.countVariants(act.db, act.caller.teamId, test, touchIds);
}

async function letters({ db, caller }: Act, sequenceId: string, stepId: string) {
  const touches = await listTouches(db, caller.teamId, sequenceId);
  return touches.filter((touch) => touch.stepId === stepId).map(({ id }) => id);
}

function letterOf(ids: readonly string[], id: string) {
  return String.fromCharCode(65 + Math.max(0, ids.indexOf(id)));
}

type Told = { sequence: { id: string; name: string }; position: number } & Record<string, unknown>;

function tell(act: Act, type: "ab_test.started" | "ab_test.ended", { sequence, ...data }: Told) {
  return record(byCaller(act), {
    type,
    subject: { type: "sequence", id: sequence.id },
    data: { name: sequence.name, ...data },
  });
}
