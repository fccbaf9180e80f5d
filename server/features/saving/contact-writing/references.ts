// What contacts to be written refer to: owners, stages, accounts. Looked up once for all, and refused where it is not the team's.

import type { Act } from "../../../app.ts";
import { accountClues } from "../../../domain/contacts/companies.ts";
import { readEmail } from "../../../domain/contacts/contact-emails.ts";
import type { ContactDetails } from "../../../domain/contacts/contact-facts.ts";
import { codeWords } from "../../../kernel/code-words.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { type AccountFound, findAccountsBy } from "../../contacts/account-matching/store.ts";
import * as holding from "../../contacts/contact-rows/holding-store.ts";
import { findReferences } from "../../contacts/contact-rows/store.ts";
import type { ContactWrite } from "./contact-write.ts";

/** Before work is put off: what cannot be done is said at once. */
export async function refuseForeignReferences(act: Act, wishes: readonly ContactWrite[]) {
  await gatherReferences(
    act,
    wishes,
    wishes.map(() => null),
  );
}

/** What the wishes refer to: looked up once for all, and refused where it is not the team's. */
export async function gatherReferences(
  act: Act,
  wishes: readonly ContactWrite[],
  before: readonly (ContactDetails | null)[],
) {
  const { db, caller } = act;
  const { teamId } = caller;
  const given = (key: "ownerId" | "contactStageId" | "accountId") => [
    ...new Set(wishes.flatMap((wish) => wish[key]?.trim() || [])),
  ];
  const ids = { users: given("ownerId"), stages: given("contactStageId"), accounts: given("accountId") };
  const names = [
    ...new Set(
      wishes.flatMap(
        ({ stageName, contactStageId }) => (contactStageId === undefined && stageName?.trim()) || [],
      ),
    ),
  ];
  const clues = wishes.map((wish, i) => cluesOf(wish, before[i] ?? null));
  const [references, firstStageId, accounts, stageIds] = await Promise.all([
    findReferences(db, teamId, ids),
    holding.firstStageId(db, teamId),
    clues.some(({ domains, name }) => domains.length > 0 || name)
      ? findAccountsBy(db, teamId, clues)
      : new Map<number, AccountFound>(),
    Promise.all(names.map(async (name) => [name, await holding.findStageId(db, teamId, name)] as const)),
  ]);
  refuseUnknown("user", ids.users, references.users);
  refuseUnknown("contact_stage", ids.stages, references.stages);
  refuseUnknown("account", ids.accounts, references.accounts);
  const stageByName = new Map(stageIds);
  const resolved = (wish: ContactWrite, i: number): ContactWrite => {
    const account = wish.accountId ? references.accounts.get(wish.accountId) : accounts.get(i);
    const stageId = wish.stageName && stageByName.get(wish.stageName.trim());
    return {
      ...wish,
      ...(wish.contactStageId === undefined && stageId && { contactStageId: stageId }),
      ...(account && { accountId: account.id }),
      ...(account &&
        !before[i]?.facts.organizationName &&
        wish.organizationName === undefined && { organizationName: account.name }),
      ...(account?.organizationId &&
        wish.organizationId === undefined && { organizationId: account.organizationId }),
    };
  };
  return { firstStageId, resolved };
}

function refuseUnknown(name: string, ids: readonly string[], found: ReadonlyMap<string, unknown>) {
  const value = ids.find((id) => !found.has(id));
  if (value !== undefined) throw new Refusal("contact_reference_unknown", { name: codeWords(name), value });
}

/** An account is looked for where none is known and none is named. */
function cluesOf(wish: ContactWrite, before: ContactDetails | null) {
  const isNamed = wish.accountId !== undefined;
  const saysNothing =
    wish.email === undefined && wish.websiteUrl === undefined && wish.organizationName === undefined;
  if (isNamed || before?.facts.accountId || saysNothing) return { domains: [], name: null };
  const email = readEmail(wish.email) ?? wish.addresses?.[0] ?? before?.facts.email;
  return accountClues({ email, domain: wish.websiteUrl, name: wish.organizationName });
}
