// Database logins for users' own tools: each reads the views of the schema `reporting`, of its own team, and nothing
// else. The database enforces that; see the migration of these views.

import type { Act } from "../../../app.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { newToken } from "../../../kernel/tokens.ts";
import { byCaller, type EventType, record } from "../../events/events/store.ts";
import * as store from "./store.ts";
import { scramVerifier } from "./verifier.ts";

const NOT_ALLOWED = "42501";

/** The password is in the answer and nowhere else. */
export async function createLogin(act: Act, name: string) {
  const { db, caller, now } = act;
  const id = newId();
  const password = newToken("cdz_sql");
  const login = { id, name, roleName: `cadenza_sql_${id}`, createdBy: caller.userId, createdAt: now };
  try {
    await store.insertLogin(db, caller.teamId, login, scramVerifier(password));
  } catch (error) {
    // A hosted database, whose owner may not create roles.
    if ((error as { code?: unknown }).code === NOT_ALLOWED) throw new Refusal("sql_logins_unavailable");
    throw error;
  }
  await tell(act, "sql_login.created", id);
  return { login: { ...login, isThere: true, connections: 0, revokedAt: null }, password };
}

export async function revokeLogin(act: Act, id: string): Promise<store.LoginRow> {
  const { db, caller, now } = act;
  const known = await store.lockLogin(db, caller.teamId, id);
  if (!known) throw new Refusal("record_not_found");
  if (known.revokedAt === null) {
    await store.revokeLogin(db, caller.teamId, id, now);
    await tell(act, "sql_login.revoked", id);
  }
  const login = await store.findLogin(db, caller.teamId, id);
  if (!login) throw new Error("a login that is held is gone");
  return login;
}

function tell(act: Act, type: EventType, id: string) {
  return record(byCaller(act), { type, subject: { type: "sql_login", id } });
}
