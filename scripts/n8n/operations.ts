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
  | "list"
  | "copilot"
  | "reportSchedule"
  | "workflow";

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
    value: "copilot",
    name: "Copilot",
    operations: [
      op("approve", "Approve", "Approve proposals of a copilot", "copilots.approve", {
        does: "Add those who were proposed to the sequence; whoever may not join is named with the reason",
        target: "copilot",
        asks: ["proposal_ids"],
      }),
      op("decideOpener", "Decide on Opener", "Decide on an opener of a copilot", "copilots.decideOpener", {
        does: "Accept the first sentence that was drafted for somebody, also in other words; drop it; or have another",
        target: "copilot",
        asks: ["proposal_id", "decision"],
      }),
      op("get", "Get", "Get a copilot", "copilots.show", { target: "copilot" }),
      op("getAll", "Get Many", "Get many copilots", "copilots.list"),
      op("getProposals", "Get Proposals", "Get the proposals of a copilot", "copilots.proposals", {
        does: "Get whom a copilot has proposed, a hundred at a time",
        target: "copilot",
      }),
      op("propose", "Propose", "Propose the batch of a copilot", "copilots.propose", {
        does: "Propose today's batch now, once a day",
        target: "copilot",
      }),
      op("reject", "Reject", "Reject proposals of a copilot", "copilots.reject", {
        target: "copilot",
        asks: ["proposal_ids"],
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
    value: "reportSchedule",
    name: "Report Schedule",
    operations: [
      op("create", "Create", "Create a report schedule", "reportSchedules.create", {
        does: "Send a kept report at set times, by mail to people of the team or by webhook",
        asks: ["view_id", "every", "time"],
      }),
      op("delete", "Delete", "Delete a report schedule", "reportSchedules.delete", {
        target: "reportSchedule",
      }),
      op("getAll", "Get Many", "Get many report schedules", "reportSchedules.list", {
        does: "Get when kept reports are sent",
      }),
      op("getRuns", "Get Runs", "Get the runs of a report schedule", "reportSchedules.runs", {
        does: "Get when a kept report was sent and what became of it, the latest first",
        target: "reportSchedule",
      }),
      op("update", "Update", "Update a report schedule", "reportSchedules.update", {
        does: "Change when and to whom a kept report is sent, or switch that off and on",
        target: "reportSchedule",
      }),
    ],
  },
  {
    value: "scoreFormula",
    name: "Score Formula",
    operations: [
      op("get", "Get", "Get the score formula", "scoreFormula.show", {
        does: "Get the formula of the team's scores, and what a formula may look at",
      }),
      op("replace", "Replace", "Replace the score formula", "scoreFormula.replace", {
        does: "Put another formula in the place of the team's; everybody is scored anew in the background",
        asks: ["signals"],
      }),
      op("reset", "Reset", "Reset the score formula", "scoreFormula.reset", {
        does: "Go back to the formula that every team begins with",
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
  {
    value: "workflow",
    name: "Workflow",
    operations: [
      op("activate", "Activate", "Activate a workflow", "workflows.activate", { target: "workflow" }),
      op("archive", "Archive", "Archive a workflow", "workflows.archive", { target: "workflow" }),
      op("deactivate", "Deactivate", "Deactivate a workflow", "workflows.deactivate", { target: "workflow" }),
      op("explain", "Explain", "Explain why a workflow took somebody", "workflows.explain", {
        does: "Get why a contact, person or account was taken by a workflow, or was not",
        target: "workflow",
        asks: ["entity_id"],
      }),
      op("get", "Get", "Get a workflow", "workflows.get", { target: "workflow" }),
      op("getAll", "Get Many", "Get many workflows", "workflows.list"),
      op("getRuns", "Get Runs", "Get the runs of a workflow", "workflows.runs", {
        does: "Get the runs of a workflow, the newest first",
        target: "workflow",
      }),
      op("run", "Run", "Run a workflow", "workflows.run", {
        does: "Run a workflow now, with everybody whom its filters find, or with those who are named",
        target: "workflow",
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
