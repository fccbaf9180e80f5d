import type { Db } from "../../../db/connect.ts";
import type { Profile } from "../../../domain/identity/apollo-plans.ts";

export function findProfile(db: Db, teamId: string) {
  return db.row<Profile>("select is_strict, plan from sandbox_profiles where team_id = $1", [teamId]);
}

export async function saveProfile(db: Db, teamId: string, { isStrict, plan }: Profile) {
  await db.run(
    `insert into sandbox_profiles (team_id, is_strict, plan) values ($1, $2, $3)
     on conflict (team_id) do update set is_strict = excluded.is_strict, plan = excluded.plan`,
    [teamId, isStrict, plan],
  );
}
