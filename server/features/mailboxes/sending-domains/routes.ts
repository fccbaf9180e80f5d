import { contract } from "@cadenza/contract";
import type { z } from "zod";
import { route, routeWithBefore } from "../../../http/route.ts";
import { presentMailbox } from "../mailboxes/present.ts";
import { lookUpMailbox, noteDomainsChecked, preparePair, removeDkimKey, setDkimKey } from "./commands.ts";

export const routes = [
  routeWithBefore(
    contract.emailAccounts.setDkim,
    ({ caller, input }) => preparePair(caller, keyFrom(input)),
    async ({ input, before, ...act }) => ({
      email_account: presentMailbox(await setDkimKey(act, input.id, keyFrom(input), before)),
    }),
  ),

  route(contract.emailAccounts.removeDkim, async ({ input, ...act }) => ({
    email_account: presentMailbox(await removeDkimKey(act, input.id)),
  })),

  routeWithBefore(
    contract.emailAccounts.checkDomain,
    ({ app, caller, input }) => lookUpMailbox(app, caller, input.id),
    async ({ input, before, ...act }) => ({
      email_account: presentMailbox(await noteDomainsChecked(act, input.id, before)),
    }),
  ),
];

function keyFrom(input: z.output<typeof contract.emailAccounts.setDkim.input>) {
  return { selector: input.selector, privateKey: input.private_key, type: input.key_type };
}
