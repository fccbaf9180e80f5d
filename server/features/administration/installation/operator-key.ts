// A new operator's key for an installation whose own was lost, revoked or seen by others. Only who can start programs on the
// server with its settings gets here, and such a person can read everything anyway.

import type { App } from "../../../app.ts";
import type { Db } from "../../../db/connect.ts";
import { newId } from "../../../kernel/ids.ts";
import { hashToken, newToken, prefixOf } from "../../../kernel/tokens.ts";
import { type By, record } from "../../events/events/store.ts";
import { findOperatorKeys, insertApiKey, revokeApiKey } from "../../identity/api-keys/store.ts";
import { enterTeam, findTeam, listTeamIds } from "../../identity/teams/store.ts";
import { hasOperator } from "../../identity/users/store.ts";
import { lockInstallation } from "./store.ts";

const NAME = "Operator's key";

/** The older ones are revoked in the same moment. Null: there is no team yet, and so no key. */
export async function replaceOperatorKey(app: App) {
  return app.db.inTransaction(async (db) => {
    const now = app.now();
    const origin = { requestId: null, address: null, cause: "operator-key" };
    await lockInstallation(db); // two commands at once would leave two keys
    const teamIds = await listTeamIds(db);
    let home = teamIds[0] ?? null;
    let revoked = 0;
    for (const teamId of teamIds) {
      await enterTeam(db, teamId);
      const by = { db, now, origin, teamId, userId: null, apiKeyId: null };
      revoked += await revokeIn(by);
      if (await hasOperator(db, teamId)) home = teamId;
    }
    if (home === null) return null;
    await enterTeam(db, home);
    const key = await createIn({ db, now, origin, teamId: home, userId: null, apiKeyId: null });
    const team = (await findTeam(db, home))?.name ?? "";
    await leaveTeams(db);
    return { key, team, revoked };
  });
}

const leaveTeams = (db: Db) => enterTeam(db, "");

async function revokeIn(by: By) {
  const keys = await findOperatorKeys(by.db, by.teamId);
  for (const { id, name } of keys) {
    await revokeApiKey(by.db, by.teamId, id, by.now);
    await record(by, { type: "api_key.revoked", subject: { type: "api_key", id }, data: { name } });
  }
  return keys.length;
}

async function createIn(by: By) {
  const key = newToken("cdz");
  const { id } = await insertOperatorKey(by, { name: NAME, key, prefix: prefixOf(key) });
  const data = { name: NAME, master: true, scopes: [], user_id: null };
  await record(by, { type: "api_key.created", subject: { type: "api_key", id }, data });
  return key;
}

type NewKey = { name: string; key: string; prefix: string };

/** It may do everything in its team, and what only the operator may. */
export function insertOperatorKey(
  { db, teamId, now }: Pick<By, "db" | "teamId" | "now">,
  { name, key, prefix }: NewKey,
) {
  const rights = { isMaster: true, isBootstrap: true, scopes: [] };
  const ofNobody = { userId: null, createdBy: null, expiresAt: null };
  const apiKey = { id: newId(), name, prefix, keyHash: hashToken(key), ...rights, ...ofNobody };
  return insertApiKey(db, teamId, apiKey, now);
}
