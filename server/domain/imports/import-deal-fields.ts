// The fields of a deal that a column of a file can go to, with the names they have in other sales tools.

import type { ImportField } from "./import-columns.ts";

const looksLikeNumber = (text: string) => /^\d{1,20}$/.test(text);

export const DEAL_TARGETS: readonly ImportField[] = [
  {
    field: "name",
    label: "Name",
    names: ["deal name", "deal", "opportunity", "opportunity name", "title", "deal title"],
  },
  {
    field: "organization_name",
    label: "Company",
    names: ["company name", "account", "account name", "associated company", "organization"],
  },
  {
    field: "domain",
    label: "Company domain",
    names: ["domain", "company website", "website", "account domain"],
  },
  {
    field: "owner_email",
    label: "Owner",
    names: ["owner email", "deal owner", "opportunity owner", "owner's email", "account executive"],
  },
  {
    field: "opportunity_stage_name",
    label: "Stage",
    names: ["deal stage", "opportunity stage", "sales stage", "pipeline stage", "status"],
  },
  { field: "amount", label: "Amount", names: ["value", "deal value", "deal amount", "opportunity amount"] },
  {
    field: "currency_code",
    label: "Currency",
    names: ["currency", "amount currency", "opportunity currency"],
  },
  {
    field: "closed_date",
    label: "Close date",
    names: ["expected close date", "closing date", "close", "expected closing date"],
  },
  {
    field: "actual_close_date",
    label: "Closed on",
    names: ["closed at", "actual close date", "won time", "lost time"],
  },
  {
    field: "contact_emails",
    label: "Contacts",
    names: ["contact", "contact email", "contact emails", "associated contacts", "primary contact"],
  },
  { field: "contact_roles", label: "Contact roles", names: ["roles", "contact role"] },
  { field: "main_contact_email", label: "Main contact", names: ["main contact email"] },
  { field: "next_step", label: "Next step", names: ["next steps"] },
  { field: "next_step_date", label: "Next step date", names: ["next step due", "next activity date"] },
  { field: "deal_probability", label: "Probability", names: ["probability", "deal probability", "win %"] },
  { field: "closed_lost_reason", label: "Lost reason", names: ["closed lost reason", "loss reason"] },
  { field: "closed_won_reason", label: "Won reason", names: ["closed won reason", "win reason"] },
  { field: "description", label: "Description", names: ["deal description", "notes"] },
  {
    field: "crm_id",
    label: "CRM id",
    names: ["record id", "deal id", "hubspot deal id"],
    must: looksLikeNumber,
  },
  {
    field: "salesforce_id",
    label: "Salesforce id",
    names: ["salesforce opportunity id", "sfdc opportunity id", "opportunity id"],
  },
  { field: "id", label: "Id", names: ["cadenza id"] },
];
