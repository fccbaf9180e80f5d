// What the n8n node offers: which calls of the contract, under which names, and what of each is shown at once. All the rest
// of a call (its further parameters, their kinds, what it answers) is read off the contract.

export type Target =
  | "contact"
  | "account"
  | "company"
  | "person"
  | "import"
  | "sequence"
  | "enrollment"
  | "task"
  | "deal"
  | "list";

export type Operation = {
  value: string;
  name: string;
  /** As n8n lists it among all that can be done. */
  action: string;
  /** Where the contract's summary does not read well in the list. */
  does?: string;
  call: string;
  /** The record that the path's `{id}` is of. */
  target?: Target;
  /** Its fields are mapped, with the team's own ones among them. */
  form?: "contact" | "account" | "deal";
  /** Parameters shown at once, and asked for. */
  asks?: readonly string[];
  /** Left out of what can be added. */
  without?: readonly string[];
};

export type Resource = { value: string; name: string; operations: readonly Operation[] };

const PEOPLE = ["async", "all", "statuses", "reasons", "emailer_step_ids", "email_account_ids", "due_before"];

export const RESOURCES: readonly Resource[] = [
  {
    value: "account",
    name: "Account",
    operations: [
      op("create", "Create", "Create an account", "accounts.create", { form: "account" }),
      op("delete", "Delete", "Delete an account", "accounts.delete", { target: "account" }),
      op("enrich", "Enrich", "Enrich an account", "accounts.enrich", {
        does: "Fill in what is missing of an account from the store of companies and providers",
        target: "account",
      }),
      op("get", "Get", "Get an account", "accounts.get", { target: "account" }),
      op("getAll", "Get Many", "Get many accounts", "accounts.search"),
      op("update", "Update", "Update an account", "accounts.update", { target: "account", form: "account" }),
    ],
  },
  {
    value: "company",
    name: "Company",
    operations: [
      op("enrich", "Enrich", "Look a company up", "organizations.enrich", {
        does: "Look a company up by its domain, in the store and with the team's providers",
        asks: ["domain"],
      }),
      op("get", "Get", "Get a company of the store", "organizations.show", { target: "company" }),
    ],
  },
  {
    value: "contact",
    name: "Contact",
    operations: [
      op("create", "Create", "Create a contact", "contacts.create", { form: "contact" }),
      op("delete", "Delete", "Delete a contact", "contacts.delete", { target: "contact" }),
      op("enrich", "Enrich", "Enrich contacts", "contacts.enrich", {
        does: "Fill in what is missing of contacts; the work goes on in the background",
        asks: ["contact_ids"],
      }),
      op("explain", "Explain", "Explain where a contact stands", "explain.contact", { target: "contact" }),
      op("get", "Get", "Get a contact", "contacts.get", { target: "contact" }),
      op("getAll", "Get Many", "Get many contacts", "contacts.search", {
        without: [
          "account_id",
          "label_names",
          "contact_email_status",
          "typed_custom_fields",
          "contact_campaign_statuses_or_failure_reasons",
        ],
      }),
      op("update", "Update", "Update a contact", "contacts.update", { target: "contact", form: "contact" }),
      op("updateStage", "Update Stage", "Move contacts to a stage", "contacts.updateStages", {
        does: "Move contacts to a stage",
        asks: ["contact_ids", "contact_stage_id"],
        without: ["contact_stage_name"],
      }),
    ],
  },
  {
    value: "deal",
    name: "Deal",
    operations: [
      op("create", "Create", "Create a deal", "opportunities.create", { form: "deal" }),
      op("delete", "Delete", "Delete a deal", "opportunities.delete", { target: "deal" }),
      op("get", "Get", "Get a deal", "opportunities.get", { target: "deal" }),
      op("getAll", "Get Many", "Get many deals", "opportunities.search"),
      op("update", "Update", "Update a deal", "opportunities.update", { target: "deal", form: "deal" }),
    ],
  },
  {
    value: "enrollment",
    name: "Enrollment",
    operations: [
      op("explain", "Explain", "Explain an enrollment", "explain.enrollment", { target: "enrollment" }),
      op("finish", "Finish", "Finish contacts in a sequence", "enrollments.finish", people()),
      op("get", "Get", "Get an enrollment", "enrollments.show", { target: "enrollment" }),
      op("getAll", "Get Many", "Get many enrollments", "enrollments.search"),
      op("move", "Move to Mailbox", "Move contacts to another mailbox", "enrollments.move", {
        ...people("send_email_from_email_account_id"),
        does: "Send the next mails of contacts in a sequence from another mailbox",
      }),
      op("pause", "Pause", "Pause contacts in a sequence", "enrollments.pause", people()),
      op("remove", "Remove", "Remove contacts from a sequence", "enrollments.remove", people()),
      op("resume", "Resume", "Resume contacts in a sequence", "enrollments.resume", people()),
    ],
  },
  {
    value: "import",
    name: "Import",
    operations: [
      op("create", "Create", "Import a file", "imports.create", {
        does: "Bring in a CSV or JSON lines; the work goes on in the background",
        asks: ["kind", "text"],
        without: ["file", "format", "encoding", "delimiter"],
      }),
      op("get", "Get", "Get an import", "imports.get", {
        does: "Get how far an import is, and how many rows ended how",
        target: "import",
      }),
      op("getAll", "Get Many", "Get many imports", "imports.list"),
      op("getRows", "Get Rows", "Get the rows of an import", "imports.rows", {
        does: "Get what became of the rows of an import, a hundred at a time",
        target: "import",
      }),
      op("undo", "Undo", "Undo an import", "imports.undo", { target: "import" }),
    ],
  },
  {
    value: "list",
    name: "List",
    operations: [
      op("addEntities", "Add Records", "Add contacts or accounts to lists", "labels.addEntityIds", {
        does: "Add contacts or accounts to lists, which are made where there is none of that name",
        asks: ["modality", "label_names", "entity_ids"],
        without: ["entity_type", "async"],
      }),
      op("create", "Create", "Create a list", "labels.create", {
        asks: ["name", "modality"],
        without: ["book_of_business"],
      }),
      op("delete", "Delete", "Delete a list", "labels.delete", { target: "list" }),
      op("getAll", "Get Many", "Get many lists", "labels.list", {
        does: "Get many lists, of contacts, accounts and sequences",
      }),
      op(
        "removeEntities",
        "Remove Records",
        "Remove contacts or accounts from lists",
        "labels.removeEntityIds",
        {
          does: "Take contacts or accounts off lists",
          asks: ["modality", "label_names", "entity_ids"],
          without: ["entity_type", "async"],
        },
      ),
    ],
  },
  {
    value: "person",
    name: "Person",
    operations: [
      op("get", "Get", "Get a person of the store", "people.show", { target: "person" }),
      op("getAll", "Get Many", "Get many people", "mixedPeople.search", {
        does: "Get many people of the store, whom one might write to",
      }),
      op("match", "Match", "Look a person up", "people.match", {
        does: "Look a person up by what is known of them, in the store and with the team's providers",
      }),
      op("save", "Save", "Save people as contacts", "prospecting.addToContacts", {
        does: "Save people of the store as contacts; nobody is made twice",
        asks: ["person_ids"],
        without: ["person_filter"],
      }),
    ],
  },
  {
    value: "sequence",
    name: "Sequence",
    operations: [
      op("activate", "Activate", "Activate a sequence", "sequences.approve", { target: "sequence" }),
      op("addContacts", "Add Contacts", "Add contacts to a sequence", "joining.addContacts", {
        does: "Add contacts to a sequence; whoever is left out is named with the reason",
        target: "sequence",
      }),
      op("deactivate", "Deactivate", "Deactivate a sequence", "sequences.abort", { target: "sequence" }),
      op("explain", "Explain", "Explain where a sequence stands", "explain.sequence", { target: "sequence" }),
      op("get", "Get", "Get a sequence", "sequences.show", { target: "sequence" }),
      op("getAll", "Get Many", "Get many sequences", "sequences.search", { without: ["name", "q_keywords"] }),
    ],
  },
  {
    value: "task",
    name: "Task",
    operations: [
      op("complete", "Complete", "Complete a task", "tasks.complete", { target: "task" }),
      op("create", "Create", "Create a task", "tasks.create", {
        asks: ["type", "contact_id", "user_id", "due_at"],
        without: ["creator_id"],
      }),
      op("get", "Get", "Get a task", "tasks.get", { target: "task" }),
      op("getAll", "Get Many", "Get many tasks", "tasks.search", {
        without: ["type", "status", "statuses", "user_id", "contact_id", "open_factor_names"],
      }),
      op("skip", "Skip", "Skip a task", "tasks.skip", { target: "task", without: ["on_task_page"] }),
      op("update", "Update", "Update a task", "tasks.update", {
        target: "task",
        without: ["creator_id", "priority_cd", "relevant_fields"],
      }),
    ],
  },
];

function op(
  value: string,
  name: string,
  action: string,
  call: string,
  rest: Partial<Operation> = {},
): Operation {
  return { value, name, action, call, ...rest };
}

/** What is done to some of those in a sequence: all of them, or whom a filter finds, is for the screen. */
function people(...more: string[]): Partial<Operation> {
  return { target: "sequence", asks: ["contact_ids", ...more], without: [...PEOPLE, "views", "q_keywords"] };
}

/** Said better than by the parameter's name. */
export const LABELS: Readonly<Record<string, string>> = {
  q_keywords: "Keywords",
  q_name: "Name",
  q_title: "Title",
  q_location: "Location",
  q_organization_name: "Company Name",
  q_organization_domains: "Company Domains",
  q_organization_domains_list: "Company Domains",
  organization_name: "Company Name",
  emailer_campaign_ids: "Sequence",
  emailer_campaign_status: "Status",
  emailer_step_ids: "Step IDs",
  email_account_ids: "Mailbox",
  send_email_from_email_account_id: "Mailbox",
  send_email_from_email_address: "Alias Address",
  opportunity_stage_id: "Stage",
  opportunity_id: "Deal ID",
  contact_stage_id: "Stage",
  contact_stage_ids: "Stage",
  account_stage_id: "Stage",
  account_stage_ids: "Stage",
  contact_label_ids: "List",
  account_label_ids: "List",
  label_ids: "List",
  label_names: "List",
  owner_id: "Owner",
  contact_owner_ids: "Owner",
  account_owner_ids: "Owner",
  user_id: "User",
  user_ids: "User",
  modality: "Record Type",
  entity_ids: "Record IDs",
  contact_ids: "Contact IDs",
  account_ids: "Account IDs",
  person_ids: "Person IDs",
  auto_unpause_at: "Unpause At",
  run_dedupe: "Find the One That Is There",
  do_not_contact: "Not to Be Contacted",
  email_unsubscribed: "Unsubscribed",
  contact_created_at_range: "Created",
  contact_updated_at_range: "Updated",
  contact_last_activity_date_range: "Last Activity",
  prospect_score_range: "Prospect Score",
  sequence_same_company_in_same_campaign: "Add Contacts Whose Colleagues Are in It",
  contacts_without_ownership_permission: "Add Contacts of Other Owners",
  add_if_in_queue: "Add Contacts in Other Long Work",
  contact_verification_skipped: "Skip the Look Ahead",
  action_item: "Anything Else",
  outreach_manual_email: "Email",
  linkedin_step_connect: "LinkedIn: Connect",
  linkedin_step_interact_post: "LinkedIn: Interact with a Post",
  linkedin_step_message: "LinkedIn: Message",
  linkedin_step_view_profile: "LinkedIn: View the Profile",
  folder_id: "Folder ID",
  sort_by_field: "Sort By",
  task_types: "Types",
  task_status: "Statuses",
  priority: "Priority",
  re_enroll: "Enroll Again",
  views: "Failed By",
};

/** Said better than by the contract, which speaks to those who know it. */
export const SAYS: Readonly<Record<string, string>> = {
  run_dedupe: "Whether to change the contact that is there already, in place of making another",
  do_not_contact: "Whether they are not to be contacted",
  email_unsubscribed: "Whether they want no more mails",
  contact_verification_skipped: "Whether not to look for what would stop mails later",
  re_enroll: "Whether contacts who are paused, finished or failed here start over at step one",
  starred: "Whether you have starred it",
  sort_ascending: "Whether to begin with the least, the oldest or A",
  auto_unpause_at: "Until then they are paused. Unless said: added at once, paused for good.",
  reason: "Kept with the enrollment",
  views: "Why their mails failed",
  due_from: "Includes this time",
  due_before: "Does not include this time",
  q_organization_domains: "Separated by commas",
  mapping: "By column: a field, or null to leave it out; a column that is not named is guessed",
  add_to_sequence: "What adding contacts to a sequence takes, without contacts and with the sequence as ID",
};

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

/** Shown in a form at once; the others can be added. */
export const FIRST = new Set([
  ...["first_name", "last_name", "email", "title", "organization_name", "mobile_phone", "contact_stage_id"],
  ...["owner_id", "label_names", "name", "domain", "account_stage_id", "amount", "closed_date"],
  ...["opportunity_stage_id", "account_id"],
]);
