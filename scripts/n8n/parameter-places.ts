// Where the node shows a parameter: in a list to choose from, at once in a form, or nowhere.

/** Chosen from what the server has: the method that loads it. */
export const PICKS: Readonly<Record<string, string>> = {
  owner_id: "getUsers",
  contact_owner_ids: "getUsers",
  account_owner_ids: "getUsers",
  user_id: "getUsers",
  user_ids: "getUsers",
  contact_stage_id: "getContactStages",
  contact_stage_ids: "getContactStages",
  account_stage_id: "getAccountStages",
  account_stage_ids: "getAccountStages",
  opportunity_stage_id: "getDealStages",
  contact_label_ids: "getContactLists",
  account_label_ids: "getAccountLists",
  label_names: "getListNames",
  emailer_campaign_ids: "getSequences",
  email_account_ids: "getMailboxes",
  send_email_from_email_account_id: "getMailboxes",
};

/** Said twice on the wire, of use to others only, or the node's own business. */
export const UNSEEN = new Set([
  ...["page", "per_page", "cursor", "visibility", "phone", "phone_number", "hubspot_id", "job_change_event"],
  ...[
    "userId",
    "email_account_id",
    "emailer_campaign_id",
    "contact_filter",
    "person_id",
    "contact_stage_name",
  ],
  ...["phone_numbers", "contact_emails", "id", "label_ids", "merged_crm_ids"],
]);

/** Lists of things with fields of their own: filled in one after the other, each a group. What one of them is called. */
export const GROUPS: Readonly<Record<string, string>> = { signals: "Signal" };

/** Shown in a form at once; the others can be added. */
export const FIRST = new Set([
  ...["first_name", "last_name", "email", "title", "organization_name", "mobile_phone", "contact_stage_id"],
  ...["owner_id", "label_names", "name", "domain", "account_stage_id", "amount", "closed_date"],
  ...["opportunity_stage_id", "account_id"],
]);
