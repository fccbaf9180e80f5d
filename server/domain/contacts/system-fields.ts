// The fields every contact, account and deal has, as the list of fields names them. A child is part of its
// parent: the city is read from the address, and changed with it.

import type { FieldType } from "./custom-fields.ts";

type Modality = "contact" | "account" | "opportunity";

export type SystemField = {
  modality: Modality;
  name: string;
  label: string;
  type: FieldType;
  category: string;
  parent: string | null;
};

type Line = [name: string, label: string, type: FieldType, category: string, parent?: string];

const CONTACT: readonly Line[] = [
  ["name", "Name", "string", "person"],
  ["first_name", "First Name", "string", "person", "name"],
  ["last_name", "Last Name", "string", "person", "name"],
  ["title", "Title", "string", "person"],
  ["headline", "Headline", "string", "person"],
  ["email", "Email", "string", "person"],
  ["email_status", "Email Status", "string", "person", "email"],
  ["phone_numbers", "Phone Numbers", "string", "person"],
  ["linkedin_url", "LinkedIn URL", "string", "person"],
  ["twitter_url", "Twitter URL", "string", "person"],
  ["facebook_url", "Facebook URL", "string", "person"],
  ["present_raw_address", "Address", "string", "person"],
  ["city", "City", "string", "person", "present_raw_address"],
  ["state", "State", "string", "person", "present_raw_address"],
  ["country", "Country", "string", "person", "present_raw_address"],
  ["time_zone", "Time Zone", "string", "person", "present_raw_address"],
  ["organization_name", "Company", "string", "company"],
  ["account_id", "Account", "string", "company"],
  ["contact_stage_id", "Stage", "string", "person"],
  ["owner_id", "Owner", "string", "person"],
  ["label_ids", "Lists", "string", "person"],
  ["source", "Source", "string", "person"],
  ["last_activity_date", "Last Activity", "datetime", "person"],
  ["created_at", "Created At", "datetime", "person"],
  ["updated_at", "Updated At", "datetime", "person"],
];

const ACCOUNT: readonly Line[] = [
  ["name", "Name", "string", "company"],
  ["domain", "Domain", "string", "company"],
  ["website_url", "Website", "string", "company", "domain"],
  ["phone", "Phone", "string", "company"],
  ["linkedin_url", "LinkedIn URL", "string", "company"],
  ["raw_address", "Address", "string", "company"],
  ["city", "City", "string", "company", "raw_address"],
  ["state", "State", "string", "company", "raw_address"],
  ["country", "Country", "string", "company", "raw_address"],
  ["industry", "Industry", "string", "company"],
  ["estimated_num_employees", "# Employees", "number", "company"],
  ["annual_revenue", "Annual Revenue", "number", "company"],
  ["account_stage_id", "Stage", "string", "company"],
  ["owner_id", "Owner", "string", "company"],
  ["label_ids", "Lists", "string", "company"],
  ["source", "Source", "string", "company"],
  ["last_activity_date", "Last Activity", "datetime", "company"],
  ["created_at", "Created At", "datetime", "company"],
  ["updated_at", "Updated At", "datetime", "company"],
];

const OPPORTUNITY: readonly Line[] = [
  ["name", "Name", "string", "deal"],
  ["amount", "Amount", "number", "deal"],
  ["closed_date", "Close Date", "date", "deal"],
  ["opportunity_stage_id", "Stage", "string", "deal"],
  ["owner_id", "Owner", "string", "deal"],
  ["account_id", "Account", "string", "company"],
  ["description", "Description", "textarea", "deal"],
  ["next_step", "Next Step", "string", "deal"],
  ["next_step_date", "Next Step Date", "date", "deal"],
  ["source", "Source", "string", "deal"],
  ["created_at", "Created At", "datetime", "deal"],
];

export const SYSTEM_FIELDS: readonly SystemField[] = [
  ...CONTACT.map(fieldOf("contact")),
  ...ACCOUNT.map(fieldOf("account")),
  ...OPPORTUNITY.map(fieldOf("opportunity")),
];

function fieldOf(modality: Modality) {
  return ([name, label, type, category, parent]: Line): SystemField => ({
    modality,
    name,
    label,
    type,
    category,
    parent: parent ?? null,
  });
}
