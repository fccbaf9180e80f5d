import { contract } from "@cadenza/contract";
import { route } from "../../http/route.ts";
import { readMoment } from "../../moments.ts";
import { createApiKey, revokeApiKey, rotateApiKey } from "./commands.ts";
import { presentApiKey } from "./present.ts";
import { listApiKeys } from "./store.ts";

export const routes = [
  route(contract.apiKeys.create, async ({ input, ...act }) => {
    const { apiKey, key } = await createApiKey(act, {
      name: input.name,
      isMaster: input.master,
      scopes: input.scopes,
      userId: input.user_id ?? null,
      expiresAt: input.expires_at ? readMoment(input.expires_at) : null,
    });
    return { api_key: { ...presentApiKey(apiKey), key } };
  }),

  route(contract.apiKeys.list, async ({ db, caller }) => ({
    api_keys: (await listApiKeys(db, caller.teamId)).map(presentApiKey),
  })),

  route(contract.apiKeys.revoke, async ({ input, ...act }) => ({
    api_key: presentApiKey(await revokeApiKey(act, input.id)),
  })),

  route(contract.apiKeys.rotate, async ({ input, ...act }) => {
    const { apiKey, key } = await rotateApiKey(act, input.id);
    return { api_key: { ...presentApiKey(apiKey), key } };
  }),
];
