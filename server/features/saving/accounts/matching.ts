// Which companies are meant, and whose contacts belong to one that is new.

import type { Act } from "../../../app.ts";
import {
  type AccountToMatch,
  linkContacts,
  matchAccounts,
} from "../../../domain/contacts/account-matching.ts";
import * as matching from "../../contacts/account-matching/store.ts";
import { distinctTexts } from "../../contacts/accounts/finding.ts";
import type { StoredAccount } from "../../contacts/accounts/store.ts";

/** Until the transaction ends no other can make another like them. */
export async function matchesFor(
  { db, caller }: Act,
  accounts: readonly StoredAccount["facts"][],
  dedupe: boolean,
) {
  await matching.holdMatching(db, caller.teamId);
  const wanted = accounts.map(wantedFrom);
  return matchAccounts(await matching.findCandidates(db, caller.teamId, keysOf(wanted)), wanted, dedupe);
}

/** Contacts without an account that it is theirs. */
export async function linkLonelyContacts({ db, now, caller }: Act, accounts: readonly StoredAccount[]) {
  if (accounts.length === 0) return;
  const hosts = accounts.map(({ id, facts }) => ({ id, name: facts.name, domain: facts.domain }));
  const lonely = await matching.findLonelyContacts(db, caller.teamId, hosts);
  const links = linkContacts(lonely, hosts);
  if (links.length > 0) await matching.linkContacts(db, caller.teamId, links, now);
}

function wantedFrom(facts: StoredAccount["facts"]): AccountToMatch {
  const { name, domain, organizationId, salesforceId, hubspotId, mergedCrmIds } = facts;
  const crmIds = [salesforceId, hubspotId, ...(mergedCrmIds ?? [])].filter((id) => id !== null);
  return { name, domain, organizationId, crmIds };
}

function keysOf(wanted: readonly AccountToMatch[]) {
  return {
    crmIds: wanted.flatMap(({ crmIds }) => crmIds),
    domains: distinctTexts(wanted.map(({ domain }) => domain)),
    organizationIds: distinctTexts(wanted.map(({ organizationId }) => organizationId)),
    names: distinctTexts(wanted.map(({ name }) => name?.toLowerCase())),
  };
}
