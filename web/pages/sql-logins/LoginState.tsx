import { State } from "../../parts/State.tsx";
import type { Login } from "./queries.ts";

export function LoginState({ usable, revoked_at, connections }: Login) {
  if (revoked_at) return <State kind="off">Revoked</State>;
  if (!usable) return <State kind="off">Not on this server</State>;
  if (connections === 0) return <State kind="good">Works</State>;
  return <State kind="good">{connections === 1 ? "In use" : `In use, ${connections} connections`}</State>;
}
