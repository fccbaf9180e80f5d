// The locks of the gate, as the explanation looks for their holders. A lock that is not in this table does not compile.

import { LOCK_NAMES } from "../../../db/lock-names.ts";
import type { GateFacts } from "../../../domain/gate/gate-facts.ts";
import type { GateLock } from "../../../domain/gate/gate-rules.ts";
import type { LockKind } from "../../../domain/gate/standing.ts";
import { lockNameOf } from "../../../domain/sequences/touches.ts";
import { keysOf } from "../../contacts/answer-holds/commands.ts";

/** Whose step is due, as far as names of locks are made of it. */
type LockContext = {
  teamId: string;
  sequenceId: string;
  email: string | null;
} & Pick<GateFacts, "domain" | "touches">;

/** `shared`: gates share it, so only a session that holds it alone stops them. */
export type NamedLock = { kind: LockKind; name: string; shared: boolean };

/** A row is found by its id (`locks_of_gate` in SQL), an advisory lock by its name. Null: the gate takes nothing. */
type Look = { row: LockKind } | { names(whom: LockContext): readonly NamedLock[] } | null;

export const LOOKS: Record<GateLock, Look> = {
  gates: { names: ({ teamId }) => [{ kind: "rules", name: LOCK_NAMES.gates(teamId), shared: true }] },
  addresses: {
    names: ({ teamId }) => [{ kind: "suppressions", name: LOCK_NAMES.addresses(teamId), shared: true }],
  },
  caps: {
    names: ({ teamId, sequenceId, domain, touches }) => {
      const counted = (kind: LockKind, key: string) => ({
        kind,
        name: LOCK_NAMES.caps(teamId, key),
        shared: false,
      });
      return [
        counted("limit", sequenceId),
        ...(domain ? [counted("company_limit", domain.name)] : []),
        ...touches.map((touch) => counted("touch_limit", lockNameOf(touch))),
      ];
    },
  },
  answers: {
    names: ({ teamId, email }) =>
      keysOf(teamId, null, [email]).map((key) => ({
        kind: "answers",
        name: LOCK_NAMES.answers(teamId, key),
        shared: true,
      })),
  },
  contact: { row: "contact" },
  enrollment: { row: "enrollment" },
  mailbox: { row: "mailbox" },
  message: { row: "mail" },
  team: { row: "team" },
  fence: null,
};

export function namedLocksOf(whom: LockContext): NamedLock[] {
  return Object.values(LOOKS).flatMap((look) => (look && "names" in look ? look.names(whom) : []));
}
