// Contacts and companies: found, made without doubles, changed, put on lists.

import type { Output } from "@cadenza/sdk";
import { z } from "zod";
import { asExpected, expected, toldChanged } from "../expected.ts";
import * as fields from "../fields.ts";
import { tool } from "../tool.ts";
import { more, only } from "../words.ts";

const person = {
  first_name: z.string().max(200).optional(),
  last_name: z.string().max(200).optional(),
  email: z.string().max(320).optional(),
  title: z.string().max(500).optional(),
  organization_name: z.string().max(500).optional(),
  website_url: z.string().max(500).optional().describe("Website of the company; links the contact to it"),
  direct_phone: z.string().max(100).optional(),
  time_zone: z.string().max(100).optional(),
  present_raw_address: z.string().max(500).optional().describe("Location, such as Oslo, Norway"),
};

const places = { contact_stage_id: fields.id.optional(), owner_id: fields.id.optional() };

/** What an agent has read of a contact. */
const { website_url: _, direct_phone: __, ...read } = person;

const SHOWN = [
  ...([
    "id",
    "name",
    "first_name",
    "last_name",
    "title",
    "email",
    "email_status",
    "organization_name",
  ] as const),
  ...([
    "account_id",
    "owner_id",
    "contact_stage_id",
    "label_ids",
    "present_raw_address",
    "time_zone",
  ] as const),
  ...(["linkedin_url", "contact_campaign_statuses", "email_unsubscribed", "created_at"] as const),
] as const;

const STATUS = [
  ...["id", "emailer_campaign_id", "status", "current_step_position", "failure_reason", "inactive_reason"],
  ...["added_at", "finished_at", "auto_unpause_at", "send_email_from_email_account_id"],
] as const;

type Found = Output<"contacts", "search">["contacts"][number];
type Shown = Pick<Found, (typeof SHOWN)[number]>;

/** The same of a contact that was found, made or changed. */
function shown(contact: Shown) {
  const statuses = contact.contact_campaign_statuses.map((status) => only(status, STATUS));
  return { ...only(contact, SHOWN), ...(statuses.length > 0 && { contact_campaign_statuses: statuses }) };
}

const MADE = ["id", "first_name", "last_name", "title", "email", "organization_name", "owner_id"] as const;

export const contacts = [
  tool({
    name: "find_contacts",
    title: "Find contacts",
    description:
      "Searches saved contacts. A contact must match all filters. contact_campaign_statuses shows their status in every sequence.",
    calls: ["contacts.search"],
    reads: true,
    input: {
      query: z.string().max(200).optional().describe("Words in the name, title, company or email address"),
      emails: z.array(z.string()).max(1000).optional().describe("Exact email addresses"),
      list_names: z.array(z.string()).max(50).optional(),
      stage_ids: z.array(fields.id).max(50).optional(),
      owner_ids: z.array(fields.id).max(50).optional(),
      sequence_ids: z
        .array(fields.id)
        .max(50)
        .optional()
        .describe("Contacts who are or were in these sequences"),
      page: fields.page,
      per_page: fields.perPage,
    },
    async run(api, { query, emails, list_names, stage_ids, owner_ids, sequence_ids, page, per_page }) {
      const answer = await api.contacts.search({
        page,
        per_page,
        ...(query && { q_keywords: query }),
        ...(emails && { contact_emails: emails }),
        ...(list_names && { label_names: list_names }),
        ...(stage_ids && { contact_stage_ids: stage_ids }),
        ...(owner_ids && { contact_owner_ids: owner_ids }),
        ...(sequence_ids && { emailer_campaign_ids: sequence_ids }),
      });
      return { contacts: answer.contacts.map(shown), ...more(answer.pagination) };
    },
  }),
  tool({
    name: "create_contacts",
    title: "Create contacts",
    description:
      "Saves up to 100 contacts. An existing contact (same email address, or same name and company) is returned as existing and not created again.",
    calls: ["contacts.bulkCreate"],
    reads: false,
    input: {
      contacts: z.array(z.object(person)).min(1).max(100),
      list_names: z.array(z.string().max(200)).max(20).optional().describe("Lists to add them to"),
    },
    async run(api, { contacts: people, list_names }) {
      const answer = await api.contacts.bulkCreate({
        contacts: people,
        run_dedupe: true,
        ...(list_names && { append_label_names: list_names }),
      });
      return {
        created: answer.created_contacts.map((contact) => only(contact, MADE)),
        existing: answer.existing_contacts.map((contact) => only(contact, MADE)),
      };
    },
  }),
  tool({
    name: "update_contact",
    title: "Update a contact",
    description:
      "Changes the given fields of one contact. All other fields stay the same. A teammate may change the contact while you talk: send what you read as expected.",
    calls: ["contacts.get", "contacts.update"],
    reads: false,
    input: {
      id: fields.id,
      ...person,
      ...places,
      expected: expected({ ...read, ...places }),
    },
    async run(api, { id, expected: were, ...change }) {
      const now = await asExpected(were, async () => (await api.contacts.get({ id })).contact);
      if ("changed" in now) return toldChanged(now.changed);
      return { contact: shown((await api.contacts.update({ id, ...change }, now)).contact) };
    },
  }),
  tool({
    name: "change_list",
    title: "Add contacts to a list or remove them",
    description: "Creates the list if it does not exist.",
    calls: ["labels.addEntityIds", "labels.removeEntityIds"],
    reads: false,
    input: {
      contact_ids: fields.ids("Contact ids"),
      list_name: z.string().min(1).max(200),
      change: z.enum(["add", "remove"]),
    },
    async run(api, { contact_ids, list_name, change }) {
      const wish = { entity_ids: contact_ids, label_names: [list_name], modality: "contacts" };
      if (change === "remove") await api.labels.removeEntityIds(wish);
      else await api.labels.addEntityIds(wish);
      return { list_name, change, contacts: contact_ids.length };
    },
  }),
  tool({
    name: "find_lists",
    title: "Find lists",
    description: "Lists of contacts and companies, with the number of records on each.",
    calls: ["labels.list"],
    reads: true,
    input: {},
    async run(api) {
      const lists = await api.labels.list();
      return { lists: lists.map((list) => only(list, ["id", "name", "modality", "cached_count"])) };
    },
  }),
  tool({
    name: "find_companies",
    title: "Find companies",
    description: "Searches saved companies (accounts) by name.",
    calls: ["accounts.search"],
    reads: true,
    input: { query: z.string().max(200).optional(), page: fields.page, per_page: fields.perPage },
    async run(api, { query, page, per_page }) {
      const answer = await api.accounts.search({
        page,
        per_page,
        ...(query && { q_organization_name: query }),
      });
      return {
        companies: answer.accounts.map((account) =>
          only(account, ["id", "name", "domain", "owner_id", "account_stage_id", "num_contacts"]),
        ),
        ...more(answer.pagination),
      };
    },
  }),
  tool({
    name: "create_company",
    title: "Create a company",
    description: "Saves a company. Search first: companies with the same domain can be created twice.",
    calls: ["accounts.create"],
    reads: false,
    input: {
      name: z.string().min(1).max(500),
      domain: z.string().max(300).optional(),
      owner_id: fields.id.optional(),
    },
    async run(api, wish) {
      const { account } = await api.accounts.create(wish);
      return { company: only(account, ["id", "name", "domain", "owner_id"]) };
    },
  }),
];
