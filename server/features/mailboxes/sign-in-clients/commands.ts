// The team's own application at Google or Microsoft. Its secret goes only to that provider's own token address, whose host no caller
// sets: a tenant is a word in the path. The secret belongs to one client ID: with another, it has to be entered again.

import type { Act, App } from "../../../app.ts";
import { ANY_TENANT, PROVIDER_NAMES, type SignInProvider } from "../../../domain/contacts/mail-sign-in.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { byCaller, type EventType, record } from "../../events/events/store.ts";
import * as store from "./store.ts";

export type ClientWish = {
  provider: SignInProvider;
  clientId?: string | undefined;
  clientSecret?: string | undefined;
  tenant?: string | undefined;
};

export async function saveClient(act: Act, wish: ClientWish) {
  const { app, db, now, caller } = act;
  const { provider } = wish;
  const before = await store.lockClient(db, caller.teamId, provider);
  const { clientId, tenant } = clientOf(wish, before);
  const clientSecret =
    wish.clientSecret === undefined
      ? (before as store.SignInClient).clientSecret
      : app.secrets.seal(placeOfClientSecret(caller.teamId, provider), wish.clientSecret);
  await store.writeClient(db, caller.teamId, { provider, clientId, clientSecret, tenant, updatedAt: now });
  await store.endWaiting(db, caller.teamId, provider);
  await tell(act, "sign_in_client.changed", provider, { client_id: clientId });
}

/** The client as it will be. Refuses one without a secret, and a new one that would be sent the secret of the old. */
export function clientOf(wish: ClientWish, before: store.SignInClient | null) {
  const { provider } = wish;
  const clientId = wish.clientId ?? before?.clientId;
  if (clientId === undefined) throw new Refusal("parameter_missing", { name: "client_id" });
  if (provider === "google" && wish.tenant !== undefined) throw new Refusal("sign_in_tenant_unknown");
  const tenant = provider === "google" ? null : (wish.tenant?.toLowerCase() ?? before?.tenant ?? ANY_TENANT);
  if (wish.clientSecret === undefined && !before)
    throw new Refusal("parameter_missing", { name: "client_secret" });
  if (wish.clientSecret === undefined && before?.clientId !== clientId)
    throw new Refusal("sign_in_secret_needed", { provider: PROVIDER_NAMES[provider] });
  return { clientId, tenant };
}

export async function deleteClient(act: Act, provider: SignInProvider) {
  const { db, caller } = act;
  const before = await store.lockClient(db, caller.teamId, provider);
  if (!before) throw new Refusal("sign_in_not_set_up", { provider: PROVIDER_NAMES[provider] });
  await store.deleteClient(db, caller.teamId, provider);
  await tell(act, "sign_in_client.deleted", provider, { client_id: before.clientId });
}

function tell(act: Act, type: EventType, provider: SignInProvider, data: Record<string, unknown>) {
  return record(byCaller(act), {
    type,
    subject: { type: "team", id: act.caller.teamId },
    data: { provider: PROVIDER_NAMES[provider], ...data },
  });
}

function placeOfClientSecret(teamId: string, provider: SignInProvider) {
  return { teamId, table: "sign_in_clients", rowId: provider, column: "client_secret" };
}

/** For the one moment in which it is sent. */
export function openClientSecret(
  { secrets }: Pick<App, "secrets">,
  teamId: string,
  client: store.SignInClient,
) {
  return secrets.open(placeOfClientSecret(teamId, client.provider), client.clientSecret);
}

/** Where the provider sends people back to, as the application must have it registered. */
export function redirectUriOf({ config }: Pick<App, "config">) {
  return `${config.publicUrl}/settings/mailboxes/signed-in`;
}
