// What the rows of a file wish for deals: companies, owners, stages and contacts as ids. A company that the team does not
// have is made, where the import may; what is not found otherwise is told with the row.

import type { Act } from "../../../app.ts";
import { accountClues } from "../../../domain/contacts/companies.ts";
import type { DealSaid } from "../../../domain/imports/import-deal-rows.ts";
import { say } from "../../../kernel/say.ts";
import { findAccountsBy } from "../../contacts/account-matching/store.ts";
import { noteByproducts } from "../../prospecting/import-rows/byproducts-store.ts";
import {
  contactsOfAccounts,
  ownersNamed,
  stageIdsByName,
} from "../../prospecting/import-rows/records-store.ts";
import type { DealWish } from "../../work/deals/deal-wish.ts";
import { contactsNamed } from "./deals-store.ts";
import type { ImportInProgress, ParsedRow } from "./kinds.ts";
import { accountMade, addMissingAccounts } from "./missing-accounts.ts";

export async function dealWishes(
  act: Act,
  work: ImportInProgress,
  rows: readonly ParsedRow<DealSaid>[],
): Promise<DealWish[]> {
  const { db, caller } = act;
  const { teamId } = caller;
  const all = rows.map(({ said }) => said);
  if (work.options.createsAccounts) await addCompanies(act, work, all);
  const [accounts, owners, stages, contacts] = await Promise.all([
    findAccountsBy(db, teamId, all.map(cluesOf)),
    ownersNamed(
      db,
      teamId,
      all.map(({ owner }) => owner),
    ),
    stageIdsByName(
      db,
      teamId,
      "deal_stages",
      all.map(({ stageName }) => stageName),
    ),
    contactsNamed(db, teamId, all.flatMap(whoIn)),
  ]);
  return all.map((said, at) => {
    const { leftOut, owner, stageName, companyName, domain } = said;
    const ownerId = owner === undefined ? undefined : owners.get(owner);
    if (owner !== undefined && !ownerId) leftOut.owner_email = say("is not an active user of your team");
    const stageId = stageName === undefined ? undefined : stages.get(stageName.trim().toLowerCase());
    if (stageName !== undefined && !stageId)
      leftOut.opportunity_stage_name = say("is not a stage of your team");
    const accountId = accounts.get(at)?.id;
    if ((companyName ?? domain) !== undefined && !accountId)
      leftOut.organization_name = say("is not a company of your team");
    return {
      ...factsIn(said),
      ownerId: ownerId ?? work.options.ownerId ?? undefined,
      stageId,
      accountId,
      roles: rolesIn(said, contacts),
      customFields: said.fields,
    };
  });
}

function cluesOf({ companyName, domain }: DealSaid) {
  return accountClues({ email: null, domain, name: companyName });
}

async function addCompanies(act: Act, work: ImportInProgress, all: readonly DealSaid[]) {
  const naming = all.map(({ companyName, domain }) => ({
    organizationName: companyName,
    websiteUrl: domain,
  }));
  const ids = await addMissingAccounts(act, naming);
  const linked = await contactsOfAccounts(act.db, act.caller.teamId, ids);
  const made = ids.map((id) => accountMade(id, linked.get(id) ?? []));
  await noteByproducts(act.db, act.caller.teamId, work.id, made, act.now);
}

function factsIn(said: DealSaid): DealWish {
  const day = (text: string | undefined) => (text === undefined ? undefined : Temporal.PlainDate.from(text));
  return {
    name: said.name,
    amount: said.amount,
    currency: said.currency,
    nextStep: said.nextStep,
    probability: said.probability,
    closedLostReason: said.closedLostReason,
    closedWonReason: said.closedWonReason,
    description: said.description,
    salesforceId: said.salesforceId,
    crmId: said.crmId,
    closesOn: day(said.closesOn),
    closedOn: day(said.closedOn),
    nextStepOn: day(said.nextStepOn),
  };
}

const whoIn = ({ contacts = [], mainContact }: DealSaid) => [
  ...contacts.map(({ who }) => who),
  ...(mainContact === undefined ? [] : [mainContact]),
];

function rolesIn(said: DealSaid, ids: ReadonlyMap<string, string>): DealWish["roles"] {
  const { contacts = [], mainContact, leftOut } = said;
  const missing = [...new Set(whoIn(said))].filter((who) => !ids.has(who));
  if (missing.length > 0)
    leftOut.contact_emails = say("contains no contact of your team: {missing}", {
      missing: missing.join(", "),
    });
  const rolesOf = new Map<string, readonly string[]>();
  for (const { who, roles } of contacts) {
    const id = ids.get(who);
    if (id !== undefined) rolesOf.set(id, [...(rolesOf.get(id) ?? []), ...roles]);
  }
  const main = ids.get(mainContact ?? "");
  if (main !== undefined && !rolesOf.has(main)) rolesOf.set(main, []);
  if (rolesOf.size === 0) return undefined;
  return [...rolesOf].map(([contactId, roles]) => ({
    contactId,
    roles: roles.map((name) => ({ is: "name" as const, name })),
    isPrimary: main === undefined ? null : contactId === main,
  }));
}
