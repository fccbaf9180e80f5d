// Asks the provider whether it accepts the team's client, before it is saved: a wrong secret is found by the admin who enters it, and
// not by the next person who connects a mailbox.

import type { App, Caller } from "../../../app.ts";
import { isOwnTenant, PROVIDER_NAMES, withTenant } from "../../../domain/contacts/mail-sign-in.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { say } from "../../../kernel/say.ts";
import { checkClient } from "../../../mail/oauth.ts";
import { type ClientWish, clientOf, openClientSecret, redirectUriOf } from "./commands.ts";
import { findClient, type SignInClient } from "./store.ts";

/** Waits for the network, so it is called before the transaction. Why it could not be checked; null where the provider accepts it. */
export async function checkBeforeSaving(app: App, caller: Caller, wish: ClientWish): Promise<string | null> {
  const { teamId } = caller;
  const before = await app.db.inTeam(teamId, (db) => findClient(db, teamId, wish.provider));
  const { clientId, tenant } = clientOf(wish, before);
  const clientSecret = wish.clientSecret ?? openClientSecret(app, teamId, before as SignInClient);
  const provider = PROVIDER_NAMES[wish.provider];
  if (app.sandbox) return say("Nothing outside is asked in a sandbox.");
  const check = await checkClient(app.outgoing, {
    provider: wish.provider,
    url: withTenant(app.config.signInAddresses[wish.provider].tokenUrl, tenant),
    clientId,
    clientSecret,
    redirectUri: redirectUriOf(app),
    graphUrl: app.config.graphUrl,
    hasOwnTenant: isOwnTenant(tenant),
  });
  switch (check.kind) {
    case "accepted":
      return null;
    case "rejected":
      throw new Refusal("sign_in_client_rejected", { provider, code: check.code });
    case "tenant_unknown":
      throw new Refusal("sign_in_directory_unknown", { tenant: tenant ?? "" });
    case "tenant_needed":
      throw new Refusal("sign_in_directory_needed");
    case "application_unknown":
      throw new Refusal("sign_in_application_unknown", { tenant: tenant ?? "" });
    case "unchecked":
      return say("{provider} did not say whether it accepts the client ID and the secret ({why}).", {
        provider,
        why: check.why,
      });
  }
}
