// Finds the existing account that a new one duplicates, and the contacts that belong to a new account.
//
// Easy to get wrong: two entries of one request can mean the same company, so each added entry counts as existing for
// the next. And a common name must not pull a contact away from the company of their address.

import { accountClues } from "./companies.ts";

export type KnownAccount = {
  id: string;
  name: string | null;
  domain: string | null;
  organizationId: string | null;
  crmIds: readonly string[];
};

export type AccountToMatch = Omit<KnownAccount, "id">;

/** For each wanted account, in order: an existing one, an earlier wanted one, or a new one. */
export type AccountMatch = { kind: "new" } | { kind: "known"; id: string } | { kind: "earlier"; at: number };

/** CRM ids always count; domain, organization and name only where asked to dedupe. The first rule that hits decides. */
export function matchAccounts(
  known: readonly KnownAccount[],
  wanted: readonly AccountToMatch[],
  dedupe: boolean,
): AccountMatch[] {
  const seen = new Map<string, AccountMatch>();
  for (const account of [...known].reverse()) note(seen, account, { kind: "known", id: account.id });
  return wanted.map((account, at) => {
    const keys = dedupe ? keysOf(account) : account.crmIds.map(crmKey);
    const match = keys.map((key) => seen.get(key)).find((hit) => hit !== undefined);
    if (match) return match;
    for (const key of keysOf(account)) if (!seen.has(key)) seen.set(key, { kind: "earlier", at });
    return { kind: "new" };
  });
}

function note(seen: Map<string, AccountMatch>, account: AccountToMatch, match: AccountMatch) {
  for (const key of keysOf(account)) seen.set(key, match);
}

function keysOf({ crmIds, domain, organizationId, name }: AccountToMatch) {
  return [
    ...crmIds.map(crmKey),
    ...(domain ? [`domain ${domain}`] : []),
    ...(organizationId ? [`organization ${organizationId}`] : []),
    ...(name?.trim() ? [`name ${plainName(name)}`] : []),
  ];
}

const crmKey = (id: string) => `crm ${id}`;

function plainName(name: string) {
  return name.trim().toLowerCase();
}

export type Lonely = { id: string; email: string | null; organizationName: string | null };
export type Host = { id: string; name: string | null; domain: string | null };

/** Assigns contacts without an account to the given accounts. The address decides before the name. */
export function linkContacts(contacts: readonly Lonely[], accounts: readonly Host[]) {
  const byDomain = new Map<string, string>();
  const byName = new Map<string, string>();
  for (const { id, name, domain } of accounts) {
    if (domain !== null && !byDomain.has(domain)) byDomain.set(domain, id);
    if (name?.trim() && !byName.has(plainName(name))) byName.set(plainName(name), id);
  }
  const namedDomains = new Map(accounts.map(({ id, domain }) => [id, domain]));
  return contacts.flatMap((contact) => {
    const { domains, name } = accountClues({ email: contact.email, name: contact.organizationName });
    const byAddress = domains.map((domain) => byDomain.get(domain)).find((id) => id !== undefined);
    if (byAddress) return [{ contactId: contact.id, accountId: byAddress }];
    const named = name === null ? undefined : byName.get(name);
    const contradicts = domains.length > 0 && named !== undefined && namedDomains.get(named) !== null;
    return named === undefined || contradicts ? [] : [{ contactId: contact.id, accountId: named }];
  });
}
