import { contract } from "@cadenza/contract";
import type { Act } from "../../../app.ts";
import type { SignInProvider } from "../../../domain/contacts/mail-sign-in.ts";
import { route, routeWithBefore } from "../../../http/route.ts";
import { checkBeforeSaving } from "./checking.ts";
import { type ClientWish, deleteClient, redirectUriOf, saveClient } from "./commands.ts";
import { presentSignInClient } from "./present.ts";
import { countOfClients, listClients } from "./store.ts";

const { signInClients } = contract;
const PROVIDERS = ["google", "microsoft"] as const;

export const routes = [
  route(signInClients.list, async ({ input: _, ...act }) => ({
    sign_in_clients: await Promise.all(PROVIDERS.map((provider) => shown(act, provider))),
  })),

  routeWithBefore(
    signInClients.save,
    ({ app, caller, input }) => checkBeforeSaving(app, caller, readWish(input)),
    async ({ input, before, ...act }) => {
      await saveClient(act, readWish(input));
      return { sign_in_client: await shown(act, input.provider), unchecked: before };
    },
  ),

  route(signInClients.delete, async ({ input, ...act }) => {
    await deleteClient(act, input.provider);
    return { sign_in_client: await shown(act, input.provider) };
  }),
];

type Wish = { provider: SignInProvider; client_id?: string; client_secret?: string; tenant?: string };

function readWish({ provider, client_id, client_secret, tenant }: Wish): ClientWish {
  return { provider, clientId: client_id, clientSecret: client_secret, tenant };
}

async function shown({ app, db, caller }: Pick<Act, "app" | "db" | "caller">, provider: SignInProvider) {
  const clients = await listClients(db, caller.teamId);
  const counts = await countOfClients(db, caller.teamId);
  return presentSignInClient(provider, clients.find((one) => one.provider === provider) ?? null, {
    redirectUri: redirectUriOf(app),
    graphUrl: app.config.graphUrl,
    mailboxes: counts.find((one) => one.provider === provider)?.mailboxes ?? 0,
  });
}
