import { stored } from "../../../kernel/moments.ts";
import type { SandboxTime } from "../../../sandbox-time.ts";
import { presentLayout } from "../table-layouts/present.ts";
import type { LayoutRow } from "../table-layouts/store.ts";
import { presentTeam } from "../teams/present.ts";
import type { TeamRow } from "../teams/store.ts";
import { presentUser } from "../users/present.ts";
import type { UserRow } from "../users/store.ts";
import type { SessionRow } from "./store.ts";

type SignedIn = {
  session: SessionRow;
  user: UserRow;
  team: TeamRow;
  layouts: readonly LayoutRow[];
};

export function presentSignedIn(
  { session, user, team, layouts }: SignedIn,
  { sandbox }: { sandbox: SandboxTime | null },
) {
  return {
    session: { id: session.id, created_at: stored(session.createdAt), expires_at: stored(session.expiresAt) },
    user: presentUser(user),
    team: presentTeam(team),
    operator: user.isOperator,
    sandbox: sandbox && presentClock(sandbox),
    table_layouts: layouts.map(presentLayout),
  };
}

export function presentClock(time: SandboxTime) {
  const goal = time.goal();
  const speed = time.speed();
  return {
    now: stored(time.now()),
    state: goal ? ("advancing" as const) : speed === 0 ? ("stopped" as const) : ("running" as const),
    speed,
    goal: goal === null || goal === "next" ? null : stored(goal),
  };
}
