// Contacts.

import type { Calls } from "../calls.ts";
import type { Scene } from "../scene.ts";
import { alone, CRM, PAGES } from "./accounts.ts";

const contactOf = (at: Scene, first_name: string) => ({
  first_name,
  last_name: "Berg",
  organization_name: "Kraft",
  title: "Buyer",
  account_id: at.account,
  email: `${first_name.toLowerCase()}@kraft.example`,
  website_url: "https://kraft.example",
  label_names: ["Fair"],
  contact_stage_id: at.stage,
  present_raw_address: "Umeå, Västerbotten, Sweden",
  direct_phone: "+46905550201",
  corporate_phone: "+46905550202",
  mobile_phone: "+46705550203",
  home_phone: "+46905550204",
  other_phone: "+46905550205",
  typed_custom_fields: { [at.contactField]: "small" },
});

export const contacts: Calls = {
  "POST /contacts": (at) => [
    { body: contactOf(at, "Astrid") },
    { body: { first_name: "Nils", website_url: "https://kraft.example" } },
    { body: { first_name: "Ines", email: "ines@kraft.example", run_dedupe: true } },
  ],
  "PATCH /contacts/{contact_id}": async (at) => [
    { path: { contact_id: at.contact }, body: { ...contactOf(at, "Ines"), title: "Head of plants" } },
    { path: { contact_id: await at.newContact() }, body: { website_url: "https://kraft.example" } },
  ],
  "GET /contacts/{contact_id}": (at) => [{ path: { contact_id: at.contact } }],
  "POST /contacts/{contact_id}/opportunities": (at) => [{ path: { contact_id: at.contact } }],
  "POST /contacts/search": (at) => [
    ...alone({
      q_keywords: "Okafor",
      contact_stage_ids: [at.stage],
      contact_label_ids: [at.label],
      sort_by_field: "contact_name",
      page: 2,
      per_page: 1,
    }),
    { body: { sort_by_field: "contact_name", sort_ascending: true } },
    {},
  ],
  "POST /contacts/update_stages": (at) => [
    { query: { "contact_ids[]": [at.contact], contact_stage_id: at.stage } },
  ],
  "POST /contacts/update_owners": (at) => [
    { query: { "contact_ids[]": [at.contact], owner_id: at.colleague } },
  ],
  "POST /contacts/bulk_create": (at) => [
    {
      body: {
        contacts: [
          {
            ...CRM,
            ...PAGES,
            first_name: "Bo",
            last_name: "Bulk",
            email: "bo@bulk.example",
            title: "Buyer",
            primary_title: "Chief buyer",
            organization_name: "Bulk",
            phone: "+46905550401",
            present_raw_address: "Oslo, Norway",
            linkedin_url: "https://www.linkedin.com/in/bo",
            photo_url: "https://pictures.example/bo.png",
            account_id: at.account,
            organization_id: at.other,
            contact_stage_id: at.stage,
            salesforce_lead_id: "sf-11",
            salesforce_contact_id: "sf-12",
            salesforce_account_id: "sf-13",
            outreach_id: "or-1",
            salesloft_id: "sl-1",
            phone_status_cd: "valid_number",
            typed_custom_fields: { [at.contactField]: "small" },
            contact_role_type_ids: [at.stage],
          },
          {
            first_name: "Eva",
            contact_emails: [
              { email: "eva@bulk.example", position: 0 },
              { email: "e@bulk.example", position: 1 },
            ],
          },
          {
            first_name: "Ida",
            phone_numbers: [
              { raw_number: "+46905550402", position: 1 },
              { raw_number: "+46905550403", position: 0 },
            ],
          },
        ],
        append_label_names: ["Bulk"],
        owner_id: at.colleague,
      },
    },
    { body: { contacts: [{ first_name: "Ines", email: "ines@kraft.example" }], run_dedupe: true } },
  ],
  "POST /contacts/bulk_update": async (at) => {
    const words = {
      first_name: "Ines",
      last_name: "Okafor-Berg",
      email: "ines@kraft.example",
      title: "Chief of plants",
      organization_name: "Kraft",
      present_raw_address: "Oslo, Norway",
      linkedin_url: "https://www.linkedin.com/in/ines-okafor",
      typed_custom_fields: { [at.contactField]: "middle" },
    };
    const places = { owner_id: at.colleague, account_id: at.account };
    const other = await at.newContact();
    return [
      { body: { contact_attributes: [{ id: at.contact, ...words, ...places }] } },
      { body: { contact_ids: [other], ...words, ...places, email: "other@kraft.example" } },
      { body: { contact_ids: [other], title: "Buyer", async: true } },
      { body: { contact_ids: [other, at.contact], title: "Buyer", visible_entity_ids: [other] } },
    ];
  },
  "GET /contact_stages": () => [{}],
};
