import {
  API_WAYS,
  isRedirectUsable,
  PROVIDER_NAMES,
  type SignInProvider,
  scopesFor,
  type WayToProvider,
} from "../../../domain/contacts/mail-sign-in.ts";
import { stored } from "../../../kernel/moments.ts";
import type { SignInClient } from "./store.ts";

export function presentSignInClient(
  provider: SignInProvider,
  client: SignInClient | null,
  { redirectUri, mailboxes, graphUrl }: { redirectUri: string; mailboxes: number; graphUrl: string },
) {
  const shown = (way: WayToProvider) =>
    scopesFor(provider, way, graphUrl).map(({ scope, reason }) => ({ scope, reason }));
  return {
    provider,
    name: PROVIDER_NAMES[provider],
    is_set: client !== null,
    client_id: client?.clientId ?? null,
    tenant: client?.tenant ?? null,
    redirect_uri: redirectUri,
    is_redirect_usable: isRedirectUsable(redirectUri),
    scopes: shown("smtp_imap"),
    api_scopes: shown(API_WAYS[provider]),
    email_accounts: mailboxes,
    updated_at: client && stored(client.updatedAt),
  };
}
