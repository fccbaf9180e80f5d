// A row becomes a contact: a new one, or an existing one, found as the contacts API finds it. The same commands as
// everywhere write it, a whole batch at a time.
//
// Easy to get wrong: two rows of one batch can be about the same new person. What an earlier batch of the same file
// wrote did not exist before the import.

import type { Act } from "../../../app.ts";
import { CONTACT_TARGETS } from "../../../domain/imports/import-fields.ts";
import type { ImportedContact } from "../../../domain/imports/import-rows.ts";
import { say } from "../../../kernel/say.ts";
import { queueForEverybody } from "../../contacts/duplicates/store.ts";
import { noteByproducts } from "../../prospecting/import-rows/byproducts-store.ts";
import {
  contactsOfAccounts,
  ownersNamed,
  stageIdsByName,
} from "../../prospecting/import-rows/records-store.ts";
import type { ImportRowOutcome } from "../../prospecting/import-rows/rows-store.ts";
import type { ContactWrite } from "../../saving/contact-writing/contact-write.ts";
import { type Place, placesOf } from "./contact-places.ts";
import type { ImportDefinition, ImportInProgress, ParsedRow } from "./kinds.ts";
import { changeKnownContacts } from "./known-contacts.ts";
import { noteListsMade } from "./lists-made.ts";
import { accountMade, addMissingAccounts } from "./missing-accounts.ts";
import { makeNewContacts } from "./new-contacts.ts";
import { undoContacts } from "./undo-contacts.ts";

export const contacts: ImportDefinition<ImportedContact> = {
  jobType: "contact_import",
  modality: "contact",
  targets: CONTACT_TARGETS,
  knownBy: [
    "email",
    "linkedin_url",
    "organization_name",
    "website_url",
    "id",
    "salesforce_lead_id",
    "salesforce_contact_id",
    "hubspot_vid",
  ],
  take: takeContacts,
  undo: undoContacts,
};

async function takeContacts(
  caller: Act,
  work: ImportInProgress,
  rows: readonly ParsedRow<ImportedContact>[],
): Promise<ImportRowOutcome[]> {
  const act: Act = { ...caller, saidBy: { source: "import", sourceId: work.id } };
  await queueForEverybody(act.db, act.caller.teamId);
  const { teamId } = act.caller;
  const owners = await ownersNamed(
    act.db,
    teamId,
    rows.map(({ said }) => said.owner),
  );
  const stages = await stageIdsByName(
    act.db,
    teamId,
    "contact_stages",
    rows.map(({ said }) => said.stageName),
  );
  const wishes = rows.map(({ said }) => wishFrom(said, work, owners));
  for (const { said } of rows)
    if (said.stageName !== undefined && !stages.has(said.stageName.trim().toLowerCase()))
      said.leftOut.contact_stage_name = say("is not a stage of your team");
  const places = await placesOf(act, wishes);
  for (const [at, { said }] of rows.entries())
    if (said.id !== undefined && places[at]?.id === null)
      said.leftOut.id = say("is not the id of a person in the people database");
  const isWritten = (at: number) => places[at]?.id === null || work.options.overwrite !== "never";
  if (work.options.createsAccounts) {
    const written = wishes.filter((_, at) => isWritten(at));
    const ids = await addMissingAccounts(act, written);
    const linked = await contactsOfAccounts(act.db, teamId, ids);
    const made = ids.map((id) => accountMade(id, linked.get(id) ?? []));
    await noteByproducts(act.db, act.caller.teamId, work.id, made, act.now);
  }
  const told = rows.map((row, at) => ({
    ...row,
    wish: wishes[at] as ContactWrite,
    place: places[at] as Place,
  }));
  const outcomes = new Map<number, ImportRowOutcome>();
  for (const outcome of [
    ...(await makeNewContacts(act, told)),
    ...(await changeKnownContacts(act, work, told)),
  ])
    outcomes.set(outcome.row, outcome);
  await noteListsMade(act, work, "contacts", wishes);
  return rows.map(({ row }) => outcomes.get(row) as ImportRowOutcome);
}

function wishFrom(
  said: ImportedContact,
  { options }: ImportInProgress,
  owners: ReadonlyMap<string, string>,
): ContactWrite {
  const { leftOut, owner, labelNames = [], ...row } = said;
  const found = owner === undefined ? undefined : owners.get(owner);
  if (owner !== undefined && found === undefined)
    leftOut.owner_email = say("is not an active user of your team");
  const ownerId = found ?? options.ownerId ?? undefined;
  const stageId = row.stageName === undefined ? (options.stageId ?? undefined) : undefined;
  const lists = [...options.labelNames, ...labelNames];
  return {
    ...row,
    ...(ownerId !== undefined && { ownerId }),
    ...(stageId !== undefined && { contactStageId: stageId }),
    ...(lists.length > 0 && { labelNames: [...new Set(lists)] }),
  };
}
