// One account's company, looked up before the transaction and filled in within it.

import type { Act, App, Caller } from "../../../app.ts";
import { fillAccount } from "../../../domain/prospecting/filling.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { changeAccount } from "../../saving/accounts/commands.ts";
import { findKnown } from "./accounts-store.ts";
import { takeCompanies } from "./commands.ts";
import { type EnrichmentResult, lookForOrganizations } from "./looking.ts";

export async function lookForAccount(
  { app, caller, isDryRun }: { app: App; caller: Caller; isDryRun: boolean },
  id: string,
) {
  const account = await app.db.inTeam(caller.teamId, (db) => findKnown(db, caller.teamId, id));
  if (!account) throw new Refusal("record_not_found");
  const { domain, linkedinUrl, name, organizationId } = account;
  const question = { id: organizationId, domain, linkedinUrl, name };
  return lookForOrganizations({ app, caller }, [question], { asksNobody: isDryRun });
}

/** Answers which fields were filled in; null where the company is unknown. */
export async function enrichAccount(act: Act, id: string, found: readonly EnrichmentResult[]) {
  const { organizations } = await takeCompanies(act, found);
  const [company] = organizations;
  if (!company) return null;
  const account = await findKnown(act.db, act.caller.teamId, id);
  if (!account) throw new Refusal("record_not_found");
  const wish = fillAccount(account, company);
  const changed = Object.keys(wish);
  if (changed.length > 0) await changeAccount(act, id, wish);
  return changed;
}
