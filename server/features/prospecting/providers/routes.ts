import { contract } from "@cadenza/contract";
import type { Act } from "../../../app.ts";
import { route, routeWithBefore } from "../../../http/route.ts";
import {
  addProvider,
  changeProvider,
  noteProviderTried,
  orderProviders,
  refuseUnfitUrls,
  removeProvider,
  tryProvider,
} from "./commands.ts";
import { presentProvider, presentTriedProvider } from "./present.ts";
import { listProviders, listReports, type ProviderRow } from "./store.ts";

const { enrichmentProviders } = contract;
const REPORTED = { hours: 30 * 24 };

export const routes = [
  route(enrichmentProviders.list, async (act) => ({ providers: await presented(act) })),

  routeWithBefore(
    enrichmentProviders.create,
    ({ app, input }) =>
      refuseUnfitUrls(app, [input.base_url, input.mapping?.person?.url, input.mapping?.organization?.url]),
    async ({ input, ...act }) => {
      const provider = await addProvider(act, {
        name: input.name,
        kind: input.kind,
        baseUrl: input.base_url ?? null,
        mapping: input.mapping ?? null,
        key: input.provider_key,
        isEnabled: input.enabled,
        timeoutMs: input.timeout_ms,
        retries: input.retries,
        price: input.price,
        ceiling: input.ceiling,
        heedsRequestIds: input.heeds_request_ids,
      });
      return { provider: presentProvider(provider, undefined) };
    },
  ),

  routeWithBefore(
    enrichmentProviders.update,
    ({ app, input }) =>
      refuseUnfitUrls(app, [input.base_url, input.mapping?.person?.url, input.mapping?.organization?.url]),
    async ({ input, ...act }) => {
      const provider = await changeProvider(act, input.id, {
        ...(input.name !== undefined && { name: input.name }),
        ...(input.base_url !== undefined && { baseUrl: input.base_url }),
        ...(input.mapping !== undefined && { mapping: input.mapping }),
        ...(input.provider_key !== undefined && { key: input.provider_key }),
        ...(input.enabled !== undefined && { isEnabled: input.enabled }),
        ...(input.timeout_ms !== undefined && { timeoutMs: input.timeout_ms }),
        ...(input.retries !== undefined && { retries: input.retries }),
        ...(input.price !== undefined && { price: input.price }),
        ...(input.ceiling !== undefined && { ceiling: input.ceiling }),
        ...(input.heeds_request_ids !== undefined && { heedsRequestIds: input.heeds_request_ids }),
        asksLostAgain: input.ask_lost_again,
      });
      const shown = (await presented(act)).find(({ id }) => id === provider.id);
      return { provider: shown ?? presentProvider(provider, undefined) };
    },
  ),

  route(enrichmentProviders.order, async ({ input, ...act }) => {
    await orderProviders(act, input.provider_ids);
    return { providers: await presented(act) };
  }),

  routeWithBefore(
    enrichmentProviders.test,
    ({ app, caller, input }) =>
      tryProvider(app, caller.teamId, input.id, { email: input.email ?? null, domain: input.domain ?? null }),
    async ({ input, before, ...act }) => {
      await noteProviderTried(act, input.id, before.outcome);
      return presentTriedProvider(before);
    },
  ),

  route(enrichmentProviders.delete, async ({ input, ...act }) => {
    await removeProvider(act, input.id);
    return { provider: { id: input.id, deleted: true as const } };
  }),
];

async function presented({ db, now, caller }: Pick<Act, "db" | "now" | "caller">) {
  const providers: ProviderRow[] = await listProviders(db, caller.teamId);
  const reports = await listReports(db, caller.teamId, now.subtract(REPORTED));
  const of = new Map(reports.map((report) => [report.providerId, report]));
  return providers.map((one) => presentProvider(one, of.get(one.id)));
}
