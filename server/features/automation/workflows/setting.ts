// What a workflow is read with: the moment, and where the team is.

import type { Act } from "../../../app.ts";
import { findTeam } from "../../identity/teams/store.ts";
import type { InputSetting } from "./workflow-input.ts";

export async function settingOf({
  db,
  caller,
  now,
}: Pick<Act, "db" | "caller" | "now">): Promise<InputSetting> {
  const team = await findTeam(db, caller.teamId);
  return { now, zone: team?.timeZone ?? "UTC" };
}
