import { contract } from "@cadenza/contract";
import type { z } from "zod";
import type { ContactValues, PhoneType } from "../../../domain/contacts/contact-facts.ts";
import { route } from "../../../http/route.ts";
import { readMoment } from "../../../kernel/moments.ts";
import { withoutBlanks } from "../../../kernel/omit-empty.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { readSummaries } from "../../contacts/contact-rows/store.ts";
import {
  presentContact,
  presentCreated,
  presentUnread,
  presentUnreadRows,
  presentUpdatedContact,
} from "../../contacts/contacts/present.ts";
import type { MatchReason } from "../../contacts/duplicates/store.ts";
import { presentBulkUpdate } from "../../events/progress/present.ts";
import type { ContactWrite } from "../../saving/contact-writing/contact-write.ts";
import {
  changeContact,
  changeContactsLater,
  changeManyContacts,
  createContact,
  createContacts,
  giveToOwner,
  moveToStage,
} from "./commands.ts";
import { showContact } from "./showing.ts";

export const routes = [
  route(contract.contacts.create, async ({ input, ...act }) => {
    const wish = readWish(input);
    const { id, fieldErrors, match } = await createContact(act, wish, input.run_dedupe);
    const shown = await showContact(act, id, fieldErrors, presentUnread(wish));
    if (!input.run_dedupe) return shown;
    return {
      ...shown,
      dedupe_result: {
        found_existing: match !== null,
        match_reason: match && MATCHES[match.reason],
        existing_contact_id: match?.contactId ?? null,
      },
    };
  }),

  route(contract.contacts.get, async ({ input, ...act }) => showContact(act, input.id)),

  route(contract.contacts.update, async ({ input, ...act }) => {
    const wish = readWish(input);
    const { id, fieldErrors } = await changeContact(act, input.id, wish);
    return showContact(act, id, fieldErrors, presentUnread(wish));
  }),

  route(contract.contacts.bulkCreate, async ({ input, ...act }) => {
    const rows = input.contacts ?? input.contact_attributes ?? input.contacts_with_labels;
    if (!rows || rows.length === 0) throw new Refusal("contact_list_missing");
    if (rows.length > 100) throw new Refusal("contact_list_too_long");
    const wishes = rows.map((row) => {
      const labelNames = [...(row.label_names ?? []), ...(input.append_label_names ?? [])];
      return {
        ...readWish(row),
        ...(row.primary_title && { title: row.primary_title }),
        ...(row.merged_crm_ids && { mergedCrmIds: row.merged_crm_ids }),
        ...(row.owner_id == null && { ownerId: input.owner_id }),
        ...(labelNames.length > 0 && { labelNames }),
      };
    });
    const { createdIds, existingIds } = await createContacts(act, wishes, input.run_dedupe);
    const shown = await readSummaries(act.db, act.caller.teamId, [...createdIds, ...existingIds]);
    const byId = new Map(shown.map((row) => [row.id, presentCreated(row)]));
    return {
      created_contacts: createdIds.flatMap((id) => byId.get(id) ?? []),
      existing_contacts: existingIds.flatMap((id) => byId.get(id) ?? []),
      field_errors: presentUnreadRows(wishes),
    };
  }),

  route(contract.contacts.bulkUpdate, async ({ input, ...act }) => {
    const changes = readChanges(input);
    if (input.async || changes.length > MOST_AT_ONCE)
      return presentBulkUpdate(await changeContactsLater(act, changes));
    const changed = await changeManyContacts(act, changes);
    const ids = changed.map(({ id }) => id);
    const visible = input.visible_entity_ids && new Set(input.visible_entity_ids);
    const shown = visible ? ids.filter((id) => visible.has(id)) : ids;
    return { contacts: (await readSummaries(act.db, act.caller.teamId, shown)).map(presentUpdatedContact) };
  }),

  route(contract.contacts.updateStages, async ({ input, ...act }) => {
    const { contact_stage_id: id, contact_stage_name: name } = input;
    if (id === undefined && !name?.trim())
      throw new Refusal("parameter_missing", { name: "contact_stage_id" });
    const moved = await moveToStage(act, input.contact_ids, id === undefined ? { name: name ?? "" } : { id });
    return { contacts: moved.map((row) => presentContact(row)) };
  }),

  route(contract.contacts.updateOwners, async ({ input, ...act }) => ({
    contacts: (await giveToOwner(act, input.contact_ids, input.owner_id)).map(
      ({ id, ownerId, crmOwnerId }) => ({
        id,
        owner_id: ownerId,
        crm_owner_id: crmOwnerId,
      }),
    ),
  })),
];

/** Beyond this, a bulk update is put off, as at Apollo. */
const MOST_AT_ONCE = 100;

const MATCHES = {
  id: "id_match",
  crmId: "crm_id_match",
  personId: "person_id_match",
  email: "email_match",
  nameAndCompany: "name_and_company_match",
} as const satisfies Record<MatchReason, string>;

type CreateInput = z.output<typeof contract.contacts.create.input>;
type Attributes = Partial<Omit<CreateInput, "run_dedupe">>;

function readWish(input: Attributes): ContactWrite {
  return {
    id: input.id,
    firstName: input.first_name,
    lastName: input.last_name,
    name: input.name,
    email: input.email,
    addresses: readAddresses(input.contact_emails),
    title: input.title,
    headline: input.headline,
    organizationName: input.organization_name,
    organizationId: input.organization_id,
    websiteUrl: input.website_url,
    accountId: input.account_id,
    contactStageId: input.contact_stage_id,
    stageName: input.contact_stage_name,
    ownerId: input.owner_id,
    labelNames: input.label_names,
    labelIds: input.label_ids,
    presentRawAddress: input.present_raw_address,
    fields: input.typed_custom_fields,
    personId: input.person_id,
    linkedinUrl: input.linkedin_url,
    twitterUrl: input.twitter_url,
    facebookUrl: input.facebook_url,
    githubUrl: input.github_url,
    photoUrl: input.photo_url,
    salesforceId: input.salesforce_id,
    salesforceLeadId: input.salesforce_lead_id,
    salesforceContactId: input.salesforce_contact_id,
    salesforceAccountId: input.salesforce_account_id,
    hubspotVid: input.hubspot_vid ?? input.hubspot_id,
    hubspotCompanyId: input.hubspot_company_id,
    crmId: input.crm_id,
    crmOwnerId: input.crm_owner_id,
    outreachId: input.outreach_id,
    salesloftId: input.salesloft_id,
    emailStatus: input.email_status,
    emailUnsubscribed: input.email_unsubscribed,
    doNotContact: input.do_not_contact,
    pausedUntil: input.paused_until
      ? readMoment(input.paused_until)
      : input.paused_until === null
        ? null
        : undefined,
    timeZone: input.time_zone,
    jobChange: readJobChange(input.job_change_event),
    ...readNumbers(input),
  };
}

const NUMBERS = {
  direct_phone: "work_direct",
  corporate_phone: "work_hq",
  mobile_phone: "mobile",
  home_phone: "home",
  phone: "other",
  phone_number: "other",
  other_phone: "other",
} as const satisfies Partial<Record<keyof Attributes, PhoneType>>;

function readNumbers(input: Attributes): Pick<ContactValues, "numbers" | "allNumbers"> {
  const numbers: ContactValues["numbers"] = {};
  for (const [key, type] of Object.entries(NUMBERS) as [keyof typeof NUMBERS, PhoneType][])
    if (input[key] !== undefined) numbers[type] = input[key];
  const all = input.phone_numbers
    ?.map((one, i) => (typeof one === "string" ? { raw_number: one, position: i, type: undefined } : one))
    .sort((a, b) => (a.position ?? 0) - (b.position ?? 0))
    .map(({ raw_number, type }) => ({ rawNumber: raw_number, type: type ?? ("other" as const) }));
  return { ...(Object.keys(numbers).length > 0 && { numbers }), allNumbers: all };
}

function readAddresses(given: Attributes["contact_emails"]) {
  return given
    ?.map((one, i) =>
      typeof one === "string" ? { email: one, position: i } : { ...one, position: one.position ?? i },
    )
    .sort((a, b) => a.position - b.position)
    .map(({ email }) => email);
}

function readJobChange(given: Attributes["job_change_event"]): ContactValues["jobChange"] {
  if (given === undefined || given === null) return given;
  return {
    company: given.organization_name ?? null,
    title: given.title ?? null,
    at: given.detected_at ? readMoment(given.detected_at) : null,
  };
}

/** The same change for all named contacts, or each its own. */
function readChanges(input: z.output<typeof contract.contacts.bulkUpdate.input>) {
  const {
    contact_ids: ids,
    contact_attributes,
    contacts,
    async: _,
    visible_entity_ids: __,
    ...alike
  } = input;
  const each = Array.isArray(contact_attributes) ? contact_attributes : contacts?.map(withoutBlanks);
  if (!each?.length && !ids?.length) throw new Refusal("contact_changes_missing");
  const attributes = Array.isArray(contact_attributes) ? {} : contact_attributes;
  const wish = readWish({ ...alike, ...attributes });
  const changes = each?.length
    ? each.map(({ id, ...row }) => ({ id, wish: readWish(row) }))
    : (ids ?? []).map((id) => ({ id, wish }));
  if (changes.length > 1000) throw new Refusal("contact_changes_too_many");
  return changes;
}
