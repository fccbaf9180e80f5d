import type { Act } from "../../../app.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { hashToken, newToken, prefixOf } from "../../../kernel/tokens.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { findUser } from "../users/store.ts";
import * as store from "./store.ts";

type KeyRights = { isMaster: boolean; scopes: readonly string[] };

export type ApiKeyInput = KeyRights & {
  name: string;
  userId: string | null;
  expiresAt: Temporal.Instant | null;
};

/** Makes a key. The secret is in the answer and nowhere else. */
export async function createApiKey(act: Act, wish: ApiKeyInput) {
  const { db, now, caller } = act;
  if (wish.expiresAt && Temporal.Instant.compare(wish.expiresAt, now) <= 0) throw new Refusal("expiry_past");
  await refuseAbsentPerson(act, wish.userId);

  const key = newToken("cdz");
  const scopes = scopesToKeep(wish);
  const identity = {
    id: newId(),
    prefix: prefixOf(key),
    keyHash: hashToken(key),
    isBootstrap: false,
    createdBy: caller.userId,
  };
  const apiKey = await store.insertApiKey(db, caller.teamId, { ...wish, ...identity, scopes }, now);
  await record(byCaller(act), {
    type: "api_key.created",
    subject: { type: "api_key", id: apiKey.id },
    data: { name: wish.name, master: wish.isMaster, scopes, user_id: wish.userId },
  });
  return { apiKey, key };
}

function scopesToKeep({ isMaster, scopes }: KeyRights) {
  return isMaster ? [] : [...new Set(scopes)];
}

async function refuseAbsentPerson({ db, caller }: Act, userId: string | null) {
  if (userId === null) return;
  const user = await findUser(db, caller.teamId, userId);
  if (!user) throw new Refusal("record_not_found");
  if (user.deactivatedAt) throw new Refusal("user_deactivated");
}

/** Who may create a key may also give it other calls. The operator's key keeps all: backups go by the key, whatever its scopes. */
export async function changeApiKey(act: Act, id: string, { isMaster, scopes }: KeyRights) {
  const { db, caller } = act;
  const known = await store.lockApiKey(db, caller.teamId, id);
  if (!known || known.revokedAt) throw new Refusal("record_not_found");
  if (known.isBootstrap) throw new Refusal("operator_key_fixed");
  const rights = { isMaster, scopes: scopesToKeep({ isMaster, scopes }) };
  const apiKey = await store.setRights(db, caller.teamId, id, rights);
  await record(byCaller(act), {
    type: "api_key.changed",
    subject: { type: "api_key", id },
    data: {
      name: apiKey.name,
      master: apiKey.isMaster,
      scopes: apiKey.scopes,
      was_master: known.isMaster,
      was_scopes: known.scopes,
    },
  });
  act.afterCommit(act.app.forgetCallers);
  return apiKey;
}

export async function revokeApiKey(act: Act, id: string) {
  const { db, now, caller } = act;
  const known = await store.lockApiKey(db, caller.teamId, id);
  if (!known) throw new Refusal("record_not_found");
  if (known.revokedAt) return known;
  const apiKey = await store.revokeApiKey(db, caller.teamId, id, now);
  await record(byCaller(act), {
    type: "api_key.revoked",
    subject: { type: "api_key", id },
    data: { name: apiKey.name },
  });
  act.afterCommit(act.app.forgetCallers);
  return apiKey;
}

/** The same key with another secret. A bootstrap key becomes an ordinary one: its secret was in an environment. */
export async function rotateApiKey(act: Act, id: string) {
  const { db, caller } = act;
  const known = await store.lockApiKey(db, caller.teamId, id);
  if (!known || known.revokedAt) throw new Refusal("record_not_found");
  const key = newToken("cdz");
  const apiKey = await store.replaceSecret(db, caller.teamId, id, {
    prefix: prefixOf(key),
    keyHash: hashToken(key),
  });
  await record(byCaller(act), {
    type: "api_key.rotated",
    subject: { type: "api_key", id },
    data: { name: apiKey.name },
  });
  act.afterCommit(act.app.forgetCallers);
  return { apiKey, key };
}
