// Who holds a lock, and of what, in words. Of another team's login no name is said.

import { say, texts } from "../../kernel/say.ts";
import type { LockKind } from "../gate/standing.ts";

export const LOCKED: Record<LockKind, string> = texts({
  contact: "The contact's row",
  enrollment: "The contact's row in this sequence",
  step: "The step's row",
  mailbox: "The mailbox's row",
  mail: "The mail's row",
  team: "The row of the team's settings",
  table: "A table that the step needs",
  rules: "The lock on the team's sending rules",
  suppressions: "The lock on the list of unsubscribed and suppressed addresses",
  answers: "The lock on replies from this contact's address",
  limit: "The lock on the sequence's daily limit",
  company_limit: "The lock on the limit of emails to the contact's company",
  touch_limit: "The lock on the contact frequency limit",
});

type LockHolder = { pid: number; role: string; application: string; loginName: string | null };

/** How the product's own sessions are called among those of the database. */
export const OWN_SESSIONS = { all: "cadenza", api: "cadenza api", engine: "cadenza engine" } as const;

const OWN: Record<string, string> = texts({
  [OWN_SESSIONS.all]: "a change that this server is writing",
  [OWN_SESSIONS.api]: "a change that an API server is writing",
  [OWN_SESSIONS.engine]: "a change that an engine is writing",
  "cadenza-jobs": "the job queue",
});

export function holderSays({ role, application, loginName }: LockHolder) {
  if (loginName !== null) return say("the database login {loginName}", { loginName });
  if (isLogin(role)) return say("a database login");
  const { own, what } = ownSession(application);
  if (own !== undefined) return `${own}${what ? ` (${what})` : ""}`;
  return say("the database user {role}{hasApplication, select, yes { ({application})} other {}}", {
    role,
    application,
    hasApplication: application ? "yes" : "no",
  });
}

export function adviceFor({ pid, role, application, loginName }: LockHolder) {
  if (loginName !== null || isLogin(role))
    return say("An admin can revoke the database login, which ends its access.");
  if (ownSession(application).own !== undefined)
    return say("You do not need to do anything: Cadenza finishes or cancels the change by itself.");
  return say("The database administrator can end that session: select pg_terminate_backend({pid}).", { pid });
}

const isLogin = (role: string) => role.startsWith("cadenza_sql_");

/** A session that writes says what: `cadenza engine: contact_import` (`naming` in db/connect.ts). */
function ownSession(application: string) {
  const [name = "", what] = application.split(": ", 2);
  return { own: OWN[name], what };
}
