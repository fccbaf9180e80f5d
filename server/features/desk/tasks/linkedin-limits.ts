// How many LinkedIn tasks a user has done and has open today, by the types that the team limits.

import type { Act } from "../../../app.ts";
import { dayIn } from "../../../domain/basics/limits.ts";
import { LINKEDIN_TYPES } from "../../../domain/work/linkedin-limits.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { dayOfDoers } from "../../gate/facts/task-counts-store.ts";
import { findTeam } from "../../identity/teams/store.ts";

export async function linkedInLimitsOf({ db, caller: { teamId }, now }: Act, userId: string) {
  const team = await findTeam(db, teamId);
  const limits = team?.linkedinLimits ?? {};
  const day = dayIn(team?.timeZone ?? "UTC", now);
  const rows = await dayOfDoers(db, teamId, { userIds: [userId], types: LINKEDIN_TYPES }, day);
  if (rows.length === 0) throw new Refusal("unknown_id", { value: userId });
  return LINKEDIN_TYPES.flatMap((type) => {
    const limit = limits[type];
    const row = rows.find((one) => one.type === type);
    return limit && row ? [{ type, limit, done: row.done, open: row.open }] : [];
  });
}
