import { contract, endpoints, scopesOf } from "@cadenza/contract";
import type { Caller } from "../../../app.ts";
import { mayCall, route } from "../../../http/route.ts";
import { readMoment } from "../../../kernel/moments.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { findTeam } from "../teams/store.ts";
import { findUser } from "../users/store.ts";
import { changeApiKey, createApiKey, revokeApiKey, rotateApiKey } from "./commands.ts";
import { presentApiKey, presentCaller } from "./present.ts";
import { listApiKeys } from "./store.ts";

export const routes = [
  route(contract.apiKeys.create, async ({ input, ...act }) => {
    const { apiKey, key } = await createApiKey(act, {
      name: input.name,
      ...readRights(input),
      userId: input.user_id ?? null,
      expiresAt: input.expires_at ? readMoment(input.expires_at) : null,
    });
    return { api_key: { ...presentApiKey(apiKey), key } };
  }),

  route(contract.apiKeys.list, async ({ db, caller }) => ({
    api_keys: (await listApiKeys(db, caller.teamId)).map(presentApiKey),
  })),

  route(contract.apiKeys.current, async ({ db, caller }) => {
    const [user, team] = await Promise.all([
      findUser(db, caller.teamId, caller.userId),
      findTeam(db, caller.teamId),
    ]);
    if (!user || !team) throw new Refusal("record_not_found");
    return { caller: presentCaller(caller, user, team, callsOf(caller)) };
  }),

  route(contract.apiKeys.update, async ({ input, ...act }) => ({
    api_key: presentApiKey(await changeApiKey(act, input.id, readRights(input))),
  })),

  route(contract.apiKeys.revoke, async ({ input, ...act }) => ({
    api_key: presentApiKey(await revokeApiKey(act, input.id)),
  })),

  route(contract.apiKeys.rotate, async ({ input, ...act }) => {
    const { apiKey, key } = await rotateApiKey(act, input.id);
    return { api_key: { ...presentApiKey(apiKey), key } };
  }),
];

function callsOf(caller: Caller) {
  const theirs = endpoints.filter(({ endpoint }) => endpoint.access !== "open" && mayCall(caller, endpoint));
  return theirs.map(({ name }) => name);
}

/** A key may hold every scope that Apollo names, and no call that is for admins or the operator. */
const GRANTABLE = new Set([
  "read_only",
  ...endpoints
    .filter(({ endpoint }) => endpoint.access === "scoped")
    .flatMap(({ endpoint }) => scopesOf(endpoint).map(({ name }) => name)),
]);

function readRights({ master, scopes }: { master: boolean; scopes: readonly string[] }) {
  if (!master) refuseUnknownScopes(scopes);
  return { isMaster: master, scopes };
}

function refuseUnknownScopes(scopes: readonly string[]) {
  if (scopes.length === 0) throw new Refusal("scopes_missing");
  const unknown = scopes.find((scope) => !GRANTABLE.has(scope));
  if (unknown !== undefined) throw new Refusal("unknown_scope", { scope: unknown });
}
