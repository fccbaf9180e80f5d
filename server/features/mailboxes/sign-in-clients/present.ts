import {
  isRedirectUsable,
  PROVIDER_NAMES,
  SIGN_IN_SCOPES,
  type SignInProvider,
} from "../../../domain/contacts/mail-sign-in.ts";
import { stored } from "../../../kernel/moments.ts";
import type { SignInClient } from "./store.ts";

export function presentSignInClient(
  provider: SignInProvider,
  client: SignInClient | null,
  { redirectUri, mailboxes }: { redirectUri: string; mailboxes: number },
) {
  return {
    provider,
    name: PROVIDER_NAMES[provider],
    is_set: client !== null,
    client_id: client?.clientId ?? null,
    tenant: client?.tenant ?? null,
    redirect_uri: redirectUri,
    is_redirect_usable: isRedirectUsable(redirectUri),
    scopes: SIGN_IN_SCOPES[provider].map(({ scope, reason }) => ({ scope, reason })),
    email_accounts: mailboxes,
    updated_at: client && stored(client.updatedAt),
  };
}
