// Several accounts that are one company.

import type { Act } from "../../../app.ts";
import { mergeAccounts } from "../../../domain/contacts/accounts.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { mergeCandidates } from "../../automation/workflows/merging.ts";
import { absent, shown } from "../../contacts/accounts/finding.ts";
import * as store from "../../contacts/accounts/store.ts";
import { noteMerged } from "../../contacts/contact-rows/merged-into-store.ts";
import { inheritActivity } from "../../contacts/last-activity/store.ts";
import { linkLonelyContacts } from "../../saving/accounts/matching.ts";
import { recordAccountEvents } from "../../saving/accounts/telling.ts";
import { carryOver } from "./places-store.ts";

export async function mergeIntoAccount(act: Act, winnerId: string, loserIds: readonly string[]) {
  const { db, now, caller } = act;
  const losers = [...new Set(loserIds)];
  if (losers.includes(winnerId)) throw new Refusal("account_merge_itself");
  const locked = await store.lockAccounts(db, caller.teamId, [winnerId, ...losers]);
  const factsOf = (id: string) => locked.find((account) => account.id === id)?.facts;
  for (const id of [winnerId, ...losers]) if (!factsOf(id)) throw await absent(act, id, "account_deleted");
  const winner = factsOf(winnerId) as store.StoredAccount["facts"];
  const facts = mergeAccounts(
    winner,
    losers.map((id) => factsOf(id) as typeof winner),
  );
  if (facts.parentAccountId && [winnerId, ...losers].includes(facts.parentAccountId))
    facts.parentAccountId = null;

  await carryOver(db, caller.teamId, winnerId, losers);
  await mergeCandidates(act, { entity: "account", winnerId, loserIds: losers });
  await store.updateAccounts(db, caller.teamId, [{ id: winnerId, facts }], now);
  await inheritActivity(db, caller.teamId, "accounts", { winnerId, loserIds: losers });
  await store.deleteAccounts(db, caller.teamId, losers, caller.userId, now);
  await noteMerged(db, caller.teamId, { kind: "account", winnerId, loserIds: losers });
  await linkLonelyContacts(act, [{ id: winnerId, facts }]);
  await recordAccountEvents(act, "account.merged", [winnerId], { loser_ids: losers });
  await recordAccountEvents(act, "account.deleted", losers, { merged_into: winnerId });
  return { account: await shown(act, winnerId), merged: losers };
}
