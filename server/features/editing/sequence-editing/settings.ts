// What a sequence is to say of itself, as a wish makes it out of what it says now. What the wish points at is
// looked up and held, so that it cannot go away before this is written.

import type { Act } from "../../../app.ts";
import type { Rules, StageTriggers } from "../../../domain/sequences/rules.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { ensureLabels } from "../../contacts/labels/store.ts";
import { setStageTriggers } from "../../contacts/stage-triggers/commands.ts";
import { holdUser } from "../../identity/users/store.ts";
import { holdFolder } from "../../sequences/folders/store.ts";
import { holdRuleset } from "../../sequences/rulesets/store.ts";
import { holdSchedule } from "../../sequences/schedules/store.ts";
import * as links from "../../sequences/sequences/links-store.ts";
import type * as store from "../../sequences/sequences/store.ts";
import { withRules } from "../ruleset-editing/commands.ts";

export type SettingsWish = {
  name?: string | undefined;
  description?: string | null | undefined;
  ownerId?: string | undefined;
  scheduleId?: string | null | undefined;
  folderId?: string | null | undefined;
  rulesetId?: string | null | undefined;
  byExactDaytime?: boolean | null | undefined;
  allowedSendFromDomains?: string[] | undefined;
  ccEmails?: string | undefined;
  bccEmails?: string | undefined;
  deliveryPolicy?: store.SequenceValues["deliveryPolicy"] | undefined;
  onNotSent?: store.SequenceValues["onNotSent"] | undefined;
  priorityPolicy?: store.SequenceValues["priorityPolicy"] | undefined;
  sendsAtUsualHour?: boolean | undefined;
  creationType?: string | undefined;
  visibility?: store.SequenceValues["visibility"] | undefined;
  accessType?: store.SequenceValues["accessType"] | undefined;
  rules: { [Name in keyof Rules]?: Rules[Name] | undefined };
  stageTriggers?: StageTriggers | undefined;
  labelNames?: string[] | undefined;
  labelIds?: string[] | undefined;
  excludedContactStageIds?: string[] | undefined;
  excludedAccountStageIds?: string[] | undefined;
};

export function blankSequence(ownerId: string): store.SequenceValues {
  return {
    name: "Untitled sequence",
    description: null,
    isActive: false,
    archivedAt: null,
    ownerId,
    scheduleId: null,
    folderId: null,
    rulesetId: null,
    byExactDaytime: null,
    allowedSendFromDomains: [],
    ccEmails: "",
    bccEmails: "",
    deliveryPolicy: "never_twice",
    onNotSent: "fail",
    priorityPolicy: "followups_first",
    sendsAtUsualHour: false,
    creationType: "new",
    statusReason: null,
    visibility: "restricted",
    accessType: null,
    ...NO_RULES,
  };
}

const NO_RULES: Rules = {
  markFinishedIfReply: null,
  markFinishedIfClick: null,
  markFinishedIfInterested: null,
  markPausedIfOoo: null,
  daysToWaitBeforeMarkAsResponse: null,
  sameAccountReplyPolicy: null,
  sameAccountReplyDelayDays: null,
  sameAccountReplyScope: null,
  createTaskIfEmailOpen: null,
  emailOpenTriggerTaskThreshold: null,
  maxEmailsPerDay: null,
  maxNewContactsPerDay: null,
  ignoreGlobalBounceList: null,
};

/** What a wish leaves out stays. */
export function withSettings(known: store.SequenceValues, wish: SettingsWish): store.SequenceValues {
  return {
    ...known,
    ...withRules(known, wish.rules),
    name: wish.name ?? known.name,
    description: said(wish.description, known.description),
    ownerId: wish.ownerId ?? known.ownerId,
    scheduleId: said(wish.scheduleId, known.scheduleId),
    folderId: said(wish.folderId, known.folderId),
    rulesetId: said(wish.rulesetId, known.rulesetId),
    byExactDaytime: said(wish.byExactDaytime, known.byExactDaytime),
    allowedSendFromDomains: wish.allowedSendFromDomains ?? known.allowedSendFromDomains,
    ccEmails: wish.ccEmails ?? known.ccEmails,
    bccEmails: wish.bccEmails ?? known.bccEmails,
    deliveryPolicy: wish.deliveryPolicy ?? known.deliveryPolicy,
    onNotSent: wish.onNotSent ?? known.onNotSent,
    priorityPolicy: wish.priorityPolicy ?? known.priorityPolicy,
    sendsAtUsualHour: wish.sendsAtUsualHour ?? known.sendsAtUsualHour,
    creationType: wish.creationType ?? known.creationType,
    visibility: wish.visibility ?? known.visibility,
    accessType: said(wish.accessType, known.accessType),
  };
}

export async function holdReferences({ db, caller }: Act, wish: SettingsWish) {
  const { teamId } = caller;
  if (wish.ownerId) {
    const owner = await holdUser(db, teamId, wish.ownerId);
    if (!owner || owner.deactivatedAt) throw new Refusal("owner_not_found", { id: wish.ownerId });
  }
  if (wish.scheduleId) {
    const schedule = await holdSchedule(db, teamId, wish.scheduleId);
    if (!schedule) throw new Refusal("schedule_not_found", { id: wish.scheduleId });
    if (schedule.windows.length === 0) throw new Refusal("schedule_empty");
  }
  if (wish.folderId && !(await holdFolder(db, teamId, "sequences", wish.folderId)))
    throw new Refusal("folder_not_found", { id: wish.folderId });
  if (wish.rulesetId && !(await holdRuleset(db, teamId, wish.rulesetId)))
    throw new Refusal("ruleset_not_found", { id: wish.rulesetId });
}

/** Labels, excluded stages and stage triggers, which are in tables of their own. */
export async function writeLinks(act: Act, id: string, wish: SettingsWish) {
  const { db, now, caller } = act;
  const { teamId } = caller;
  await setStageTriggers(act, "sequence", id, wish.stageTriggers);
  if (wish.labelIds) {
    const held = await links.holdLabels(db, teamId, wish.labelIds);
    refuseMissing(wish.labelIds, held, "sequence_label_not_found");
    await links.replaceSequenceLabels(db, teamId, id, held);
  }
  if (wish.labelNames) {
    const ids = await ensureLabels(db, teamId, "sequences", wish.labelNames, caller.userId, now);
    await links.replaceSequenceLabels(db, teamId, id, ids);
  }
  for (const [kind, stageIds] of [
    ["contact", wish.excludedContactStageIds],
    ["account", wish.excludedAccountStageIds],
  ] as const) {
    if (!stageIds) continue;
    const held = await links.holdStages(db, teamId, kind, stageIds);
    refuseMissing(stageIds, held, "stage_not_found");
    await links.replaceExcludedStages(db, teamId, kind, id, held);
  }
}

function refuseMissing(
  wished: readonly string[],
  held: readonly string[],
  code: "stage_not_found" | "sequence_label_not_found",
) {
  const missing = wished.find((id) => !held.includes(id));
  if (missing) throw new Refusal(code, { id: missing });
}

function said<Value>(wish: Value | null | undefined, known: Value | null): Value | null {
  return wish === undefined ? known : wish;
}
