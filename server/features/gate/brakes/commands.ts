// Brakes are set and lifted from figures, at most every few minutes; a user may lift any before.

import type { Act } from "../../../app.ts";
import { type BrakeChanges, brakeChanges } from "../../../domain/gate/brake-changes.ts";
import {
  type BrakeRules,
  type BrakeRulesChange,
  DEFAULT_BRAKES,
  mergedChanges,
  misorderedRule,
  withRules,
} from "../../../domain/gate/brake-rules.ts";
import { simulateBrakes } from "../../../domain/gate/brake-simulation.ts";
import { addUp } from "../../../domain/gate/brake-sums.ts";
import {
  type BrakeFound,
  causesOf,
  daysNeeded,
  subjectKey,
  subjectsOf,
} from "../../../domain/gate/brakes.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { viewerIn } from "../../access/sharing/hiding.ts";
import { type By, byCaller, type Happening, record } from "../../events/events/store.ts";
import { findTeam, lockBrakeRules, writeBrakeRules } from "../../identity/teams/store.ts";
import * as store from "./store.ts";

const EVERY = { minutes: 5 };

/** Answers how many were set or lifted. */
export async function watchBrakes(by: By) {
  const { db, teamId } = by;
  const now = await store.takeLook(db, teamId, EVERY);
  if (!now) return 0;
  const team = await findTeam(db, teamId);
  if (!team) return 0;
  const rules = withRules(DEFAULT_BRAKES, team.brakeRules);
  const { ended, added } = await write(
    by,
    brakeChanges(rules, team.brakes, await foundNow({ db, teamId, now }, rules)),
  );
  const names = await namesFor(by, [...ended.map(({ brake }) => brake), ...added]);
  const happenings = [
    ...ended
      .filter(({ reason }) => reason !== "raised")
      .map(({ brake, reason }) => happeningOf("brake.lifted", brake, names, { reason })),
    ...added.map((brake) => happeningOf("brake.set", brake, names, {})),
  ];
  if (happenings.length > 0) await record(by, ...happenings);
  return happenings.length;
}

/** Leaves out what a user lifted meanwhile: what was sent before that counts no longer. */
async function write({ db, teamId }: By, changes: BrakeChanges) {
  const ended: BrakeChanges["ended"] = [];
  const lifted = new Set<string>();
  for (const { brake, reason } of changes.ended)
    if (await store.endBrake(db, teamId, brake.id, { reason, userId: null })) ended.push({ brake, reason });
    else lifted.add(subjectKey(brake));
  if (ended.length > 0)
    await store.wakeBraked(
      db,
      teamId,
      ended.map(({ brake }) => brake.id),
    );
  const added: (BrakeFound & { id: string })[] = [];
  for (const found of changes.set) {
    const brake = { ...found, id: newId() };
    if (!lifted.has(subjectKey(brake)) && (await store.insertBrake(db, teamId, brake))) added.push(brake);
  }
  return { ended, added };
}

/** Each mailbox, each sequence and the team: of what was sent since a user last lifted a brake of it. */
async function foundNow(
  { db, teamId, now }: Pick<By, "db" | "teamId" | "now">,
  rules: BrakeRules,
): Promise<BrakeFound[]> {
  const [lifted, from] = await Promise.all([store.lastLifted(db, teamId), store.brakesFrom(db, teamId)]);
  const moments = [...lifted.map(({ at }) => at), ...(from ? [from] : [])].sort(Temporal.Instant.compare);
  const days = await store.sendingDays(db, teamId, { now, days: daysNeeded(rules), moments });
  const eraOf = (at: Temporal.Instant | null | undefined) =>
    at ? moments.filter((one) => Temporal.Instant.compare(one, at) <= 0).length : 0;
  const lifts = new Map(lifted.map((one) => [subjectKey(one), eraOf(one.at)]));
  return subjectsOf(teamId, days).flatMap((subject): BrakeFound[] => {
    const { scope, subjectId } = subject;
    const sums = addUp(subject.days, Math.max(lifts.get(subjectKey(subject)) ?? 0, eraOf(from)));
    return causesOf(rules, sums).map((found) => ({ scope, subjectId, ...found }));
  });
}

async function namesFor({ db, teamId }: Pick<By, "db" | "teamId">, brakes: readonly { subjectId: string }[]) {
  if (brakes.length === 0) return new Map<string, string>();
  const rows = await store.namesOf(
    db,
    teamId,
    brakes.map(({ subjectId }) => subjectId),
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

const SUBJECTS = { mailbox: "email_account", sequence: "sequence", team: "team" } as const;

function happeningOf(
  type: "brake.set" | "brake.lifted",
  { id, scope, subjectId, level, cause, figures }: BrakeFound & { id: string },
  names: ReadonlyMap<string, string>,
  more: { reason?: string },
): Happening {
  const name = names.get(subjectId) ?? null;
  return {
    type,
    subject: { type: SUBJECTS[scope], id: subjectId },
    data: { brake_id: id, scope, name, level, cause, ...figures, ...more },
  };
}

/** Admins lift all; who owns a mailbox or a sequence lifts those of it. */
export async function liftBrake(act: Act, id: string) {
  const { db, caller } = act;
  const brake = await store.findBrake(db, caller.teamId, viewerIn(caller), id);
  if (!brake) throw new Refusal("record_not_found");
  if (caller.role !== "admin" && brake.ownerId !== caller.userId) throw new Refusal("admin_only");
  const isLifted = await store.endBrake(db, caller.teamId, id, { reason: "user", userId: caller.userId });
  if (isLifted) await store.wakeBraked(db, caller.teamId, [id]);
  const after = await store.findBrake(db, caller.teamId, viewerIn(caller), id);
  if (!after) throw new Refusal("record_not_found");
  const names = new Map(brake.name === null ? [] : [[brake.subjectId, brake.name]]);
  if (isLifted) await record(byCaller(act), happeningOf("brake.lifted", brake, names, { reason: "user" }));
  return after;
}

export async function brakeRules({ db, caller }: Pick<Act, "db" | "caller">) {
  const team = await findTeam(db, caller.teamId);
  return withRules(DEFAULT_BRAKES, team?.brakeRules ?? {});
}

export async function changeBrakeRules(act: Act, change: BrakeRulesChange) {
  const { db, caller } = act;
  const changes = mergedChanges(await lockBrakeRules(db, caller.teamId), change);
  const rules = withRules(DEFAULT_BRAKES, changes);
  refuseMisordered(rules);
  await writeBrakeRules(db, caller.teamId, changes);
  await store.lookSoon(db, caller.teamId);
  await record(byCaller(act), {
    type: "team.changed",
    subject: { type: "team", id: caller.teamId },
    data: { brakeRules: rules },
  });
  return rules;
}

/** What would have been on in the last days, by the rules as they are and as they would be. */
export async function simulate(
  act: Pick<Act, "db" | "caller" | "now">,
  change: BrakeRulesChange,
  span: number,
) {
  const { db, caller, now } = act;
  const rules = await brakeRules(act);
  const wished = withRules(rules, change);
  refuseMisordered(wished);
  const reach = span + Math.max(daysNeeded(rules), daysNeeded(wished));
  const days = await store.sendingDays(db, caller.teamId, { now, days: reach });
  const before = simulateBrakes(rules, caller.teamId, days, span);
  const after = simulateBrakes(wished, caller.teamId, days, span);
  const names = await namesFor({ db, teamId: caller.teamId }, [...before, ...after]);
  return { before, after, names };
}

function refuseMisordered(rules: BrakeRules) {
  const cause = misorderedRule(rules);
  if (cause) throw new Refusal("brake_levels_misordered", { cause });
}
