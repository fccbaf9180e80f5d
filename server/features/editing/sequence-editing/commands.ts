import type { Act } from "../../../app.ts";
import { SEQUENCE_ARCHIVED, SEQUENCE_OFF, SEQUENCE_ON } from "../../../domain/enrollments/transitions.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { stopLeaversIn } from "../../enrollments/enrollments/enrollment-events.ts";
import { followSequence, placeBeginners } from "../../enrollments/following/commands.ts";
import { byCaller, type EventType, record } from "../../events/events/store.ts";
import {
  getVisible,
  lockFor,
  refuseUnlessManaged,
  type SharingWish,
  share,
} from "../../sequences/sequences/finding.ts";
import { type StageKind, stagesNamed } from "../../sequences/sequences/links-store.ts";
import * as store from "../../sequences/sequences/store.ts";
import { refuseEmptyBranch, refuseUnsound } from "../../sequences/steps/soundness.ts";
import { listSteps } from "../../sequences/steps/store.ts";
import { noteChange } from "../sequence-versions/changed.ts";
import { sequenceAsEdited } from "../sequence-versions/edited.ts";
import type { EditMode } from "../sequence-versions/keeping.ts";
import { writeSteps } from "../step-editing/steps-commands.ts";
import type { StepWish } from "../step-editing/steps-compose.ts";
import { blankSequence, holdReferences, type SettingsWish, withSettings, writeLinks } from "./settings.ts";

export type SequenceWish = SettingsWish & {
  isActive?: boolean | undefined;
  isArchived?: boolean | undefined;
  steps?: StepWish[] | undefined;
  sharing?: SharingWish | undefined;
  isForced?: boolean;
  mode?: EditMode;
};

/** Stages that are excluded by default, as in Apollo's web app, where a team has stages of these names. */
const USUALLY_EXCLUDED = {
  contact: ["Replied", "Interested", "Do Not Contact", "Bad Data"],
  account: ["Current Client", "Active Opportunity", "Dead Opportunity", "Do Not Prospect"],
};

/** It is made as the caller's, who may give it to another user of the team. */
export async function createSequence(act: Act, wish: SequenceWish, { isPrefilled = false } = {}) {
  const { db, now, caller } = act;
  const id = newId();
  const settings = isPrefilled ? await withUsualStages(act, wish) : wish;
  await holdReferences(act, settings);
  const values = withSettings(blankSequence(caller.userId), { ...settings, ownerId: undefined });
  await store.insertSequence(db, caller.teamId, id, values, now);
  await writeLinks(act, id, settings);
  await tell(act, "sequence.created", { id, name: values.name });

  const sequence = await lockFor(act, id, "edit");
  if (wish.steps)
    await orWithoutContent(writeSteps(act, sequence, wish.steps, { isForced: false, mode: "live" }));
  if (wish.isActive) await turnOn(act, await reread(act, id));
  const { ownerId } = settings;
  if (ownerId !== undefined && ownerId !== caller.userId)
    await store.updateSequence(db, caller.teamId, id, { ...(await reread(act, id)), ownerId }, now);
  return id;
}

/** The same fault has another sentence while a sequence is being made. */
async function orWithoutContent(writing: Promise<void>) {
  try {
    await writing;
  } catch (error) {
    const isEmpty = error instanceof Refusal && error.code === "template_body_empty";
    throw isEmpty ? new Refusal("template_without_content") : error;
  }
}

async function withUsualStages({ db, caller }: Act, wish: SequenceWish): Promise<SequenceWish> {
  const named = (kind: StageKind) => stagesNamed(db, caller.teamId, kind, USUALLY_EXCLUDED[kind]);
  return {
    ...wish,
    excludedContactStageIds: wish.excludedContactStageIds ?? (await named("contact")),
    excludedAccountStageIds: wish.excludedAccountStageIds ?? (await named("account")),
  };
}

export async function updateSequence(act: Act, id: string, wish: SequenceWish) {
  const { db, now, caller } = act;
  const known = await lockFor(act, id, "edit");
  const isGivenAway = wish.ownerId !== undefined && wish.ownerId !== known.ownerId;
  if (isGivenAway || wish.sharing || wish.visibility || wish.isArchived !== undefined)
    await refuseUnlessManaged(act, known);
  await holdReferences(act, wish);
  const before = await sequenceAsEdited(act, id);
  const shared = wish.sharing ? await share(act, known, wish.sharing) : {};
  await store.updateSequence(db, caller.teamId, id, { ...withSettings(known, wish), ...shared }, now);
  await writeLinks(act, id, wish);

  const byExactDaytime = wish.byExactDaytime === undefined ? known.byExactDaytime : wish.byExactDaytime;
  const changed = { ...known, name: wish.name ?? known.name, byExactDaytime };
  const how = { isForced: wish.isForced ?? false, mode: wish.mode ?? "live" };
  if (wish.steps) await writeSteps(act, changed, wish.steps, how);
  else if (byExactDaytime && !known.byExactDaytime) await refuseUnsound(db, caller.teamId, changed);
  await noteChange(act, changed, wish.steps ? "settings and steps" : "settings", before);
  await switchAsWished(act, id, wish);
  // A user who has just given a sequence away may not see it any more, but still gets its new state.
  return reread(act, id);
}

/** Saying what is so already changes nothing here; only approve and abort refuse it. */
async function switchAsWished(act: Act, id: string, wish: SequenceWish) {
  if (wish.isArchived === true) await putAway(act, await reread(act, id));
  if (wish.isArchived === false) await takeOut(act, await reread(act, id));
  if (wish.isActive === undefined) return;
  const sequence = await reread(act, id);
  if (wish.isActive && !sequence.isActive) await turnOn(act, sequence);
  if (!wish.isActive && sequence.isActive) await turnOff(act, sequence);
}

/** Turns a sequence on: what switching it off had paused goes on. */
export async function approveSequence(act: Act, id: string) {
  const sequence = await lockFor(act, id, "edit");
  if (sequence.isActive) throw new Refusal("sequence_active_already");
  await turnOn(act, sequence);
}

export async function abortSequence(act: Act, id: string) {
  const sequence = await lockFor(act, id, "edit");
  if (!sequence.isActive) throw new Refusal("sequence_inactive_already");
  await turnOff(act, sequence);
}

/** Puts a sequence away, and everybody in it is through. Once is enough: again changes nothing. */
export async function archiveSequence(act: Act, id: string) {
  await putAway(act, await lockFor(act, id, "manage"));
}

async function turnOn(act: Act, sequence: store.SequenceRow) {
  if (sequence.archivedAt) throw new Refusal("sequence_archived");
  if (sequence.stepCount === 0) throw new Refusal("sequence_without_steps");
  refuseEmptyBranch(await listSteps(act.db, act.caller.teamId, sequence.id));
  await write(act, sequence, { isActive: true, statusReason: "manual_approve" });
  const resumed = await followSequence(act, sequence, SEQUENCE_ON);
  await placeBeginners(act, sequence.id);
  const stopped = await stopLeaversIn(byCaller(act), sequence.id);
  await tell(act, "sequence.approved", sequence, { resumed: resumed - stopped });
}

async function turnOff(act: Act, sequence: store.SequenceRow) {
  await write(act, sequence, { isActive: false, statusReason: "manual_abort" });
  const paused = await followSequence(act, sequence, SEQUENCE_OFF);
  await tell(act, "sequence.aborted", sequence, { paused });
}

async function putAway(act: Act, sequence: store.SequenceRow) {
  if (sequence.archivedAt) return;
  await write(act, sequence, { isActive: false, archivedAt: act.now, statusReason: "manual_archive" });
  const finished = await followSequence(act, sequence, SEQUENCE_ARCHIVED);
  await tell(act, "sequence.archived", sequence, { finished });
}

/** The sequence comes back switched off, and finished contacts stay finished. */
async function takeOut(act: Act, sequence: store.SequenceRow) {
  if (sequence.archivedAt) await write(act, sequence, { archivedAt: null, statusReason: null });
}

/** As it is now, within the lock that this act holds already. */
async function reread({ db, caller }: Act, id: string) {
  const sequence = await store.findSequence(db, caller.teamId, id);
  if (!sequence) throw new Refusal("record_not_found");
  return sequence;
}

export async function starSequence(act: Act, id: string, isStarred: boolean) {
  const sequence = await getVisible(act, id);
  if (await store.setStar(act.db, act.caller.teamId, id, act.caller.userId, isStarred))
    await tell(act, isStarred ? "sequence.starred" : "sequence.unstarred", sequence);
}

function write(act: Act, sequence: store.SequenceRow, change: Partial<store.SequenceValues>) {
  return store.updateSequence(act.db, act.caller.teamId, sequence.id, { ...sequence, ...change }, act.now);
}

function tell(
  act: Act,
  type: EventType,
  { id, name }: { id: string; name: string },
  data: Record<string, unknown> = {},
) {
  return record(byCaller(act), { type, subject: { type: "sequence", id }, data: { name, ...data } });
}
