// Whether a sandbox answers a team's programs as Apollo does. Every call of a program asks, so what is set is remembered.

import type { Act, App } from "../../../app.ts";
import { DEFAULT_PROFILE, type Plan, type Profile } from "../../../domain/identity/apollo-plans.ts";
import * as store from "./store.ts";

/** Of one app: the process is the only one of its sandbox. */
const remembered = new WeakMap<App, Map<string, Profile>>();

/** After a change, or a return to a snapshot. */
export function forgetProfiles(app: App) {
  remembered.delete(app);
}

/** The plan on which programs are answered as Apollo answers them; null: as Cadenza does. */
export async function strictPlan(app: App, teamId: string): Promise<Plan | null> {
  if (!app.sandbox) return null;
  const teams = remembered.get(app) ?? new Map<string, Profile>();
  remembered.set(app, teams);
  const known = teams.get(teamId) ?? (await app.db.inTeam(teamId, (db) => profileIn(db, teamId)));
  teams.set(teamId, known);
  return known.isStrict ? known.plan : null;
}

/** Whether this caller is answered as Apollo answers. */
export async function isStrictFor({ app, db, caller }: Pick<Act, "app" | "db" | "caller">) {
  const { kind } = caller.credential;
  if (!app.sandbox || (kind !== "key" && kind !== "token")) return false;
  return (await profileIn(db, caller.teamId)).isStrict;
}

export function readProfile({ db, caller }: Pick<Act, "db" | "caller">) {
  return profileIn(db, caller.teamId);
}

export async function setProfile(
  { app, db, caller, afterCommit }: Act,
  { isStrict, plan }: { isStrict: boolean; plan: Plan | null },
): Promise<Profile> {
  const wanted = { isStrict, plan: plan ?? (await profileIn(db, caller.teamId)).plan };
  await store.saveProfile(db, caller.teamId, wanted);
  afterCommit(() => forgetProfiles(app));
  return wanted;
}

async function profileIn(db: Act["db"], teamId: string) {
  return (await store.findProfile(db, teamId)) ?? DEFAULT_PROFILE;
}
