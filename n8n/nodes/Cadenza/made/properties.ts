// Made by npm run generate from the contract; not to be changed by hand.
// biome-ignore-all format: one parameter after the other

import type { INodeProperties } from "n8n-workflow";

export const properties: INodeProperties[] = [
  {
    displayName: "Resource",
    name: "resource",
    type: "options",
    noDataExpression: true,
    options: [
      {
        name: "Account",
        value: "account",
      },
      {
        name: "Company",
        value: "company",
      },
      {
        name: "Contact",
        value: "contact",
      },
      {
        name: "Copilot",
        value: "copilot",
      },
      {
        name: "Deal",
        value: "deal",
      },
      {
        name: "Enrollment",
        value: "enrollment",
      },
      {
        name: "Import",
        value: "import",
      },
      {
        name: "List",
        value: "list",
      },
      {
        name: "Person",
        value: "person",
      },
      {
        name: "Report Schedule",
        value: "reportSchedule",
      },
      {
        name: "Score Formula",
        value: "scoreFormula",
      },
      {
        name: "Sequence",
        value: "sequence",
      },
      {
        name: "Task",
        value: "task",
      },
      {
        name: "Workflow",
        value: "workflow",
      },
    ],
    default: "contact",
  },
  {
    displayName: "Operation",
    name: "operation",
    type: "options",
    noDataExpression: true,
    displayOptions: {
      show: {
        resource: ["account"],
      },
    },
    options: [
      {
        name: "Create",
        value: "create",
        description: "Create an account",
        action: "Create an account",
      },
      {
        name: "Delete",
        value: "delete",
        description: "Delete an account",
        action: "Delete an account",
      },
      {
        name: "Enrich",
        value: "enrich",
        description: "Look up the company and fill empty fields of an account",
        action: "Enrich an account",
      },
      {
        name: "Get",
        value: "get",
        description: "Show an account",
        action: "Get an account",
      },
      {
        name: "Get Many",
        value: "getAll",
        description: "Search accounts",
        action: "Get many accounts",
      },
      {
        name: "Update",
        value: "update",
        description: "Update an account",
        action: "Update an account",
      },
    ],
    default: "getAll",
  },
  {
    displayName: "Operation",
    name: "operation",
    type: "options",
    noDataExpression: true,
    displayOptions: {
      show: {
        resource: ["company"],
      },
    },
    options: [
      {
        name: "Enrich",
        value: "enrich",
        description: "Look up a company by its domain, in the people database and with your team's providers",
        action: "Enrich a company",
      },
      {
        name: "Get",
        value: "get",
        description: "Show a company in the people database",
        action: "Get a company from the people database",
      },
    ],
    default: "enrich",
  },
  {
    displayName: "Operation",
    name: "operation",
    type: "options",
    noDataExpression: true,
    displayOptions: {
      show: {
        resource: ["contact"],
      },
    },
    options: [
      {
        name: "Create",
        value: "create",
        description: "Create a contact",
        action: "Create a contact",
      },
      {
        name: "Delete",
        value: "delete",
        description: "Delete a contact",
        action: "Delete a contact",
      },
      {
        name: "Enrich",
        value: "enrich",
        description: "Look up contacts and fill empty fields, in the background",
        action: "Enrich contacts",
      },
      {
        name: "Explain",
        value: "explain",
        description: "Explain a contact",
        action: "Explain a contact",
      },
      {
        name: "Get",
        value: "get",
        description: "Show a contact",
        action: "Get a contact",
      },
      {
        name: "Get Many",
        value: "getAll",
        description: "Search contacts",
        action: "Get many contacts",
      },
      {
        name: "Update",
        value: "update",
        description: "Update a contact",
        action: "Update a contact",
      },
      {
        name: "Update Stage",
        value: "updateStage",
        description: "Move contacts to a stage",
        action: "Move contacts to a stage",
      },
    ],
    default: "getAll",
  },
  {
    displayName: "Operation",
    name: "operation",
    type: "options",
    noDataExpression: true,
    displayOptions: {
      show: {
        resource: ["copilot"],
      },
    },
    options: [
      {
        name: "Approve",
        value: "approve",
        description: "Add proposed contacts to the sequence. Contacts that cannot be added are listed with the reason.",
        action: "Approve proposals of a copilot",
      },
      {
        name: "Decide on Opener",
        value: "decideOpener",
        description: "Accept the drafted first sentence or your own text, drop it, or draft another",
        action: "Decide on an opener of a copilot",
      },
      {
        name: "Get",
        value: "get",
        description: "Show a copilot",
        action: "Get a copilot",
      },
      {
        name: "Get Many",
        value: "getAll",
        description: "List copilots",
        action: "Get many copilots",
      },
      {
        name: "Get Proposals",
        value: "getProposals",
        description: "Get the contacts a copilot has proposed, up to 100 at a time",
        action: "Get the proposals of a copilot",
      },
      {
        name: "Propose",
        value: "propose",
        description: "Propose today's contacts now. Works once a day.",
        action: "Propose contacts with a copilot",
      },
      {
        name: "Reject",
        value: "reject",
        description: "Reject proposals",
        action: "Reject proposals of a copilot",
      },
    ],
    default: "getAll",
  },
  {
    displayName: "Operation",
    name: "operation",
    type: "options",
    noDataExpression: true,
    displayOptions: {
      show: {
        resource: ["deal"],
      },
    },
    options: [
      {
        name: "Create",
        value: "create",
        description: "Create a deal",
        action: "Create a deal",
      },
      {
        name: "Delete",
        value: "delete",
        description: "Delete a deal",
        action: "Delete a deal",
      },
      {
        name: "Get",
        value: "get",
        description: "Show a deal",
        action: "Get a deal",
      },
      {
        name: "Get Many",
        value: "getAll",
        description: "Search deals",
        action: "Get many deals",
      },
      {
        name: "Update",
        value: "update",
        description: "Update a deal",
        action: "Update a deal",
      },
    ],
    default: "getAll",
  },
  {
    displayName: "Operation",
    name: "operation",
    type: "options",
    noDataExpression: true,
    displayOptions: {
      show: {
        resource: ["enrollment"],
      },
    },
    options: [
      {
        name: "Explain",
        value: "explain",
        description: "Explain one contact in one sequence",
        action: "Explain an enrollment",
      },
      {
        name: "Finish",
        value: "finish",
        description: "Mark contacts in a sequence as finished",
        action: "Finish contacts in a sequence",
      },
      {
        name: "Get",
        value: "get",
        description: "Show one contact in one sequence",
        action: "Get an enrollment",
      },
      {
        name: "Get Many",
        value: "getAll",
        description: "Search contacts in sequences",
        action: "Get many enrollments",
      },
      {
        name: "Move to Mailbox",
        value: "move",
        description: "Send the next emails of contacts in a sequence from another mailbox",
        action: "Move contacts to another mailbox",
      },
      {
        name: "Pause",
        value: "pause",
        description: "Pause contacts in a sequence",
        action: "Pause contacts in a sequence",
      },
      {
        name: "Remove",
        value: "remove",
        description: "Remove contacts from a sequence",
        action: "Remove contacts from a sequence",
      },
      {
        name: "Resume",
        value: "resume",
        description: "Resume paused contacts in a sequence",
        action: "Resume contacts in a sequence",
      },
    ],
    default: "getAll",
  },
  {
    displayName: "Operation",
    name: "operation",
    type: "options",
    noDataExpression: true,
    displayOptions: {
      show: {
        resource: ["import"],
      },
    },
    options: [
      {
        name: "Create",
        value: "create",
        description: "Import a CSV file or JSON lines in the background",
        action: "Import a file",
      },
      {
        name: "Get",
        value: "get",
        description: "Get the progress and results of an import",
        action: "Get an import",
      },
      {
        name: "Get Many",
        value: "getAll",
        description: "List imports",
        action: "Get many imports",
      },
      {
        name: "Get Rows",
        value: "getRows",
        description: "Get the rows of an import with their results, up to 100 at a time",
        action: "Get the rows of an import",
      },
      {
        name: "Undo",
        value: "undo",
        description: "Undo an import",
        action: "Undo an import",
      },
    ],
    default: "getAll",
  },
  {
    displayName: "Operation",
    name: "operation",
    type: "options",
    noDataExpression: true,
    displayOptions: {
      show: {
        resource: ["list"],
      },
    },
    options: [
      {
        name: "Add Records",
        value: "addEntities",
        description: "Add contacts or accounts to lists. Missing lists are created.",
        action: "Add contacts or accounts to lists",
      },
      {
        name: "Create",
        value: "create",
        description: "Create a list",
        action: "Create a list",
      },
      {
        name: "Delete",
        value: "delete",
        description: "Delete a list",
        action: "Delete a list",
      },
      {
        name: "Get Many",
        value: "getAll",
        description: "Get many lists of contacts, accounts and sequences",
        action: "Get many lists",
      },
      {
        name: "Remove Records",
        value: "removeEntities",
        description: "Remove contacts or accounts from lists",
        action: "Remove contacts or accounts from lists",
      },
    ],
    default: "getAll",
  },
  {
    displayName: "Operation",
    name: "operation",
    type: "options",
    noDataExpression: true,
    displayOptions: {
      show: {
        resource: ["person"],
      },
    },
    options: [
      {
        name: "Get",
        value: "get",
        description: "Show a person in the people database",
        action: "Get a person from the people database",
      },
      {
        name: "Get Many",
        value: "getAll",
        description: "Get many people from the people database",
        action: "Get many people",
      },
      {
        name: "Match",
        value: "match",
        description: "Look up a person in the people database and with your team's providers",
        action: "Enrich a person",
      },
      {
        name: "Save",
        value: "save",
        description: "Save people from the people database as contacts. Existing contacts are not created again.",
        action: "Save people as contacts",
      },
    ],
    default: "getAll",
  },
  {
    displayName: "Operation",
    name: "operation",
    type: "options",
    noDataExpression: true,
    displayOptions: {
      show: {
        resource: ["reportSchedule"],
      },
    },
    options: [
      {
        name: "Create",
        value: "create",
        description: "Send a saved report at set times, by email to teammates or by webhook",
        action: "Create a report schedule",
      },
      {
        name: "Delete",
        value: "delete",
        description: "Delete a report schedule and its history",
        action: "Delete a report schedule",
      },
      {
        name: "Get Many",
        value: "getAll",
        description: "Get the schedules of saved reports",
        action: "Get many report schedules",
      },
      {
        name: "Get Runs",
        value: "getRuns",
        description: "Get the runs of a report schedule with their results, newest first",
        action: "Get the runs of a report schedule",
      },
      {
        name: "Update",
        value: "update",
        description: "Change the times or recipients of a report schedule, or turn it on or off",
        action: "Update a report schedule",
      },
    ],
    default: "getAll",
  },
  {
    displayName: "Operation",
    name: "operation",
    type: "options",
    noDataExpression: true,
    displayOptions: {
      show: {
        resource: ["scoreFormula"],
      },
    },
    options: [
      {
        name: "Get",
        value: "get",
        description: "Get the score formula and the fields it may use",
        action: "Get the score formula",
      },
      {
        name: "Replace",
        value: "replace",
        description: "Replace the score formula. All scores are updated in the background.",
        action: "Replace the score formula",
      },
      {
        name: "Reset",
        value: "reset",
        description: "Reset the score formula to the default",
        action: "Reset the score formula",
      },
    ],
    default: "get",
  },
  {
    displayName: "Operation",
    name: "operation",
    type: "options",
    noDataExpression: true,
    displayOptions: {
      show: {
        resource: ["sequence"],
      },
    },
    options: [
      {
        name: "Activate",
        value: "activate",
        description: "Activate a sequence",
        action: "Activate a sequence",
      },
      {
        name: "Add Contacts",
        value: "addContacts",
        description: "Add contacts to a sequence. Skipped contacts are listed with the reason.",
        action: "Add contacts to a sequence",
      },
      {
        name: "Deactivate",
        value: "deactivate",
        description: "Deactivate a sequence",
        action: "Deactivate a sequence",
      },
      {
        name: "Explain",
        value: "explain",
        description: "Explain a sequence",
        action: "Explain a sequence",
      },
      {
        name: "Get",
        value: "get",
        description: "Show a sequence with its steps, variants and emails",
        action: "Get a sequence",
      },
      {
        name: "Get Many",
        value: "getAll",
        description: "Search sequences by name",
        action: "Get many sequences",
      },
    ],
    default: "getAll",
  },
  {
    displayName: "Operation",
    name: "operation",
    type: "options",
    noDataExpression: true,
    displayOptions: {
      show: {
        resource: ["task"],
      },
    },
    options: [
      {
        name: "Complete",
        value: "complete",
        description: "Complete a task",
        action: "Complete a task",
      },
      {
        name: "Create",
        value: "create",
        description: "Create a task for a contact, an account or a deal",
        action: "Create a task",
      },
      {
        name: "Get",
        value: "get",
        description: "Show a task",
        action: "Get a task",
      },
      {
        name: "Get Many",
        value: "getAll",
        description: "Search tasks",
        action: "Get many tasks",
      },
      {
        name: "Skip",
        value: "skip",
        description: "Skip a task",
        action: "Skip a task",
      },
      {
        name: "Update",
        value: "update",
        description: "Update a task",
        action: "Update a task",
      },
    ],
    default: "getAll",
  },
  {
    displayName: "Operation",
    name: "operation",
    type: "options",
    noDataExpression: true,
    displayOptions: {
      show: {
        resource: ["workflow"],
      },
    },
    options: [
      {
        name: "Activate",
        value: "activate",
        description: "Activate a workflow",
        action: "Activate a workflow",
      },
      {
        name: "Archive",
        value: "archive",
        description: "Archive a workflow",
        action: "Archive a workflow",
      },
      {
        name: "Deactivate",
        value: "deactivate",
        description: "Deactivate a workflow",
        action: "Deactivate a workflow",
      },
      {
        name: "Explain",
        value: "explain",
        description: "Explain why a workflow did or did not take a contact, person or account",
        action: "Explain why a workflow took a record",
      },
      {
        name: "Get",
        value: "get",
        description: "Show a workflow with its warnings",
        action: "Get a workflow",
      },
      {
        name: "Get Many",
        value: "getAll",
        description: "List workflows",
        action: "Get many workflows",
      },
      {
        name: "Get Runs",
        value: "getRuns",
        description: "Get the runs of a workflow, newest first",
        action: "Get the runs of a workflow",
      },
      {
        name: "Run",
        value: "run",
        description: "Run a workflow now, for all records its filters find or for those you name",
        action: "Run a workflow",
      },
    ],
    default: "getAll",
  },
  {
    displayName: "Fields",
    name: "fields",
    type: "resourceMapper",
    displayOptions: {
      show: {
        resource: ["account"],
        operation: ["create"],
      },
    },
    noDataExpression: true,
    required: true,
    default: {
      mappingMode: "defineBelow",
      value: null,
    },
    typeOptions: {
      resourceMapper: {
        resourceMapperMethod: "getAccountFields",
        mode: "add",
        fieldWords: {
          singular: "field",
          plural: "fields",
        },
        addAllFields: true,
        multiKeyMatch: false,
        supportAutoMap: true,
      },
    },
  },
  {
    displayName: "Options",
    name: "options",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["account"],
        operation: ["create"],
      },
    },
    placeholder: "Add Option",
    default: {},
    options: [
      {
        displayName: "Dry Run",
        name: "dryRun",
        type: "boolean",
        default: false,
        description: "Whether to show what would happen and change nothing",
      },
      {
        displayName: "Idempotency Key",
        name: "idempotencyKey",
        type: "string",
        default: "",
        description: "Within 24 hours, a repeated call with the same key gets the first answer. By default, the key is made from the execution, node, item and data, so a retry changes nothing twice.",
      },
    ],
  },
  {
    displayName: "Account",
    name: "accountId",
    type: "resourceLocator",
    displayOptions: {
      show: {
        resource: ["account"],
        operation: ["delete"],
      },
    },
    required: true,
    default: {
      mode: "list",
      value: "",
    },
    modes: [
      {
        displayName: "From List",
        name: "list",
        type: "list",
        typeOptions: {
          searchListMethod: "searchAccounts",
          searchable: true,
        },
      },
      {
        displayName: "By ID",
        name: "id",
        type: "string",
        placeholder: "e.g. 64f0aa000000000000000001",
      },
    ],
  },
  {
    displayName: "Options",
    name: "options",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["account"],
        operation: ["delete"],
      },
    },
    placeholder: "Add Option",
    default: {},
    options: [
      {
        displayName: "Dry Run",
        name: "dryRun",
        type: "boolean",
        default: false,
        description: "Whether to show what would happen and change nothing",
      },
      {
        displayName: "Idempotency Key",
        name: "idempotencyKey",
        type: "string",
        default: "",
        description: "Within 24 hours, a repeated call with the same key gets the first answer. By default, the key is made from the execution, node, item and data, so a retry changes nothing twice.",
      },
    ],
  },
  {
    displayName: "Account",
    name: "accountId",
    type: "resourceLocator",
    displayOptions: {
      show: {
        resource: ["account"],
        operation: ["enrich"],
      },
    },
    required: true,
    default: {
      mode: "list",
      value: "",
    },
    modes: [
      {
        displayName: "From List",
        name: "list",
        type: "list",
        typeOptions: {
          searchListMethod: "searchAccounts",
          searchable: true,
        },
      },
      {
        displayName: "By ID",
        name: "id",
        type: "string",
        placeholder: "e.g. 64f0aa000000000000000001",
      },
    ],
  },
  {
    displayName: "Options",
    name: "options",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["account"],
        operation: ["enrich"],
      },
    },
    placeholder: "Add Option",
    default: {},
    options: [
      {
        displayName: "Dry Run",
        name: "dryRun",
        type: "boolean",
        default: false,
        description: "Whether to show what would happen and change nothing",
      },
      {
        displayName: "Idempotency Key",
        name: "idempotencyKey",
        type: "string",
        default: "",
        description: "Within 24 hours, a repeated call with the same key gets the first answer. By default, the key is made from the execution, node, item and data, so a retry changes nothing twice.",
      },
    ],
  },
  {
    displayName: "Account",
    name: "accountId",
    type: "resourceLocator",
    displayOptions: {
      show: {
        resource: ["account"],
        operation: ["get"],
      },
    },
    required: true,
    default: {
      mode: "list",
      value: "",
    },
    modes: [
      {
        displayName: "From List",
        name: "list",
        type: "list",
        typeOptions: {
          searchListMethod: "searchAccounts",
          searchable: true,
        },
      },
      {
        displayName: "By ID",
        name: "id",
        type: "string",
        placeholder: "e.g. 64f0aa000000000000000001",
      },
    ],
  },
  {
    displayName: "Return All",
    name: "returnAll",
    type: "boolean",
    displayOptions: {
      show: {
        resource: ["account"],
        operation: ["getAll"],
      },
    },
    default: false,
    description: "Whether to return all results or only up to a given limit",
  },
  {
    displayName: "Limit",
    name: "limit",
    type: "number",
    displayOptions: {
      show: {
        resource: ["account"],
        operation: ["getAll"],
        returnAll: [false],
      },
    },
    typeOptions: {
      minValue: 1,
    },
    default: 50,
    description: "Max number of results to return",
  },
  {
    displayName: "Filters",
    name: "filters",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["account"],
        operation: ["getAll"],
      },
    },
    placeholder: "Add Filter",
    default: {},
    options: [
      {
        displayName: "Account IDs",
        name: "account_ids",
        type: "string",
        default: "",
        description: "Only these accounts. Separated by commas.",
      },
      {
        displayName: "Company Domains",
        name: "q_organization_domains_list",
        type: "string",
        default: "",
        description: "Exact domains. Separated by commas.",
      },
      {
        displayName: "Company Name",
        name: "q_organization_name",
        type: "string",
        default: "",
        description: "Part of the name",
      },
      {
        displayName: "Csv Columns",
        name: "csv_columns",
        type: "string",
        default: "",
        description: "For files: only these columns of the app's table, sorted as asked; else all that an import understands. Separated by commas.",
      },
      {
        displayName: "Display Name",
        name: "display_name",
        type: "string",
        default: "",
      },
      {
        displayName: "Domain",
        name: "domain",
        type: "string",
        default: "",
        description: "Adds one domain to q_organization_domains_list",
      },
      {
        displayName: "Group By",
        name: "group_by",
        type: "options",
        options: [
          {
            name: "Industry",
            value: "industry",
          },
          {
            name: "Owner",
            value: "owner",
          },
          {
            name: "Stage",
            value: "stage",
          },
        ],
        default: "industry",
        description: "Sorts by group first; the first page answers groups. No cursors.",
      },
      {
        displayName: "Industry",
        name: "q_industry",
        type: "string",
        default: "",
        description: "Words that must all be in the company's industry",
      },
      {
        displayName: "Keywords",
        name: "q_keywords",
        type: "string",
        default: "",
        description: "Part of the name or domain",
      },
      {
        displayName: "List Names or IDs",
        name: "account_label_ids",
        type: "multiOptions",
        typeOptions: {
          loadOptionsMethod: "getAccountLists",
        },
        default: [],
        description: "Choose from the list, or specify IDs using an <a href=\"https://docs.n8n.io/code/expressions/\">expression</a>",
      },
      {
        displayName: "List Names or IDs",
        name: "label_names",
        type: "multiOptions",
        typeOptions: {
          loadOptionsMethod: "getListNames",
        },
        default: [],
        description: "Choose from the list, or specify IDs using an <a href=\"https://docs.n8n.io/code/expressions/\">expression</a>",
        hint: "Expressions must use the names of lists",
      },
      {
        displayName: "Organization Number Of Employees Ranges",
        name: "organization_num_employees_ranges",
        type: "string",
        default: "",
        description: "Employees of the company, such as 1,10; 10001, means 10,001 and more. Separated by commas.",
      },
      {
        displayName: "Owner Names or IDs",
        name: "account_owner_ids",
        type: "multiOptions",
        typeOptions: {
          loadOptionsMethod: "getUsers",
        },
        default: [],
        description: "Choose from the list, or specify IDs using an <a href=\"https://docs.n8n.io/code/expressions/\">expression</a>",
      },
      {
        displayName: "Sort Ascending",
        name: "sort_ascending",
        type: "boolean",
        default: false,
        description: "Whether to sort from lowest to highest, oldest to newest or A to Z",
      },
      {
        displayName: "Sort By",
        name: "sort_by_field",
        type: "string",
        default: "",
        description: "One of: account_last_activity_date, account_created_at, account_updated_at; account_name, domain, account_stage, owner, industry, estimated_num_employees, num_contacts, phone, city, country, field:&lt;ID&gt;",
      },
      {
        displayName: "Stage Names or IDs",
        name: "account_stage_ids",
        type: "multiOptions",
        typeOptions: {
          loadOptionsMethod: "getAccountStages",
        },
        default: [],
        description: "Choose from the list, or specify IDs using an <a href=\"https://docs.n8n.io/code/expressions/\">expression</a>",
      },
    ],
  },
  {
    displayName: "Account",
    name: "accountId",
    type: "resourceLocator",
    displayOptions: {
      show: {
        resource: ["account"],
        operation: ["update"],
      },
    },
    required: true,
    default: {
      mode: "list",
      value: "",
    },
    modes: [
      {
        displayName: "From List",
        name: "list",
        type: "list",
        typeOptions: {
          searchListMethod: "searchAccounts",
          searchable: true,
        },
      },
      {
        displayName: "By ID",
        name: "id",
        type: "string",
        placeholder: "e.g. 64f0aa000000000000000001",
      },
    ],
  },
  {
    displayName: "Fields",
    name: "fields",
    type: "resourceMapper",
    displayOptions: {
      show: {
        resource: ["account"],
        operation: ["update"],
      },
    },
    noDataExpression: true,
    required: true,
    default: {
      mappingMode: "defineBelow",
      value: null,
    },
    typeOptions: {
      resourceMapper: {
        resourceMapperMethod: "getAccountFields",
        mode: "add",
        fieldWords: {
          singular: "field",
          plural: "fields",
        },
        addAllFields: true,
        multiKeyMatch: false,
        supportAutoMap: true,
      },
    },
  },
  {
    displayName: "Options",
    name: "options",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["account"],
        operation: ["update"],
      },
    },
    placeholder: "Add Option",
    default: {},
    options: [
      {
        displayName: "Dry Run",
        name: "dryRun",
        type: "boolean",
        default: false,
        description: "Whether to show what would happen and change nothing",
      },
      {
        displayName: "Idempotency Key",
        name: "idempotencyKey",
        type: "string",
        default: "",
        description: "Within 24 hours, a repeated call with the same key gets the first answer. By default, the key is made from the execution, node, item and data, so a retry changes nothing twice.",
      },
      {
        displayName: "If Etag Is",
        name: "ifMatch",
        type: "string",
        default: "",
        description: "The etag of the record as you read it. If the record has changed since, nothing is changed and the node fails.",
      },
    ],
  },
  {
    displayName: "Domain",
    name: "domain",
    type: "string",
    displayOptions: {
      show: {
        resource: ["company"],
        operation: ["enrich"],
      },
    },
    default: "",
    required: true,
  },
  {
    displayName: "Additional Fields",
    name: "additionalFields",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["company"],
        operation: ["enrich"],
      },
    },
    placeholder: "Add Field",
    default: {},
    options: [
      {
        displayName: "LinkedIn URL",
        name: "linkedin_url",
        type: "string",
        default: "",
      },
      {
        displayName: "Name",
        name: "name",
        type: "string",
        default: "",
      },
      {
        displayName: "Website",
        name: "website",
        type: "string",
        default: "",
      },
    ],
  },
  {
    displayName: "Options",
    name: "options",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["company"],
        operation: ["enrich"],
      },
    },
    placeholder: "Add Option",
    default: {},
    options: [
      {
        displayName: "Dry Run",
        name: "dryRun",
        type: "boolean",
        default: false,
        description: "Whether to show what would happen and change nothing",
      },
      {
        displayName: "Idempotency Key",
        name: "idempotencyKey",
        type: "string",
        default: "",
        description: "Within 24 hours, a repeated call with the same key gets the first answer. By default, the key is made from the execution, node, item and data, so a retry changes nothing twice.",
      },
    ],
  },
  {
    displayName: "Company",
    name: "companyId",
    type: "resourceLocator",
    displayOptions: {
      show: {
        resource: ["company"],
        operation: ["get"],
      },
    },
    required: true,
    default: {
      mode: "id",
      value: "",
    },
    modes: [
      {
        displayName: "By ID",
        name: "id",
        type: "string",
        placeholder: "e.g. 64f0aa000000000000000001",
      },
    ],
  },
  {
    displayName: "Fields",
    name: "fields",
    type: "resourceMapper",
    displayOptions: {
      show: {
        resource: ["contact"],
        operation: ["create"],
      },
    },
    noDataExpression: true,
    required: true,
    default: {
      mappingMode: "defineBelow",
      value: null,
    },
    typeOptions: {
      resourceMapper: {
        resourceMapperMethod: "getContactFields",
        mode: "add",
        fieldWords: {
          singular: "field",
          plural: "fields",
        },
        addAllFields: true,
        multiKeyMatch: false,
        supportAutoMap: true,
      },
    },
  },
  {
    displayName: "Additional Fields",
    name: "additionalFields",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["contact"],
        operation: ["create"],
      },
    },
    placeholder: "Add Field",
    default: {},
    options: [
      {
        displayName: "Update Existing Contact",
        name: "run_dedupe",
        type: "boolean",
        default: false,
        description: "Whether to update an existing contact instead of creating another one",
      },
    ],
  },
  {
    displayName: "Options",
    name: "options",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["contact"],
        operation: ["create"],
      },
    },
    placeholder: "Add Option",
    default: {},
    options: [
      {
        displayName: "Dry Run",
        name: "dryRun",
        type: "boolean",
        default: false,
        description: "Whether to show what would happen and change nothing",
      },
      {
        displayName: "Idempotency Key",
        name: "idempotencyKey",
        type: "string",
        default: "",
        description: "Within 24 hours, a repeated call with the same key gets the first answer. By default, the key is made from the execution, node, item and data, so a retry changes nothing twice.",
      },
    ],
  },
  {
    displayName: "Contact",
    name: "contactId",
    type: "resourceLocator",
    displayOptions: {
      show: {
        resource: ["contact"],
        operation: ["delete"],
      },
    },
    required: true,
    default: {
      mode: "list",
      value: "",
    },
    modes: [
      {
        displayName: "From List",
        name: "list",
        type: "list",
        typeOptions: {
          searchListMethod: "searchContacts",
          searchable: true,
        },
      },
      {
        displayName: "By ID",
        name: "id",
        type: "string",
        placeholder: "e.g. 64f0aa000000000000000001",
      },
    ],
  },
  {
    displayName: "Options",
    name: "options",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["contact"],
        operation: ["delete"],
      },
    },
    placeholder: "Add Option",
    default: {},
    options: [
      {
        displayName: "Dry Run",
        name: "dryRun",
        type: "boolean",
        default: false,
        description: "Whether to show what would happen and change nothing",
      },
      {
        displayName: "Idempotency Key",
        name: "idempotencyKey",
        type: "string",
        default: "",
        description: "Within 24 hours, a repeated call with the same key gets the first answer. By default, the key is made from the execution, node, item and data, so a retry changes nothing twice.",
      },
    ],
  },
  {
    displayName: "Contact IDs",
    name: "contact_ids",
    type: "string",
    displayOptions: {
      show: {
        resource: ["contact"],
        operation: ["enrich"],
      },
    },
    default: "={{ $json.id }}",
    description: "Separated by commas",
    required: true,
  },
  {
    displayName: "Options",
    name: "options",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["contact"],
        operation: ["enrich"],
      },
    },
    placeholder: "Add Option",
    default: {},
    options: [
      {
        displayName: "Dry Run",
        name: "dryRun",
        type: "boolean",
        default: false,
        description: "Whether to show what would happen and change nothing",
      },
      {
        displayName: "Idempotency Key",
        name: "idempotencyKey",
        type: "string",
        default: "",
        description: "Within 24 hours, a repeated call with the same key gets the first answer. By default, the key is made from the execution, node, item and data, so a retry changes nothing twice.",
      },
    ],
  },
  {
    displayName: "Contact",
    name: "contactId",
    type: "resourceLocator",
    displayOptions: {
      show: {
        resource: ["contact"],
        operation: ["explain"],
      },
    },
    required: true,
    default: {
      mode: "list",
      value: "",
    },
    modes: [
      {
        displayName: "From List",
        name: "list",
        type: "list",
        typeOptions: {
          searchListMethod: "searchContacts",
          searchable: true,
        },
      },
      {
        displayName: "By ID",
        name: "id",
        type: "string",
        placeholder: "e.g. 64f0aa000000000000000001",
      },
    ],
  },
  {
    displayName: "Contact",
    name: "contactId",
    type: "resourceLocator",
    displayOptions: {
      show: {
        resource: ["contact"],
        operation: ["get"],
      },
    },
    required: true,
    default: {
      mode: "list",
      value: "",
    },
    modes: [
      {
        displayName: "From List",
        name: "list",
        type: "list",
        typeOptions: {
          searchListMethod: "searchContacts",
          searchable: true,
        },
      },
      {
        displayName: "By ID",
        name: "id",
        type: "string",
        placeholder: "e.g. 64f0aa000000000000000001",
      },
    ],
  },
  {
    displayName: "Return All",
    name: "returnAll",
    type: "boolean",
    displayOptions: {
      show: {
        resource: ["contact"],
        operation: ["getAll"],
      },
    },
    default: false,
    description: "Whether to return all results or only up to a given limit",
  },
  {
    displayName: "Limit",
    name: "limit",
    type: "number",
    displayOptions: {
      show: {
        resource: ["contact"],
        operation: ["getAll"],
        returnAll: [false],
      },
    },
    typeOptions: {
      minValue: 1,
    },
    default: 50,
    description: "Max number of results to return",
  },
  {
    displayName: "Filters",
    name: "filters",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["contact"],
        operation: ["getAll"],
      },
    },
    placeholder: "Add Filter",
    default: {},
    options: [
      {
        displayName: "Account IDs",
        name: "account_ids",
        type: "string",
        default: "",
        description: "Separated by commas",
      },
      {
        displayName: "Company Domains",
        name: "q_organization_domains",
        type: "string",
        default: "",
        description: "Separated by commas",
      },
      {
        displayName: "Company Name",
        name: "q_organization_name",
        type: "string",
        default: "",
      },
      {
        displayName: "Contact IDs",
        name: "contact_ids",
        type: "string",
        default: "",
        description: "Separated by commas",
      },
      {
        displayName: "Created",
        name: "contact_created_at_range",
        type: "fixedCollection",
        default: {},
        options: [
          {
            displayName: "Range",
            name: "range",
            values: [
              {
                displayName: "From",
                name: "min",
                type: "dateTime",
                default: "",
              },
              {
                displayName: "To",
                name: "max",
                type: "dateTime",
                default: "",
              },
            ],
          },
        ],
      },
      {
        displayName: "Csv Columns",
        name: "csv_columns",
        type: "string",
        default: "",
        description: "For files: only these columns of the app's table, sorted as asked; else all that an import understands. Separated by commas.",
      },
      {
        displayName: "Display Name",
        name: "display_name",
        type: "string",
        default: "",
      },
      {
        displayName: "Do Not Contact",
        name: "do_not_contact",
        type: "boolean",
        default: false,
        description: "Whether the contact must not be contacted",
      },
      {
        displayName: "Email",
        name: "email",
        type: "string",
        placeholder: "name@email.com",
        default: "",
      },
      {
        displayName: "Email Statuses",
        name: "email_statuses",
        type: "string",
        default: "",
        description: "Statuses of the email address. Separated by commas.",
      },
      {
        displayName: "Group By",
        name: "group_by",
        type: "options",
        options: [
          {
            name: "Company",
            value: "company",
          },
          {
            name: "Owner",
            value: "owner",
          },
          {
            name: "Stage",
            value: "stage",
          },
        ],
        default: "company",
        description: "Sorts by group first; the first page answers groups. No cursors.",
      },
      {
        displayName: "Has LinkedIn URL",
        name: "has_linkedin_url",
        type: "boolean",
        default: false,
        description: "Whether has linkedin URL is on",
      },
      {
        displayName: "Has Phone Number",
        name: "has_phone_number",
        type: "boolean",
        default: false,
        description: "Whether has phone number is on",
      },
      {
        displayName: "Industry",
        name: "q_industry",
        type: "string",
        default: "",
        description: "Words that must all be in the company's industry",
      },
      {
        displayName: "Keywords",
        name: "q_keywords",
        type: "string",
        default: "",
        description: "Words in the name, title, company or email address",
      },
      {
        displayName: "Last Activity",
        name: "contact_last_activity_date_range",
        type: "fixedCollection",
        default: {},
        options: [
          {
            displayName: "Range",
            name: "range",
            values: [
              {
                displayName: "From",
                name: "min",
                type: "dateTime",
                default: "",
              },
              {
                displayName: "To",
                name: "max",
                type: "dateTime",
                default: "",
              },
            ],
          },
        ],
      },
      {
        displayName: "LinkedIn URL",
        name: "linkedin_url",
        type: "string",
        default: "",
        description: "LinkedIn profile address in any spelling; other texts match no contact",
      },
      {
        displayName: "List Names or IDs",
        name: "contact_label_ids",
        type: "multiOptions",
        typeOptions: {
          loadOptionsMethod: "getContactLists",
        },
        default: [],
        description: "Choose from the list, or specify IDs using an <a href=\"https://docs.n8n.io/code/expressions/\">expression</a>",
      },
      {
        displayName: "Location",
        name: "q_location",
        type: "string",
        default: "",
        description: "Words in the address, city, state or country",
      },
      {
        displayName: "Name",
        name: "q_name",
        type: "string",
        default: "",
      },
      {
        displayName: "Organization Number Of Employees Ranges",
        name: "organization_num_employees_ranges",
        type: "string",
        default: "",
        description: "Employees of the company, such as 1,10; 10001, means 10,001 and more. Separated by commas.",
      },
      {
        displayName: "Owner Names or IDs",
        name: "contact_owner_ids",
        type: "multiOptions",
        typeOptions: {
          loadOptionsMethod: "getUsers",
        },
        default: [],
        description: "Choose from the list, or specify IDs using an <a href=\"https://docs.n8n.io/code/expressions/\">expression</a>",
      },
      {
        displayName: "Person LinkedIn Urls",
        name: "person_linkedin_urls",
        type: "string",
        default: "",
        description: "Several LinkedIn profile addresses. Separated by commas.",
      },
      {
        displayName: "Prospect Score",
        name: "prospect_score_range",
        type: "fixedCollection",
        default: {},
        options: [
          {
            displayName: "Range",
            name: "range",
            values: [
              {
                displayName: "At Least",
                name: "min",
                type: "number",
                default: 0,
              },
              {
                displayName: "At Most",
                name: "max",
                type: "number",
                default: 0,
              },
            ],
          },
        ],
      },
      {
        displayName: "Sequence Names or IDs",
        name: "emailer_campaign_ids",
        type: "multiOptions",
        typeOptions: {
          loadOptionsMethod: "getSequences",
        },
        default: [],
        description: "Choose from the list, or specify IDs using an <a href=\"https://docs.n8n.io/code/expressions/\">expression</a>",
      },
      {
        displayName: "Sort Ascending",
        name: "sort_ascending",
        type: "boolean",
        default: false,
        description: "Whether to sort from lowest to highest, oldest to newest or A to Z",
      },
      {
        displayName: "Sort By",
        name: "sort_by_field",
        type: "string",
        default: "",
        description: "Beside Apollo's: title, organization_name, email, email_status, contact_stage, owner, phone, city, country, linkedin_url, prospect_score, num_sequences (active ones first), field:&lt;ID&gt;",
      },
      {
        displayName: "Stage Names or IDs",
        name: "contact_stage_ids",
        type: "multiOptions",
        typeOptions: {
          loadOptionsMethod: "getContactStages",
        },
        default: [],
        description: "Choose from the list, or specify IDs using an <a href=\"https://docs.n8n.io/code/expressions/\">expression</a>",
      },
      {
        displayName: "Title",
        name: "q_title",
        type: "string",
        default: "",
        description: "Words that must all be in the title",
      },
      {
        displayName: "Unsubscribed",
        name: "email_unsubscribed",
        type: "boolean",
        default: false,
        description: "Whether the contact unsubscribed",
      },
      {
        displayName: "Updated",
        name: "contact_updated_at_range",
        type: "fixedCollection",
        default: {},
        options: [
          {
            displayName: "Range",
            name: "range",
            values: [
              {
                displayName: "From",
                name: "min",
                type: "dateTime",
                default: "",
              },
              {
                displayName: "To",
                name: "max",
                type: "dateTime",
                default: "",
              },
            ],
          },
        ],
      },
    ],
  },
  {
    displayName: "Contact",
    name: "contactId",
    type: "resourceLocator",
    displayOptions: {
      show: {
        resource: ["contact"],
        operation: ["update"],
      },
    },
    required: true,
    default: {
      mode: "list",
      value: "",
    },
    modes: [
      {
        displayName: "From List",
        name: "list",
        type: "list",
        typeOptions: {
          searchListMethod: "searchContacts",
          searchable: true,
        },
      },
      {
        displayName: "By ID",
        name: "id",
        type: "string",
        placeholder: "e.g. 64f0aa000000000000000001",
      },
    ],
  },
  {
    displayName: "Fields",
    name: "fields",
    type: "resourceMapper",
    displayOptions: {
      show: {
        resource: ["contact"],
        operation: ["update"],
      },
    },
    noDataExpression: true,
    required: true,
    default: {
      mappingMode: "defineBelow",
      value: null,
    },
    typeOptions: {
      resourceMapper: {
        resourceMapperMethod: "getContactFields",
        mode: "add",
        fieldWords: {
          singular: "field",
          plural: "fields",
        },
        addAllFields: true,
        multiKeyMatch: false,
        supportAutoMap: true,
      },
    },
  },
  {
    displayName: "Options",
    name: "options",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["contact"],
        operation: ["update"],
      },
    },
    placeholder: "Add Option",
    default: {},
    options: [
      {
        displayName: "Dry Run",
        name: "dryRun",
        type: "boolean",
        default: false,
        description: "Whether to show what would happen and change nothing",
      },
      {
        displayName: "Idempotency Key",
        name: "idempotencyKey",
        type: "string",
        default: "",
        description: "Within 24 hours, a repeated call with the same key gets the first answer. By default, the key is made from the execution, node, item and data, so a retry changes nothing twice.",
      },
      {
        displayName: "If Etag Is",
        name: "ifMatch",
        type: "string",
        default: "",
        description: "The etag of the record as you read it. If the record has changed since, nothing is changed and the node fails.",
      },
    ],
  },
  {
    displayName: "Contact IDs",
    name: "contact_ids",
    type: "string",
    displayOptions: {
      show: {
        resource: ["contact"],
        operation: ["updateStage"],
      },
    },
    default: "={{ $json.id }}",
    description: "Separated by commas",
    required: true,
  },
  {
    displayName: "Stage Name or ID",
    name: "contact_stage_id",
    type: "options",
    displayOptions: {
      show: {
        resource: ["contact"],
        operation: ["updateStage"],
      },
    },
    typeOptions: {
      loadOptionsMethod: "getContactStages",
    },
    default: "",
    description: "Choose from the list, or specify an ID using an <a href=\"https://docs.n8n.io/code/expressions/\">expression</a>",
    required: true,
  },
  {
    displayName: "Options",
    name: "options",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["contact"],
        operation: ["updateStage"],
      },
    },
    placeholder: "Add Option",
    default: {},
    options: [
      {
        displayName: "Dry Run",
        name: "dryRun",
        type: "boolean",
        default: false,
        description: "Whether to show what would happen and change nothing",
      },
      {
        displayName: "Idempotency Key",
        name: "idempotencyKey",
        type: "string",
        default: "",
        description: "Within 24 hours, a repeated call with the same key gets the first answer. By default, the key is made from the execution, node, item and data, so a retry changes nothing twice.",
      },
    ],
  },
  {
    displayName: "Copilot",
    name: "copilotId",
    type: "resourceLocator",
    displayOptions: {
      show: {
        resource: ["copilot"],
        operation: ["approve"],
      },
    },
    required: true,
    default: {
      mode: "id",
      value: "",
    },
    modes: [
      {
        displayName: "By ID",
        name: "id",
        type: "string",
        placeholder: "e.g. 64f0aa000000000000000001",
      },
    ],
  },
  {
    displayName: "Proposal IDs",
    name: "proposal_ids",
    type: "string",
    displayOptions: {
      show: {
        resource: ["copilot"],
        operation: ["approve"],
      },
    },
    default: "",
    description: "Separated by commas",
    required: true,
  },
  {
    displayName: "Options",
    name: "options",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["copilot"],
        operation: ["approve"],
      },
    },
    placeholder: "Add Option",
    default: {},
    options: [
      {
        displayName: "Dry Run",
        name: "dryRun",
        type: "boolean",
        default: false,
        description: "Whether to show what would happen and change nothing",
      },
      {
        displayName: "Idempotency Key",
        name: "idempotencyKey",
        type: "string",
        default: "",
        description: "Within 24 hours, a repeated call with the same key gets the first answer. By default, the key is made from the execution, node, item and data, so a retry changes nothing twice.",
      },
    ],
  },
  {
    displayName: "Copilot",
    name: "copilotId",
    type: "resourceLocator",
    displayOptions: {
      show: {
        resource: ["copilot"],
        operation: ["decideOpener"],
      },
    },
    required: true,
    default: {
      mode: "id",
      value: "",
    },
    modes: [
      {
        displayName: "By ID",
        name: "id",
        type: "string",
        placeholder: "e.g. 64f0aa000000000000000001",
      },
    ],
  },
  {
    displayName: "Proposal ID",
    name: "proposal_id",
    type: "string",
    displayOptions: {
      show: {
        resource: ["copilot"],
        operation: ["decideOpener"],
      },
    },
    default: "",
    required: true,
  },
  {
    displayName: "Decision",
    name: "decision",
    type: "options",
    displayOptions: {
      show: {
        resource: ["copilot"],
        operation: ["decideOpener"],
      },
    },
    options: [
      {
        name: "Accept",
        value: "accept",
      },
      {
        name: "Draft Again",
        value: "draft_again",
      },
      {
        name: "Drop",
        value: "drop",
      },
    ],
    default: "accept",
    required: true,
  },
  {
    displayName: "Additional Fields",
    name: "additionalFields",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["copilot"],
        operation: ["decideOpener"],
      },
    },
    placeholder: "Add Field",
    default: {},
    options: [
      {
        displayName: "Text",
        name: "text",
        type: "string",
        default: "",
        description: "Your own text for accept: one or two plain sentences",
      },
    ],
  },
  {
    displayName: "Options",
    name: "options",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["copilot"],
        operation: ["decideOpener"],
      },
    },
    placeholder: "Add Option",
    default: {},
    options: [
      {
        displayName: "Dry Run",
        name: "dryRun",
        type: "boolean",
        default: false,
        description: "Whether to show what would happen and change nothing",
      },
      {
        displayName: "Idempotency Key",
        name: "idempotencyKey",
        type: "string",
        default: "",
        description: "Within 24 hours, a repeated call with the same key gets the first answer. By default, the key is made from the execution, node, item and data, so a retry changes nothing twice.",
      },
    ],
  },
  {
    displayName: "Copilot",
    name: "copilotId",
    type: "resourceLocator",
    displayOptions: {
      show: {
        resource: ["copilot"],
        operation: ["get"],
      },
    },
    required: true,
    default: {
      mode: "id",
      value: "",
    },
    modes: [
      {
        displayName: "By ID",
        name: "id",
        type: "string",
        placeholder: "e.g. 64f0aa000000000000000001",
      },
    ],
  },
  {
    displayName: "Copilot",
    name: "copilotId",
    type: "resourceLocator",
    displayOptions: {
      show: {
        resource: ["copilot"],
        operation: ["getProposals"],
      },
    },
    required: true,
    default: {
      mode: "id",
      value: "",
    },
    modes: [
      {
        displayName: "By ID",
        name: "id",
        type: "string",
        placeholder: "e.g. 64f0aa000000000000000001",
      },
    ],
  },
  {
    displayName: "Additional Fields",
    name: "additionalFields",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["copilot"],
        operation: ["getProposals"],
      },
    },
    placeholder: "Add Field",
    default: {},
    options: [
      {
        displayName: "State",
        name: "state",
        type: "options",
        options: [
          {
            name: "Approved",
            value: "approved",
          },
          {
            name: "Left Out",
            value: "left_out",
          },
          {
            name: "Proposed",
            value: "proposed",
          },
          {
            name: "Rejected",
            value: "rejected",
          },
        ],
        default: "approved",
      },
    ],
  },
  {
    displayName: "Copilot",
    name: "copilotId",
    type: "resourceLocator",
    displayOptions: {
      show: {
        resource: ["copilot"],
        operation: ["propose"],
      },
    },
    required: true,
    default: {
      mode: "id",
      value: "",
    },
    modes: [
      {
        displayName: "By ID",
        name: "id",
        type: "string",
        placeholder: "e.g. 64f0aa000000000000000001",
      },
    ],
  },
  {
    displayName: "Options",
    name: "options",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["copilot"],
        operation: ["propose"],
      },
    },
    placeholder: "Add Option",
    default: {},
    options: [
      {
        displayName: "Dry Run",
        name: "dryRun",
        type: "boolean",
        default: false,
        description: "Whether to show what would happen and change nothing",
      },
      {
        displayName: "Idempotency Key",
        name: "idempotencyKey",
        type: "string",
        default: "",
        description: "Within 24 hours, a repeated call with the same key gets the first answer. By default, the key is made from the execution, node, item and data, so a retry changes nothing twice.",
      },
    ],
  },
  {
    displayName: "Copilot",
    name: "copilotId",
    type: "resourceLocator",
    displayOptions: {
      show: {
        resource: ["copilot"],
        operation: ["reject"],
      },
    },
    required: true,
    default: {
      mode: "id",
      value: "",
    },
    modes: [
      {
        displayName: "By ID",
        name: "id",
        type: "string",
        placeholder: "e.g. 64f0aa000000000000000001",
      },
    ],
  },
  {
    displayName: "Proposal IDs",
    name: "proposal_ids",
    type: "string",
    displayOptions: {
      show: {
        resource: ["copilot"],
        operation: ["reject"],
      },
    },
    default: "",
    description: "Separated by commas",
    required: true,
  },
  {
    displayName: "Additional Fields",
    name: "additionalFields",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["copilot"],
        operation: ["reject"],
      },
    },
    placeholder: "Add Field",
    default: {},
    options: [
      {
        displayName: "Reason",
        name: "reason",
        type: "string",
        default: "",
        description: "Saved with the enrollment",
      },
    ],
  },
  {
    displayName: "Options",
    name: "options",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["copilot"],
        operation: ["reject"],
      },
    },
    placeholder: "Add Option",
    default: {},
    options: [
      {
        displayName: "Dry Run",
        name: "dryRun",
        type: "boolean",
        default: false,
        description: "Whether to show what would happen and change nothing",
      },
      {
        displayName: "Idempotency Key",
        name: "idempotencyKey",
        type: "string",
        default: "",
        description: "Within 24 hours, a repeated call with the same key gets the first answer. By default, the key is made from the execution, node, item and data, so a retry changes nothing twice.",
      },
    ],
  },
  {
    displayName: "Fields",
    name: "fields",
    type: "resourceMapper",
    displayOptions: {
      show: {
        resource: ["deal"],
        operation: ["create"],
      },
    },
    noDataExpression: true,
    required: true,
    default: {
      mappingMode: "defineBelow",
      value: null,
    },
    typeOptions: {
      resourceMapper: {
        resourceMapperMethod: "getDealFields",
        mode: "add",
        fieldWords: {
          singular: "field",
          plural: "fields",
        },
        addAllFields: true,
        multiKeyMatch: false,
        supportAutoMap: true,
      },
    },
  },
  {
    displayName: "Options",
    name: "options",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["deal"],
        operation: ["create"],
      },
    },
    placeholder: "Add Option",
    default: {},
    options: [
      {
        displayName: "Dry Run",
        name: "dryRun",
        type: "boolean",
        default: false,
        description: "Whether to show what would happen and change nothing",
      },
      {
        displayName: "Idempotency Key",
        name: "idempotencyKey",
        type: "string",
        default: "",
        description: "Within 24 hours, a repeated call with the same key gets the first answer. By default, the key is made from the execution, node, item and data, so a retry changes nothing twice.",
      },
    ],
  },
  {
    displayName: "Deal",
    name: "dealId",
    type: "resourceLocator",
    displayOptions: {
      show: {
        resource: ["deal"],
        operation: ["delete"],
      },
    },
    required: true,
    default: {
      mode: "list",
      value: "",
    },
    modes: [
      {
        displayName: "From List",
        name: "list",
        type: "list",
        typeOptions: {
          searchListMethod: "searchDeals",
          searchable: true,
        },
      },
      {
        displayName: "By ID",
        name: "id",
        type: "string",
        placeholder: "e.g. 64f0aa000000000000000001",
      },
    ],
  },
  {
    displayName: "Options",
    name: "options",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["deal"],
        operation: ["delete"],
      },
    },
    placeholder: "Add Option",
    default: {},
    options: [
      {
        displayName: "Dry Run",
        name: "dryRun",
        type: "boolean",
        default: false,
        description: "Whether to show what would happen and change nothing",
      },
      {
        displayName: "Idempotency Key",
        name: "idempotencyKey",
        type: "string",
        default: "",
        description: "Within 24 hours, a repeated call with the same key gets the first answer. By default, the key is made from the execution, node, item and data, so a retry changes nothing twice.",
      },
    ],
  },
  {
    displayName: "Deal",
    name: "dealId",
    type: "resourceLocator",
    displayOptions: {
      show: {
        resource: ["deal"],
        operation: ["get"],
      },
    },
    required: true,
    default: {
      mode: "list",
      value: "",
    },
    modes: [
      {
        displayName: "From List",
        name: "list",
        type: "list",
        typeOptions: {
          searchListMethod: "searchDeals",
          searchable: true,
        },
      },
      {
        displayName: "By ID",
        name: "id",
        type: "string",
        placeholder: "e.g. 64f0aa000000000000000001",
      },
    ],
  },
  {
    displayName: "Return All",
    name: "returnAll",
    type: "boolean",
    displayOptions: {
      show: {
        resource: ["deal"],
        operation: ["getAll"],
      },
    },
    default: false,
    description: "Whether to return all results or only up to a given limit",
  },
  {
    displayName: "Limit",
    name: "limit",
    type: "number",
    displayOptions: {
      show: {
        resource: ["deal"],
        operation: ["getAll"],
        returnAll: [false],
      },
    },
    typeOptions: {
      minValue: 1,
    },
    default: 50,
    description: "Max number of results to return",
  },
  {
    displayName: "Filters",
    name: "filters",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["deal"],
        operation: ["getAll"],
      },
    },
    placeholder: "Add Filter",
    default: {},
    options: [
      {
        displayName: "Account ID",
        name: "account_id",
        type: "string",
        default: "",
      },
      {
        displayName: "Closes From",
        name: "closes_from",
        type: "string",
        default: "",
        description: "Close date on this day or later",
      },
      {
        displayName: "Closes Until",
        name: "closes_until",
        type: "string",
        default: "",
        description: "Close date on this day or earlier",
      },
      {
        displayName: "Csv Columns",
        name: "csv_columns",
        type: "string",
        default: "",
        description: "For files: only these columns of the app's table, sorted as asked; else all that an import understands. Separated by commas.",
      },
      {
        displayName: "Group By",
        name: "group_by",
        type: "options",
        options: [
          {
            name: "Company",
            value: "company",
          },
          {
            name: "Owner",
            value: "owner",
          },
          {
            name: "Stage",
            value: "stage",
          },
        ],
        default: "company",
        description: "Sorts by group first; the first page answers groups. No cursors.",
      },
      {
        displayName: "Keywords",
        name: "q_keywords",
        type: "string",
        default: "",
      },
      {
        displayName: "Opportunity Name",
        name: "q_opportunity_name",
        type: "string",
        default: "",
        description: "Part of the deal's name, as some clients send it",
      },
      {
        displayName: "Opportunity Stage IDs",
        name: "opportunity_stage_ids",
        type: "string",
        default: "",
        description: "Separated by commas",
      },
      {
        displayName: "Owner IDs",
        name: "owner_ids",
        type: "string",
        default: "",
        description: "Separated by commas",
      },
      {
        displayName: "Owner Name or ID",
        name: "owner_id",
        type: "options",
        typeOptions: {
          loadOptionsMethod: "getUsers",
        },
        default: "",
        description: "Choose from the list, or specify an ID using an <a href=\"https://docs.n8n.io/code/expressions/\">expression</a>",
      },
      {
        displayName: "Sort Ascending",
        name: "sort_ascending",
        type: "boolean",
        default: false,
        description: "Whether to sort from lowest to highest, oldest to newest or A to Z",
      },
      {
        displayName: "Sort By",
        name: "sort_by_field",
        type: "string",
        default: "",
        description: "One of: amount, is_closed, is_won, created_at, opportunity_updated_at, closed_date or name; stage, owner, account, contact (the main one), probability, next_step, next_step_date, stage_updated_at, forecasted_revenue, field:&lt;ID&gt;",
      },
      {
        displayName: "Stage Name or ID",
        name: "opportunity_stage_id",
        type: "options",
        typeOptions: {
          loadOptionsMethod: "getDealStages",
        },
        default: "",
        description: "Choose from the list, or specify an ID using an <a href=\"https://docs.n8n.io/code/expressions/\">expression</a>",
      },
    ],
  },
  {
    displayName: "Deal",
    name: "dealId",
    type: "resourceLocator",
    displayOptions: {
      show: {
        resource: ["deal"],
        operation: ["update"],
      },
    },
    required: true,
    default: {
      mode: "list",
      value: "",
    },
    modes: [
      {
        displayName: "From List",
        name: "list",
        type: "list",
        typeOptions: {
          searchListMethod: "searchDeals",
          searchable: true,
        },
      },
      {
        displayName: "By ID",
        name: "id",
        type: "string",
        placeholder: "e.g. 64f0aa000000000000000001",
      },
    ],
  },
  {
    displayName: "Fields",
    name: "fields",
    type: "resourceMapper",
    displayOptions: {
      show: {
        resource: ["deal"],
        operation: ["update"],
      },
    },
    noDataExpression: true,
    required: true,
    default: {
      mappingMode: "defineBelow",
      value: null,
    },
    typeOptions: {
      resourceMapper: {
        resourceMapperMethod: "getDealFields",
        mode: "add",
        fieldWords: {
          singular: "field",
          plural: "fields",
        },
        addAllFields: true,
        multiKeyMatch: false,
        supportAutoMap: true,
      },
    },
  },
  {
    displayName: "Options",
    name: "options",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["deal"],
        operation: ["update"],
      },
    },
    placeholder: "Add Option",
    default: {},
    options: [
      {
        displayName: "Dry Run",
        name: "dryRun",
        type: "boolean",
        default: false,
        description: "Whether to show what would happen and change nothing",
      },
      {
        displayName: "Idempotency Key",
        name: "idempotencyKey",
        type: "string",
        default: "",
        description: "Within 24 hours, a repeated call with the same key gets the first answer. By default, the key is made from the execution, node, item and data, so a retry changes nothing twice.",
      },
      {
        displayName: "If Etag Is",
        name: "ifMatch",
        type: "string",
        default: "",
        description: "The etag of the record as you read it. If the record has changed since, nothing is changed and the node fails.",
      },
    ],
  },
  {
    displayName: "Enrollment",
    name: "enrollmentId",
    type: "resourceLocator",
    displayOptions: {
      show: {
        resource: ["enrollment"],
        operation: ["explain"],
      },
    },
    required: true,
    default: {
      mode: "id",
      value: "",
    },
    modes: [
      {
        displayName: "By ID",
        name: "id",
        type: "string",
        placeholder: "e.g. 64f0aa000000000000000001",
      },
    ],
  },
  {
    displayName: "Sequence",
    name: "sequenceId",
    type: "resourceLocator",
    displayOptions: {
      show: {
        resource: ["enrollment"],
        operation: ["finish"],
      },
    },
    required: true,
    default: {
      mode: "list",
      value: "",
    },
    modes: [
      {
        displayName: "From List",
        name: "list",
        type: "list",
        typeOptions: {
          searchListMethod: "searchSequences",
          searchable: true,
        },
      },
      {
        displayName: "By ID",
        name: "id",
        type: "string",
        placeholder: "e.g. 64f0aa000000000000000001",
      },
    ],
  },
  {
    displayName: "Contact IDs",
    name: "contact_ids",
    type: "string",
    displayOptions: {
      show: {
        resource: ["enrollment"],
        operation: ["finish"],
      },
    },
    default: "={{ $json.id }}",
    description: "Separated by commas",
    required: true,
  },
  {
    displayName: "Options",
    name: "options",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["enrollment"],
        operation: ["finish"],
      },
    },
    placeholder: "Add Option",
    default: {},
    options: [
      {
        displayName: "Dry Run",
        name: "dryRun",
        type: "boolean",
        default: false,
        description: "Whether to show what would happen and change nothing",
      },
      {
        displayName: "Idempotency Key",
        name: "idempotencyKey",
        type: "string",
        default: "",
        description: "Within 24 hours, a repeated call with the same key gets the first answer. By default, the key is made from the execution, node, item and data, so a retry changes nothing twice.",
      },
    ],
  },
  {
    displayName: "Enrollment",
    name: "enrollmentId",
    type: "resourceLocator",
    displayOptions: {
      show: {
        resource: ["enrollment"],
        operation: ["get"],
      },
    },
    required: true,
    default: {
      mode: "id",
      value: "",
    },
    modes: [
      {
        displayName: "By ID",
        name: "id",
        type: "string",
        placeholder: "e.g. 64f0aa000000000000000001",
      },
    ],
  },
  {
    displayName: "Return All",
    name: "returnAll",
    type: "boolean",
    displayOptions: {
      show: {
        resource: ["enrollment"],
        operation: ["getAll"],
      },
    },
    default: false,
    description: "Whether to return all results or only up to a given limit",
  },
  {
    displayName: "Limit",
    name: "limit",
    type: "number",
    displayOptions: {
      show: {
        resource: ["enrollment"],
        operation: ["getAll"],
        returnAll: [false],
      },
    },
    typeOptions: {
      minValue: 1,
    },
    default: 50,
    description: "Max number of results to return",
  },
  {
    displayName: "Filters",
    name: "filters",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["enrollment"],
        operation: ["getAll"],
      },
    },
    placeholder: "Add Filter",
    default: {},
    options: [
      {
        displayName: "Contact IDs",
        name: "contact_ids",
        type: "string",
        default: "",
        description: "Separated by commas",
      },
      {
        displayName: "Csv Columns",
        name: "csv_columns",
        type: "string",
        default: "",
        description: "For files: only these columns of the app's table, sorted as asked; else all that an import understands. Separated by commas.",
      },
      {
        displayName: "Due Before",
        name: "due_before",
        type: "dateTime",
        default: "",
        description: "Does not include this time",
      },
      {
        displayName: "Failed By",
        name: "views",
        type: "multiOptions",
        options: [
          {
            name: "Bounced",
            value: "bounced",
          },
          {
            name: "Hard Bounced",
            value: "hard_bounced",
          },
          {
            name: "Not Sent",
            value: "not_sent",
          },
          {
            name: "Spam Blocked",
            value: "spam_blocked",
          },
        ],
        default: [],
        description: "Why emails failed",
      },
      {
        displayName: "Keywords",
        name: "q_keywords",
        type: "string",
        default: "",
        description: "Words in the contact's name, title, company or email address",
      },
      {
        displayName: "Mailbox Names or IDs",
        name: "email_account_ids",
        type: "multiOptions",
        typeOptions: {
          loadOptionsMethod: "getMailboxes",
        },
        default: [],
        description: "Choose from the list, or specify IDs using an <a href=\"https://docs.n8n.io/code/expressions/\">expression</a>",
      },
      {
        displayName: "Reasons",
        name: "reasons",
        type: "string",
        default: "",
        description: "Exact values of inactive_reason or failure_reason. Separated by commas.",
      },
      {
        displayName: "Sequence Names or IDs",
        name: "emailer_campaign_ids",
        type: "multiOptions",
        typeOptions: {
          loadOptionsMethod: "getSequences",
        },
        default: [],
        description: "Choose from the list, or specify IDs using an <a href=\"https://docs.n8n.io/code/expressions/\">expression</a>",
      },
      {
        displayName: "Sort Ascending",
        name: "sort_ascending",
        type: "boolean",
        default: false,
        description: "Whether to sort from lowest to highest, oldest to newest or A to Z",
      },
      {
        displayName: "Sort By",
        name: "sort_by_field",
        type: "string",
        default: "",
        description: "One of: added_at, due_at, updated_at, status, step, name, email, title, organization_name or send_from",
      },
      {
        displayName: "Statuses",
        name: "statuses",
        type: "multiOptions",
        options: [
          {
            name: "Active",
            value: "active",
          },
          {
            name: "Failed",
            value: "failed",
          },
          {
            name: "Finished",
            value: "finished",
          },
          {
            name: "Paused",
            value: "paused",
          },
        ],
        default: [],
      },
      {
        displayName: "Step IDs",
        name: "emailer_step_ids",
        type: "string",
        default: "",
        description: "Steps the contacts are at, or ended at. Separated by commas.",
      },
    ],
  },
  {
    displayName: "Sequence",
    name: "sequenceId",
    type: "resourceLocator",
    displayOptions: {
      show: {
        resource: ["enrollment"],
        operation: ["move"],
      },
    },
    required: true,
    default: {
      mode: "list",
      value: "",
    },
    modes: [
      {
        displayName: "From List",
        name: "list",
        type: "list",
        typeOptions: {
          searchListMethod: "searchSequences",
          searchable: true,
        },
      },
      {
        displayName: "By ID",
        name: "id",
        type: "string",
        placeholder: "e.g. 64f0aa000000000000000001",
      },
    ],
  },
  {
    displayName: "Contact IDs",
    name: "contact_ids",
    type: "string",
    displayOptions: {
      show: {
        resource: ["enrollment"],
        operation: ["move"],
      },
    },
    default: "={{ $json.id }}",
    description: "Separated by commas",
    required: true,
  },
  {
    displayName: "Mailbox Name or ID",
    name: "send_email_from_email_account_id",
    type: "options",
    displayOptions: {
      show: {
        resource: ["enrollment"],
        operation: ["move"],
      },
    },
    typeOptions: {
      loadOptionsMethod: "getMailboxes",
    },
    default: "",
    description: "Choose from the list, or specify an ID using an <a href=\"https://docs.n8n.io/code/expressions/\">expression</a>",
    required: true,
  },
  {
    displayName: "Additional Fields",
    name: "additionalFields",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["enrollment"],
        operation: ["move"],
      },
    },
    placeholder: "Add Field",
    default: {},
    options: [
      {
        displayName: "Alias Address",
        name: "send_email_from_email_address",
        type: "string",
        default: "",
        description: "An alias of that mailbox",
      },
    ],
  },
  {
    displayName: "Options",
    name: "options",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["enrollment"],
        operation: ["move"],
      },
    },
    placeholder: "Add Option",
    default: {},
    options: [
      {
        displayName: "Dry Run",
        name: "dryRun",
        type: "boolean",
        default: false,
        description: "Whether to show what would happen and change nothing",
      },
      {
        displayName: "Idempotency Key",
        name: "idempotencyKey",
        type: "string",
        default: "",
        description: "Within 24 hours, a repeated call with the same key gets the first answer. By default, the key is made from the execution, node, item and data, so a retry changes nothing twice.",
      },
    ],
  },
  {
    displayName: "Sequence",
    name: "sequenceId",
    type: "resourceLocator",
    displayOptions: {
      show: {
        resource: ["enrollment"],
        operation: ["pause"],
      },
    },
    required: true,
    default: {
      mode: "list",
      value: "",
    },
    modes: [
      {
        displayName: "From List",
        name: "list",
        type: "list",
        typeOptions: {
          searchListMethod: "searchSequences",
          searchable: true,
        },
      },
      {
        displayName: "By ID",
        name: "id",
        type: "string",
        placeholder: "e.g. 64f0aa000000000000000001",
      },
    ],
  },
  {
    displayName: "Contact IDs",
    name: "contact_ids",
    type: "string",
    displayOptions: {
      show: {
        resource: ["enrollment"],
        operation: ["pause"],
      },
    },
    default: "={{ $json.id }}",
    description: "Separated by commas",
    required: true,
  },
  {
    displayName: "Additional Fields",
    name: "additionalFields",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["enrollment"],
        operation: ["pause"],
      },
    },
    placeholder: "Add Field",
    default: {},
    options: [
      {
        displayName: "Reason",
        name: "reason",
        type: "string",
        default: "",
        description: "Saved with the enrollment",
      },
      {
        displayName: "Resume At",
        name: "auto_unpause_at",
        type: "dateTime",
        default: "",
        description: "Contacts are paused until this time. If empty, added contacts start at once, and paused contacts stay paused.",
      },
    ],
  },
  {
    displayName: "Options",
    name: "options",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["enrollment"],
        operation: ["pause"],
      },
    },
    placeholder: "Add Option",
    default: {},
    options: [
      {
        displayName: "Dry Run",
        name: "dryRun",
        type: "boolean",
        default: false,
        description: "Whether to show what would happen and change nothing",
      },
      {
        displayName: "Idempotency Key",
        name: "idempotencyKey",
        type: "string",
        default: "",
        description: "Within 24 hours, a repeated call with the same key gets the first answer. By default, the key is made from the execution, node, item and data, so a retry changes nothing twice.",
      },
    ],
  },
  {
    displayName: "Sequence",
    name: "sequenceId",
    type: "resourceLocator",
    displayOptions: {
      show: {
        resource: ["enrollment"],
        operation: ["remove"],
      },
    },
    required: true,
    default: {
      mode: "list",
      value: "",
    },
    modes: [
      {
        displayName: "From List",
        name: "list",
        type: "list",
        typeOptions: {
          searchListMethod: "searchSequences",
          searchable: true,
        },
      },
      {
        displayName: "By ID",
        name: "id",
        type: "string",
        placeholder: "e.g. 64f0aa000000000000000001",
      },
    ],
  },
  {
    displayName: "Contact IDs",
    name: "contact_ids",
    type: "string",
    displayOptions: {
      show: {
        resource: ["enrollment"],
        operation: ["remove"],
      },
    },
    default: "={{ $json.id }}",
    description: "Separated by commas",
    required: true,
  },
  {
    displayName: "Options",
    name: "options",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["enrollment"],
        operation: ["remove"],
      },
    },
    placeholder: "Add Option",
    default: {},
    options: [
      {
        displayName: "Dry Run",
        name: "dryRun",
        type: "boolean",
        default: false,
        description: "Whether to show what would happen and change nothing",
      },
      {
        displayName: "Idempotency Key",
        name: "idempotencyKey",
        type: "string",
        default: "",
        description: "Within 24 hours, a repeated call with the same key gets the first answer. By default, the key is made from the execution, node, item and data, so a retry changes nothing twice.",
      },
    ],
  },
  {
    displayName: "Sequence",
    name: "sequenceId",
    type: "resourceLocator",
    displayOptions: {
      show: {
        resource: ["enrollment"],
        operation: ["resume"],
      },
    },
    required: true,
    default: {
      mode: "list",
      value: "",
    },
    modes: [
      {
        displayName: "From List",
        name: "list",
        type: "list",
        typeOptions: {
          searchListMethod: "searchSequences",
          searchable: true,
        },
      },
      {
        displayName: "By ID",
        name: "id",
        type: "string",
        placeholder: "e.g. 64f0aa000000000000000001",
      },
    ],
  },
  {
    displayName: "Contact IDs",
    name: "contact_ids",
    type: "string",
    displayOptions: {
      show: {
        resource: ["enrollment"],
        operation: ["resume"],
      },
    },
    default: "={{ $json.id }}",
    description: "Separated by commas",
    required: true,
  },
  {
    displayName: "Options",
    name: "options",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["enrollment"],
        operation: ["resume"],
      },
    },
    placeholder: "Add Option",
    default: {},
    options: [
      {
        displayName: "Dry Run",
        name: "dryRun",
        type: "boolean",
        default: false,
        description: "Whether to show what would happen and change nothing",
      },
      {
        displayName: "Idempotency Key",
        name: "idempotencyKey",
        type: "string",
        default: "",
        description: "Within 24 hours, a repeated call with the same key gets the first answer. By default, the key is made from the execution, node, item and data, so a retry changes nothing twice.",
      },
    ],
  },
  {
    displayName: "Kind",
    name: "kind",
    type: "options",
    displayOptions: {
      show: {
        resource: ["import"],
        operation: ["create"],
      },
    },
    options: [
      {
        name: "Accounts",
        value: "accounts",
      },
      {
        name: "Contacts",
        value: "contacts",
      },
      {
        name: "Opportunities",
        value: "opportunities",
      },
      {
        name: "Organizations",
        value: "organizations",
      },
      {
        name: "People",
        value: "people",
      },
    ],
    default: "accounts",
    required: true,
  },
  {
    displayName: "Text",
    name: "text",
    type: "string",
    displayOptions: {
      show: {
        resource: ["import"],
        operation: ["create"],
      },
    },
    default: "",
    description: "The file's content as text, up to 10 MB",
    required: true,
  },
  {
    displayName: "Additional Fields",
    name: "additionalFields",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["import"],
        operation: ["create"],
      },
    },
    placeholder: "Add Field",
    default: {},
    options: [
      {
        displayName: "Add to Sequence",
        name: "add_to_sequence",
        type: "json",
        default: "",
        description: "Parameters for adding contacts, without contacts and with the sequence as ID",
      },
      {
        displayName: "Create Accounts",
        name: "create_accounts",
        type: "boolean",
        default: false,
        description: "Whether to create missing companies",
      },
      {
        displayName: "File Name",
        name: "file_name",
        type: "string",
        default: "",
      },
      {
        displayName: "List Names or IDs",
        name: "label_names",
        type: "multiOptions",
        typeOptions: {
          loadOptionsMethod: "getListNames",
        },
        default: [],
        description: "Choose from the list, or specify IDs using an <a href=\"https://docs.n8n.io/code/expressions/\">expression</a>",
        hint: "Expressions must use the names of lists",
      },
      {
        displayName: "Mapping",
        name: "mapping",
        type: "json",
        default: "",
        description: "By column: a field, or null to ignore the column. Other columns are matched automatically.",
      },
      {
        displayName: "Overwrite",
        name: "overwrite",
        type: "options",
        options: [
          {
            name: "Fill",
            value: "fill",
          },
          {
            name: "Never",
            value: "never",
          },
          {
            name: "Replace",
            value: "replace",
          },
        ],
        default: "fill",
        description: "For existing records: never changes nothing, fill fills empty fields, replace uses the file's values",
      },
      {
        displayName: "Owner Name or ID",
        name: "owner_id",
        type: "options",
        typeOptions: {
          loadOptionsMethod: "getUsers",
        },
        default: "",
        description: "Choose from the list, or specify an ID using an <a href=\"https://docs.n8n.io/code/expressions/\">expression</a>",
      },
      {
        displayName: "Source",
        name: "source",
        type: "string",
        default: "",
        description: "For people and organizations: the data source. Records with the same source IDs are updated; default: import.",
      },
      {
        displayName: "Stage Name or ID",
        name: "contact_stage_id",
        type: "options",
        typeOptions: {
          loadOptionsMethod: "getContactStages",
        },
        default: "",
        description: "Choose from the list, or specify an ID using an <a href=\"https://docs.n8n.io/code/expressions/\">expression</a>",
      },
      {
        displayName: "Stage Name or ID",
        name: "account_stage_id",
        type: "options",
        typeOptions: {
          loadOptionsMethod: "getAccountStages",
        },
        default: "",
        description: "Choose from the list, or specify an ID using an <a href=\"https://docs.n8n.io/code/expressions/\">expression</a>",
      },
    ],
  },
  {
    displayName: "Options",
    name: "options",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["import"],
        operation: ["create"],
      },
    },
    placeholder: "Add Option",
    default: {},
    options: [
      {
        displayName: "Dry Run",
        name: "dryRun",
        type: "boolean",
        default: false,
        description: "Whether to show what would happen and change nothing",
      },
      {
        displayName: "Idempotency Key",
        name: "idempotencyKey",
        type: "string",
        default: "",
        description: "Within 24 hours, a repeated call with the same key gets the first answer. By default, the key is made from the execution, node, item and data, so a retry changes nothing twice.",
      },
    ],
  },
  {
    displayName: "Import",
    name: "importId",
    type: "resourceLocator",
    displayOptions: {
      show: {
        resource: ["import"],
        operation: ["get"],
      },
    },
    required: true,
    default: {
      mode: "id",
      value: "",
    },
    modes: [
      {
        displayName: "By ID",
        name: "id",
        type: "string",
        placeholder: "e.g. 64f0aa000000000000000001",
      },
    ],
  },
  {
    displayName: "Return All",
    name: "returnAll",
    type: "boolean",
    displayOptions: {
      show: {
        resource: ["import"],
        operation: ["getAll"],
      },
    },
    default: false,
    description: "Whether to return all results or only up to a given limit",
  },
  {
    displayName: "Limit",
    name: "limit",
    type: "number",
    displayOptions: {
      show: {
        resource: ["import"],
        operation: ["getAll"],
        returnAll: [false],
      },
    },
    typeOptions: {
      minValue: 1,
    },
    default: 50,
    description: "Max number of results to return",
  },
  {
    displayName: "Filters",
    name: "filters",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["import"],
        operation: ["getAll"],
      },
    },
    placeholder: "Add Filter",
    default: {},
    options: [
      {
        displayName: "Kind",
        name: "kind",
        type: "options",
        options: [
          {
            name: "Accounts",
            value: "accounts",
          },
          {
            name: "Contacts",
            value: "contacts",
          },
          {
            name: "Opportunities",
            value: "opportunities",
          },
          {
            name: "Organizations",
            value: "organizations",
          },
          {
            name: "People",
            value: "people",
          },
        ],
        default: "accounts",
      },
    ],
  },
  {
    displayName: "Import",
    name: "importId",
    type: "resourceLocator",
    displayOptions: {
      show: {
        resource: ["import"],
        operation: ["getRows"],
      },
    },
    required: true,
    default: {
      mode: "id",
      value: "",
    },
    modes: [
      {
        displayName: "By ID",
        name: "id",
        type: "string",
        placeholder: "e.g. 64f0aa000000000000000001",
      },
    ],
  },
  {
    displayName: "Additional Fields",
    name: "additionalFields",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["import"],
        operation: ["getRows"],
      },
    },
    placeholder: "Add Field",
    default: {},
    options: [
      {
        displayName: "After Row",
        name: "after_row",
        type: "number",
        default: 0,
        description: "Continue after this row, instead of page",
      },
      {
        displayName: "Code",
        name: "code",
        type: "string",
        default: "",
      },
      {
        displayName: "Enrollment",
        name: "enrollment",
        type: "options",
        options: [
          {
            name: "Enrolled",
            value: "enrolled",
          },
          {
            name: "Not Enrolled",
            value: "not_enrolled",
          },
        ],
        default: "enrolled",
      },
      {
        displayName: "Verdict",
        name: "verdict",
        type: "options",
        options: [
          {
            name: "Created",
            value: "created",
          },
          {
            name: "Skipped",
            value: "skipped",
          },
          {
            name: "Unchanged",
            value: "unchanged",
          },
          {
            name: "Updated",
            value: "updated",
          },
        ],
        default: "created",
      },
    ],
  },
  {
    displayName: "Import",
    name: "importId",
    type: "resourceLocator",
    displayOptions: {
      show: {
        resource: ["import"],
        operation: ["undo"],
      },
    },
    required: true,
    default: {
      mode: "id",
      value: "",
    },
    modes: [
      {
        displayName: "By ID",
        name: "id",
        type: "string",
        placeholder: "e.g. 64f0aa000000000000000001",
      },
    ],
  },
  {
    displayName: "Options",
    name: "options",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["import"],
        operation: ["undo"],
      },
    },
    placeholder: "Add Option",
    default: {},
    options: [
      {
        displayName: "Dry Run",
        name: "dryRun",
        type: "boolean",
        default: false,
        description: "Whether to show what would happen and change nothing",
      },
      {
        displayName: "Idempotency Key",
        name: "idempotencyKey",
        type: "string",
        default: "",
        description: "Within 24 hours, a repeated call with the same key gets the first answer. By default, the key is made from the execution, node, item and data, so a retry changes nothing twice.",
      },
    ],
  },
  {
    displayName: "Record Type",
    name: "modality",
    type: "options",
    displayOptions: {
      show: {
        resource: ["list"],
        operation: ["addEntities"],
      },
    },
    options: [
      {
        name: "Accounts",
        value: "accounts",
      },
      {
        name: "Contacts",
        value: "contacts",
      },
    ],
    default: "accounts",
    description: "Contacts or accounts",
    required: true,
  },
  {
    displayName: "List Names or IDs",
    name: "label_names",
    type: "multiOptions",
    displayOptions: {
      show: {
        resource: ["list"],
        operation: ["addEntities"],
      },
    },
    typeOptions: {
      loadOptionsMethod: "getListNames",
    },
    default: [],
    description: "Choose from the list, or specify IDs using an <a href=\"https://docs.n8n.io/code/expressions/\">expression</a>",
    hint: "Expressions must use the names of lists",
    required: true,
  },
  {
    displayName: "Record IDs",
    name: "entity_ids",
    type: "string",
    displayOptions: {
      show: {
        resource: ["list"],
        operation: ["addEntities"],
      },
    },
    default: "={{ $json.id }}",
    description: "IDs of contacts or accounts; unknown IDs are skipped. Separated by commas.",
    required: true,
  },
  {
    displayName: "Options",
    name: "options",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["list"],
        operation: ["addEntities"],
      },
    },
    placeholder: "Add Option",
    default: {},
    options: [
      {
        displayName: "Dry Run",
        name: "dryRun",
        type: "boolean",
        default: false,
        description: "Whether to show what would happen and change nothing",
      },
      {
        displayName: "Idempotency Key",
        name: "idempotencyKey",
        type: "string",
        default: "",
        description: "Within 24 hours, a repeated call with the same key gets the first answer. By default, the key is made from the execution, node, item and data, so a retry changes nothing twice.",
      },
    ],
  },
  {
    displayName: "Name",
    name: "name",
    type: "string",
    displayOptions: {
      show: {
        resource: ["list"],
        operation: ["create"],
      },
    },
    default: "",
    required: true,
  },
  {
    displayName: "Record Type",
    name: "modality",
    type: "options",
    displayOptions: {
      show: {
        resource: ["list"],
        operation: ["create"],
      },
    },
    options: [
      {
        name: "Accounts",
        value: "accounts",
      },
      {
        name: "Contacts",
        value: "contacts",
      },
    ],
    default: "accounts",
    description: "Contacts or accounts",
    required: true,
  },
  {
    displayName: "Options",
    name: "options",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["list"],
        operation: ["create"],
      },
    },
    placeholder: "Add Option",
    default: {},
    options: [
      {
        displayName: "Dry Run",
        name: "dryRun",
        type: "boolean",
        default: false,
        description: "Whether to show what would happen and change nothing",
      },
      {
        displayName: "Idempotency Key",
        name: "idempotencyKey",
        type: "string",
        default: "",
        description: "Within 24 hours, a repeated call with the same key gets the first answer. By default, the key is made from the execution, node, item and data, so a retry changes nothing twice.",
      },
    ],
  },
  {
    displayName: "List",
    name: "listId",
    type: "resourceLocator",
    displayOptions: {
      show: {
        resource: ["list"],
        operation: ["delete"],
      },
    },
    required: true,
    default: {
      mode: "list",
      value: "",
    },
    modes: [
      {
        displayName: "From List",
        name: "list",
        type: "list",
        typeOptions: {
          searchListMethod: "searchLists",
          searchable: true,
        },
      },
      {
        displayName: "By ID",
        name: "id",
        type: "string",
        placeholder: "e.g. 64f0aa000000000000000001",
      },
    ],
  },
  {
    displayName: "Options",
    name: "options",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["list"],
        operation: ["delete"],
      },
    },
    placeholder: "Add Option",
    default: {},
    options: [
      {
        displayName: "Dry Run",
        name: "dryRun",
        type: "boolean",
        default: false,
        description: "Whether to show what would happen and change nothing",
      },
      {
        displayName: "Idempotency Key",
        name: "idempotencyKey",
        type: "string",
        default: "",
        description: "Within 24 hours, a repeated call with the same key gets the first answer. By default, the key is made from the execution, node, item and data, so a retry changes nothing twice.",
      },
    ],
  },
  {
    displayName: "Record Type",
    name: "modality",
    type: "options",
    displayOptions: {
      show: {
        resource: ["list"],
        operation: ["removeEntities"],
      },
    },
    options: [
      {
        name: "Accounts",
        value: "accounts",
      },
      {
        name: "Contacts",
        value: "contacts",
      },
    ],
    default: "accounts",
    description: "Contacts or accounts",
    required: true,
  },
  {
    displayName: "List Names or IDs",
    name: "label_names",
    type: "multiOptions",
    displayOptions: {
      show: {
        resource: ["list"],
        operation: ["removeEntities"],
      },
    },
    typeOptions: {
      loadOptionsMethod: "getListNames",
    },
    default: [],
    description: "Choose from the list, or specify IDs using an <a href=\"https://docs.n8n.io/code/expressions/\">expression</a>",
    hint: "Expressions must use the names of lists",
    required: true,
  },
  {
    displayName: "Record IDs",
    name: "entity_ids",
    type: "string",
    displayOptions: {
      show: {
        resource: ["list"],
        operation: ["removeEntities"],
      },
    },
    default: "={{ $json.id }}",
    description: "IDs of contacts or accounts; unknown IDs are skipped. Separated by commas.",
    required: true,
  },
  {
    displayName: "Options",
    name: "options",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["list"],
        operation: ["removeEntities"],
      },
    },
    placeholder: "Add Option",
    default: {},
    options: [
      {
        displayName: "Dry Run",
        name: "dryRun",
        type: "boolean",
        default: false,
        description: "Whether to show what would happen and change nothing",
      },
      {
        displayName: "Idempotency Key",
        name: "idempotencyKey",
        type: "string",
        default: "",
        description: "Within 24 hours, a repeated call with the same key gets the first answer. By default, the key is made from the execution, node, item and data, so a retry changes nothing twice.",
      },
    ],
  },
  {
    displayName: "Person",
    name: "personId",
    type: "resourceLocator",
    displayOptions: {
      show: {
        resource: ["person"],
        operation: ["get"],
      },
    },
    required: true,
    default: {
      mode: "id",
      value: "",
    },
    modes: [
      {
        displayName: "By ID",
        name: "id",
        type: "string",
        placeholder: "e.g. 64f0aa000000000000000001",
      },
    ],
  },
  {
    displayName: "Return All",
    name: "returnAll",
    type: "boolean",
    displayOptions: {
      show: {
        resource: ["person"],
        operation: ["getAll"],
      },
    },
    default: false,
    description: "Whether to return all results or only up to a given limit",
  },
  {
    displayName: "Limit",
    name: "limit",
    type: "number",
    displayOptions: {
      show: {
        resource: ["person"],
        operation: ["getAll"],
        returnAll: [false],
      },
    },
    typeOptions: {
      minValue: 1,
    },
    default: 50,
    description: "Max number of results to return",
  },
  {
    displayName: "Filters",
    name: "filters",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["person"],
        operation: ["getAll"],
      },
    },
    placeholder: "Add Filter",
    default: {},
    options: [
      {
        displayName: "Company Domains",
        name: "q_organization_domains_list",
        type: "string",
        default: "",
        description: "Domains, at most 1,000. Separated by commas.",
      },
      {
        displayName: "Company Domains",
        name: "q_organization_domains",
        type: "string",
        default: "",
        description: "Separated by commas",
      },
      {
        displayName: "Company Name",
        name: "q_organization_name",
        type: "string",
        default: "",
        description: "Words in the name or domain",
      },
      {
        displayName: "Contact Email Status",
        name: "contact_email_status",
        type: "string",
        default: "",
        description: "Any of verified, unverified, likely to engage, unavailable. Separated by commas.",
      },
      {
        displayName: "Contact Email Status V2",
        name: "contact_email_status_v2",
        type: "string",
        default: "",
        description: "Separated by commas",
      },
      {
        displayName: "Currently Not Using Any of Technology Uids",
        name: "currently_not_using_any_of_technology_uids",
        type: "string",
        default: "",
        description: "Separated by commas",
      },
      {
        displayName: "Currently Using All of Technology Uids",
        name: "currently_using_all_of_technology_uids",
        type: "string",
        default: "",
        description: "Separated by commas",
      },
      {
        displayName: "Currently Using Any of Technology Uids",
        name: "currently_using_any_of_technology_uids",
        type: "string",
        default: "",
        description: "Separated by commas",
      },
      {
        displayName: "Include Similar Titles",
        name: "include_similar_titles",
        type: "boolean",
        default: false,
        description: "Whether to also find similar job titles",
      },
      {
        displayName: "Keywords",
        name: "q_keywords",
        type: "string",
        default: "",
        description: "Words in the name, title or company",
      },
      {
        displayName: "Latest Funding Amount Range",
        name: "latest_funding_amount_range",
        type: "fixedCollection",
        default: {},
        options: [
          {
            displayName: "Range",
            name: "range",
            values: [
              {
                displayName: "At Least",
                name: "min",
                type: "number",
                default: 0,
              },
              {
                displayName: "At Most",
                name: "max",
                type: "number",
                default: 0,
              },
            ],
          },
        ],
      },
      {
        displayName: "Latest Funding Date Range",
        name: "latest_funding_date_range",
        type: "fixedCollection",
        default: {},
        options: [
          {
            displayName: "Range",
            name: "range",
            values: [
              {
                displayName: "From",
                name: "min",
                type: "dateTime",
                default: "",
              },
              {
                displayName: "To",
                name: "max",
                type: "dateTime",
                default: "",
              },
            ],
          },
        ],
      },
      {
        displayName: "LinkedIn URL",
        name: "linkedin_url",
        type: "string",
        default: "",
        description: "LinkedIn profile address in any spelling; other texts match no person",
      },
      {
        displayName: "Organization Domains",
        name: "organization_domains",
        type: "string",
        default: "",
        description: "Separated by commas",
      },
      {
        displayName: "Organization IDs",
        name: "organization_ids",
        type: "string",
        default: "",
        description: "Separated by commas",
      },
      {
        displayName: "Organization Industry Tag IDs",
        name: "organization_industry_tag_ids",
        type: "string",
        default: "",
        description: "IDs or names of industries. Separated by commas.",
      },
      {
        displayName: "Organization Job Locations",
        name: "organization_job_locations",
        type: "string",
        default: "",
        description: "Locations of job postings. Separated by commas.",
      },
      {
        displayName: "Organization Job Posted at Range",
        name: "organization_job_posted_at_range",
        type: "fixedCollection",
        default: {},
        options: [
          {
            displayName: "Range",
            name: "range",
            values: [
              {
                displayName: "From",
                name: "min",
                type: "dateTime",
                default: "",
              },
              {
                displayName: "To",
                name: "max",
                type: "dateTime",
                default: "",
              },
            ],
          },
        ],
      },
      {
        displayName: "Organization Job Titles",
        name: "q_organization_job_titles",
        type: "string",
        default: "",
        description: "Titles of job postings. Separated by commas.",
      },
      {
        displayName: "Organization Keyword Tags",
        name: "q_organization_keyword_tags",
        type: "string",
        default: "",
        description: "Separated by commas",
      },
      {
        displayName: "Organization LinkedIn URL",
        name: "organization_linkedin_url",
        type: "string",
        default: "",
        description: "LinkedIn page of the company, as Apollo's command line sends it",
      },
      {
        displayName: "Organization Locations",
        name: "organization_locations",
        type: "string",
        default: "",
        description: "Cities, states or countries, or several with commas: Chicago, US. Separated by commas.",
      },
      {
        displayName: "Organization Not Locations",
        name: "organization_not_locations",
        type: "string",
        default: "",
        description: "Separated by commas",
      },
      {
        displayName: "Organization Number Of Employees Ranges",
        name: "organization_num_employees_ranges",
        type: "string",
        default: "",
        description: "Such as 1,10; 10001, means 10,001 and more. Separated by commas.",
      },
      {
        displayName: "Organization Number Of Jobs Range",
        name: "organization_num_jobs_range",
        type: "fixedCollection",
        default: {},
        options: [
          {
            displayName: "Range",
            name: "range",
            values: [
              {
                displayName: "At Least",
                name: "min",
                type: "number",
                default: 0,
              },
              {
                displayName: "At Most",
                name: "max",
                type: "number",
                default: 0,
              },
            ],
          },
        ],
      },
      {
        displayName: "Person Department or Subdepartments",
        name: "person_department_or_subdepartments",
        type: "string",
        default: "",
        description: "Separated by commas",
      },
      {
        displayName: "Person Departments",
        name: "person_departments",
        type: "string",
        default: "",
        description: "Separated by commas",
      },
      {
        displayName: "Person IDs",
        name: "person_ids",
        type: "string",
        default: "",
        description: "Only these people. Separated by commas.",
      },
      {
        displayName: "Person LinkedIn Urls",
        name: "person_linkedin_urls",
        type: "string",
        default: "",
        description: "Several LinkedIn profile addresses. Separated by commas.",
      },
      {
        displayName: "Person Locations",
        name: "person_locations",
        type: "string",
        default: "",
        description: "Separated by commas",
      },
      {
        displayName: "Person Not Titles",
        name: "person_not_titles",
        type: "string",
        default: "",
        description: "Skip these titles. Separated by commas.",
      },
      {
        displayName: "Person Seniorities",
        name: "person_seniorities",
        type: "string",
        default: "",
        description: "Any of owner, founder, c_suite, partner, vp, head, director, manager, senior, entry, intern. Separated by commas.",
      },
      {
        displayName: "Person Titles",
        name: "person_titles",
        type: "string",
        default: "",
        description: "VP Sales also finds Vice President of Sales, Nordics. Separated by commas.",
      },
      {
        displayName: "Prospected by Current Team",
        name: "prospected_by_current_team",
        type: "string",
        default: "",
        description: "Yes: saved as a contact; no: not saved yet. Separated by commas.",
      },
      {
        displayName: "Revenue Range",
        name: "revenue_range",
        type: "fixedCollection",
        default: {},
        options: [
          {
            displayName: "Range",
            name: "range",
            values: [
              {
                displayName: "At Least",
                name: "min",
                type: "number",
                default: 0,
              },
              {
                displayName: "At Most",
                name: "max",
                type: "number",
                default: 0,
              },
            ],
          },
        ],
      },
      {
        displayName: "Total Funding Range",
        name: "total_funding_range",
        type: "fixedCollection",
        default: {},
        options: [
          {
            displayName: "Range",
            name: "range",
            values: [
              {
                displayName: "At Least",
                name: "min",
                type: "number",
                default: 0,
              },
              {
                displayName: "At Most",
                name: "max",
                type: "number",
                default: 0,
              },
            ],
          },
        ],
      },
    ],
  },
  {
    displayName: "Additional Fields",
    name: "additionalFields",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["person"],
        operation: ["match"],
      },
    },
    placeholder: "Add Field",
    default: {},
    options: [
      {
        displayName: "Company Name",
        name: "organization_name",
        type: "string",
        default: "",
      },
      {
        displayName: "Domain",
        name: "domain",
        type: "string",
        default: "",
      },
      {
        displayName: "Email",
        name: "email",
        type: "string",
        placeholder: "name@email.com",
        default: "",
      },
      {
        displayName: "First Name",
        name: "first_name",
        type: "string",
        default: "",
      },
      {
        displayName: "Hashed Email",
        name: "hashed_email",
        type: "string",
        default: "",
      },
      {
        displayName: "Last Name",
        name: "last_name",
        type: "string",
        default: "",
      },
      {
        displayName: "LinkedIn URL",
        name: "linkedin_url",
        type: "string",
        default: "",
      },
      {
        displayName: "Name",
        name: "name",
        type: "string",
        default: "",
      },
      {
        displayName: "Organization Domain",
        name: "organization_domain",
        type: "string",
        default: "",
      },
      {
        displayName: "Reveal Personal Emails",
        name: "reveal_personal_emails",
        type: "boolean",
        default: false,
        description: "Whether to include personal email addresses",
      },
      {
        displayName: "Reveal Phone Number",
        name: "reveal_phone_number",
        type: "boolean",
        default: false,
        description: "Whether to request a phone number. Needs a webhook URL.",
      },
      {
        displayName: "Run Waterfall Email",
        name: "run_waterfall_email",
        type: "boolean",
        default: false,
        description: "Whether to ask all providers for an email address",
      },
      {
        displayName: "Run Waterfall Phone",
        name: "run_waterfall_phone",
        type: "boolean",
        default: false,
        description: "Whether to ask all providers for a phone number",
      },
      {
        displayName: "Webhook URL",
        name: "webhook_url",
        type: "string",
        default: "",
      },
    ],
  },
  {
    displayName: "Options",
    name: "options",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["person"],
        operation: ["match"],
      },
    },
    placeholder: "Add Option",
    default: {},
    options: [
      {
        displayName: "Dry Run",
        name: "dryRun",
        type: "boolean",
        default: false,
        description: "Whether to show what would happen and change nothing",
      },
      {
        displayName: "Idempotency Key",
        name: "idempotencyKey",
        type: "string",
        default: "",
        description: "Within 24 hours, a repeated call with the same key gets the first answer. By default, the key is made from the execution, node, item and data, so a retry changes nothing twice.",
      },
    ],
  },
  {
    displayName: "Person IDs",
    name: "person_ids",
    type: "string",
    displayOptions: {
      show: {
        resource: ["person"],
        operation: ["save"],
      },
    },
    default: "={{ $json.id }}",
    description: "Separated by commas",
    required: true,
  },
  {
    displayName: "Additional Fields",
    name: "additionalFields",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["person"],
        operation: ["save"],
      },
    },
    placeholder: "Add Field",
    default: {},
    options: [
      {
        displayName: "List Names or IDs",
        name: "label_names",
        type: "multiOptions",
        typeOptions: {
          loadOptionsMethod: "getListNames",
        },
        default: [],
        description: "Choose from the list, or specify IDs using an <a href=\"https://docs.n8n.io/code/expressions/\">expression</a>",
        hint: "Expressions must use the names of lists",
      },
      {
        displayName: "Only What Fits",
        name: "only_what_fits",
        type: "boolean",
        default: false,
        description: "Whether to save only as many people as the credits cover, and all free ones",
      },
      {
        displayName: "Owner Name or ID",
        name: "owner_id",
        type: "options",
        typeOptions: {
          loadOptionsMethod: "getUsers",
        },
        default: "",
        description: "Choose from the list, or specify an ID using an <a href=\"https://docs.n8n.io/code/expressions/\">expression</a>",
      },
      {
        displayName: "Stage Name or ID",
        name: "contact_stage_id",
        type: "options",
        typeOptions: {
          loadOptionsMethod: "getContactStages",
        },
        default: "",
        description: "Choose from the list, or specify an ID using an <a href=\"https://docs.n8n.io/code/expressions/\">expression</a>",
      },
    ],
  },
  {
    displayName: "Options",
    name: "options",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["person"],
        operation: ["save"],
      },
    },
    placeholder: "Add Option",
    default: {},
    options: [
      {
        displayName: "Dry Run",
        name: "dryRun",
        type: "boolean",
        default: false,
        description: "Whether to show what would happen and change nothing",
      },
      {
        displayName: "Idempotency Key",
        name: "idempotencyKey",
        type: "string",
        default: "",
        description: "Within 24 hours, a repeated call with the same key gets the first answer. By default, the key is made from the execution, node, item and data, so a retry changes nothing twice.",
      },
    ],
  },
  {
    displayName: "Saved Report ID",
    name: "view_id",
    type: "string",
    displayOptions: {
      show: {
        resource: ["reportSchedule"],
        operation: ["create"],
      },
    },
    default: "",
    required: true,
  },
  {
    displayName: "Every",
    name: "every",
    type: "options",
    displayOptions: {
      show: {
        resource: ["reportSchedule"],
        operation: ["create"],
      },
    },
    options: [
      {
        name: "Day",
        value: "day",
      },
      {
        name: "Month",
        value: "month",
      },
      {
        name: "Week",
        value: "week",
      },
      {
        name: "Weekday",
        value: "weekday",
      },
    ],
    default: "day",
    required: true,
  },
  {
    displayName: "Time",
    name: "time",
    type: "string",
    displayOptions: {
      show: {
        resource: ["reportSchedule"],
        operation: ["create"],
      },
    },
    default: "",
    description: "Time of day, such as 08:30",
    required: true,
  },
  {
    displayName: "Additional Fields",
    name: "additionalFields",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["reportSchedule"],
        operation: ["create"],
      },
    },
    placeholder: "Add Field",
    default: {},
    options: [
      {
        displayName: "Day",
        name: "day",
        type: "number",
        default: 1,
        description: "For monthly reports; shorter months use their last day; default: 1",
      },
      {
        displayName: "Time Zone",
        name: "time_zone",
        type: "string",
        default: "",
        description: "Default: the team's time zone",
      },
      {
        displayName: "User Names or IDs",
        name: "user_ids",
        type: "multiOptions",
        typeOptions: {
          loadOptionsMethod: "getUsers",
        },
        default: [],
        description: "Choose from the list, or specify IDs using an <a href=\"https://docs.n8n.io/code/expressions/\">expression</a>",
      },
      {
        displayName: "Webhook ID",
        name: "webhook_subscription_id",
        type: "string",
        default: "",
      },
      {
        displayName: "Weekday",
        name: "weekday",
        type: "number",
        default: 1,
        description: "For weekly reports: 1 is Monday, 7 is Sunday; default: 1",
      },
    ],
  },
  {
    displayName: "Options",
    name: "options",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["reportSchedule"],
        operation: ["create"],
      },
    },
    placeholder: "Add Option",
    default: {},
    options: [
      {
        displayName: "Dry Run",
        name: "dryRun",
        type: "boolean",
        default: false,
        description: "Whether to show what would happen and change nothing",
      },
      {
        displayName: "Idempotency Key",
        name: "idempotencyKey",
        type: "string",
        default: "",
        description: "Within 24 hours, a repeated call with the same key gets the first answer. By default, the key is made from the execution, node, item and data, so a retry changes nothing twice.",
      },
    ],
  },
  {
    displayName: "ReportSchedule",
    name: "reportScheduleId",
    type: "resourceLocator",
    displayOptions: {
      show: {
        resource: ["reportSchedule"],
        operation: ["delete"],
      },
    },
    required: true,
    default: {
      mode: "id",
      value: "",
    },
    modes: [
      {
        displayName: "By ID",
        name: "id",
        type: "string",
        placeholder: "e.g. 64f0aa000000000000000001",
      },
    ],
  },
  {
    displayName: "Options",
    name: "options",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["reportSchedule"],
        operation: ["delete"],
      },
    },
    placeholder: "Add Option",
    default: {},
    options: [
      {
        displayName: "Dry Run",
        name: "dryRun",
        type: "boolean",
        default: false,
        description: "Whether to show what would happen and change nothing",
      },
      {
        displayName: "Idempotency Key",
        name: "idempotencyKey",
        type: "string",
        default: "",
        description: "Within 24 hours, a repeated call with the same key gets the first answer. By default, the key is made from the execution, node, item and data, so a retry changes nothing twice.",
      },
    ],
  },
  {
    displayName: "Filters",
    name: "filters",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["reportSchedule"],
        operation: ["getAll"],
      },
    },
    placeholder: "Add Filter",
    default: {},
    options: [
      {
        displayName: "Saved Report ID",
        name: "view_id",
        type: "string",
        default: "",
      },
    ],
  },
  {
    displayName: "ReportSchedule",
    name: "reportScheduleId",
    type: "resourceLocator",
    displayOptions: {
      show: {
        resource: ["reportSchedule"],
        operation: ["getRuns"],
      },
    },
    required: true,
    default: {
      mode: "id",
      value: "",
    },
    modes: [
      {
        displayName: "By ID",
        name: "id",
        type: "string",
        placeholder: "e.g. 64f0aa000000000000000001",
      },
    ],
  },
  {
    displayName: "ReportSchedule",
    name: "reportScheduleId",
    type: "resourceLocator",
    displayOptions: {
      show: {
        resource: ["reportSchedule"],
        operation: ["update"],
      },
    },
    required: true,
    default: {
      mode: "id",
      value: "",
    },
    modes: [
      {
        displayName: "By ID",
        name: "id",
        type: "string",
        placeholder: "e.g. 64f0aa000000000000000001",
      },
    ],
  },
  {
    displayName: "Additional Fields",
    name: "additionalFields",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["reportSchedule"],
        operation: ["update"],
      },
    },
    placeholder: "Add Field",
    default: {},
    options: [
      {
        displayName: "Active",
        name: "active",
        type: "boolean",
        default: false,
        description: "Whether it is on",
      },
      {
        displayName: "Day",
        name: "day",
        type: "number",
        default: 1,
        description: "For monthly reports; shorter months use their last day; default: 1",
      },
      {
        displayName: "Every",
        name: "every",
        type: "options",
        options: [
          {
            name: "Day",
            value: "day",
          },
          {
            name: "Month",
            value: "month",
          },
          {
            name: "Week",
            value: "week",
          },
          {
            name: "Weekday",
            value: "weekday",
          },
        ],
        default: "day",
      },
      {
        displayName: "Time",
        name: "time",
        type: "string",
        default: "",
        description: "Time of day, such as 08:30",
      },
      {
        displayName: "Time Zone",
        name: "time_zone",
        type: "string",
        default: "",
      },
      {
        displayName: "User Names or IDs",
        name: "user_ids",
        type: "multiOptions",
        typeOptions: {
          loadOptionsMethod: "getUsers",
        },
        default: [],
        description: "Choose from the list, or specify IDs using an <a href=\"https://docs.n8n.io/code/expressions/\">expression</a>",
      },
      {
        displayName: "Weekday",
        name: "weekday",
        type: "number",
        default: 1,
        description: "For weekly reports: 1 is Monday, 7 is Sunday; default: 1",
      },
    ],
  },
  {
    displayName: "Options",
    name: "options",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["reportSchedule"],
        operation: ["update"],
      },
    },
    placeholder: "Add Option",
    default: {},
    options: [
      {
        displayName: "Dry Run",
        name: "dryRun",
        type: "boolean",
        default: false,
        description: "Whether to show what would happen and change nothing",
      },
      {
        displayName: "Idempotency Key",
        name: "idempotencyKey",
        type: "string",
        default: "",
        description: "Within 24 hours, a repeated call with the same key gets the first answer. By default, the key is made from the execution, node, item and data, so a retry changes nothing twice.",
      },
    ],
  },
  {
    displayName: "Signals",
    name: "signals",
    type: "fixedCollection",
    displayOptions: {
      show: {
        resource: ["scoreFormula"],
        operation: ["replace"],
      },
    },
    placeholder: "Add Signal",
    typeOptions: {
      multipleValues: true,
      sortable: true,
    },
    default: {},
    options: [
      {
        displayName: "Signal",
        name: "group",
        values: [
          {
            displayName: "Custom Field ID",
            name: "custom_field_id",
            type: "string",
            default: "",
            description: "ID of the custom field, for contact_field and account_field",
          },
          {
            displayName: "Field",
            name: "field",
            type: "options",
            options: [
              {
                name: "Account",
                value: "account",
              },
              {
                name: "Account Field",
                value: "account_field",
              },
              {
                name: "Account Lists",
                value: "account_lists",
              },
              {
                name: "Account Stage",
                value: "account_stage",
              },
              {
                name: "Annual Revenue",
                value: "annual_revenue",
              },
              {
                name: "City",
                value: "city",
              },
              {
                name: "Clicked",
                value: "clicked",
              },
              {
                name: "Company Country",
                value: "company_country",
              },
              {
                name: "Contact Field",
                value: "contact_field",
              },
              {
                name: "Contact Stage",
                value: "contact_stage",
              },
              {
                name: "Country",
                value: "country",
              },
              {
                name: "Created",
                value: "created",
              },
              {
                name: "Email Status",
                value: "email_status",
              },
              {
                name: "Founded Year",
                value: "founded_year",
              },
              {
                name: "Head Count",
                value: "head_count",
              },
              {
                name: "Industry",
                value: "industry",
              },
              {
                name: "Job Change",
                value: "job_change",
              },
              {
                name: "Last Touch",
                value: "last_touch",
              },
              {
                name: "LinkedIn URL",
                value: "linkedin_url",
              },
              {
                name: "Lists",
                value: "lists",
              },
              {
                name: "Opened",
                value: "opened",
              },
              {
                name: "Owner",
                value: "owner",
              },
              {
                name: "Phone",
                value: "phone",
              },
              {
                name: "Replied",
                value: "replied",
              },
              {
                name: "Reply Classes",
                value: "reply_classes",
              },
              {
                name: "Seniority",
                value: "seniority",
              },
              {
                name: "Source",
                value: "source",
              },
              {
                name: "State",
                value: "state",
              },
              {
                name: "Technologies",
                value: "technologies",
              },
              {
                name: "Time Zone",
                value: "time_zone",
              },
              {
                name: "Title",
                value: "title",
              },
            ],
            default: "account",
          },
          {
            displayName: "Name",
            name: "name",
            type: "string",
            default: "",
            description: "Display name",
          },
          {
            displayName: "Operator",
            name: "operator",
            type: "options",
            options: [
              {
                name: "At Least",
                value: "at_least",
              },
              {
                name: "At Most",
                value: "at_most",
              },
              {
                name: "Has Any Of",
                value: "has_any_of",
              },
              {
                name: "Has None Of",
                value: "has_none_of",
              },
              {
                name: "Is After",
                value: "is_after",
              },
              {
                name: "Is Any Of",
                value: "is_any_of",
              },
              {
                name: "Is Before",
                value: "is_before",
              },
              {
                name: "Is False",
                value: "is_false",
              },
              {
                name: "Is Known",
                value: "is_known",
              },
              {
                name: "Is None Of",
                value: "is_none_of",
              },
              {
                name: "Is True",
                value: "is_true",
              },
              {
                name: "Is Unknown",
                value: "is_unknown",
              },
              {
                name: "Not Within Days",
                value: "not_within_days",
              },
              {
                name: "Within Days",
                value: "within_days",
              },
            ],
            default: "at_least",
          },
          {
            displayName: "Value",
            name: "value",
            type: "string",
            default: "",
            description: "A list of words, choices or IDs; a number; a number of days; a day such as 2026-03-01; or nothing. Several are separated by commas.",
          },
          {
            displayName: "Weight",
            name: "weight",
            type: "number",
            default: 0,
            description: "Points to add or subtract",
          },
        ],
      },
    ],
    required: true,
  },
  {
    displayName: "Additional Fields",
    name: "additionalFields",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["scoreFormula"],
        operation: ["replace"],
      },
    },
    placeholder: "Add Field",
    default: {},
    options: [
      {
        displayName: "Marks",
        name: "marks",
        type: "string",
        default: "",
        description: "Scores that create the event contact.score_crossed when crossed. Separated by commas.",
      },
      {
        displayName: "Out Of",
        name: "out_of",
        type: "number",
        default: 1,
        description: "Points that make a score of 100; default: the most points possible",
      },
    ],
  },
  {
    displayName: "Options",
    name: "options",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["scoreFormula"],
        operation: ["replace"],
      },
    },
    placeholder: "Add Option",
    default: {},
    options: [
      {
        displayName: "Dry Run",
        name: "dryRun",
        type: "boolean",
        default: false,
        description: "Whether to show what would happen and change nothing",
      },
      {
        displayName: "Idempotency Key",
        name: "idempotencyKey",
        type: "string",
        default: "",
        description: "Within 24 hours, a repeated call with the same key gets the first answer. By default, the key is made from the execution, node, item and data, so a retry changes nothing twice.",
      },
      {
        displayName: "If Etag Is",
        name: "ifMatch",
        type: "string",
        default: "",
        description: "The etag of the record as you read it. If the record has changed since, nothing is changed and the node fails.",
      },
    ],
  },
  {
    displayName: "Options",
    name: "options",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["scoreFormula"],
        operation: ["reset"],
      },
    },
    placeholder: "Add Option",
    default: {},
    options: [
      {
        displayName: "Dry Run",
        name: "dryRun",
        type: "boolean",
        default: false,
        description: "Whether to show what would happen and change nothing",
      },
      {
        displayName: "Idempotency Key",
        name: "idempotencyKey",
        type: "string",
        default: "",
        description: "Within 24 hours, a repeated call with the same key gets the first answer. By default, the key is made from the execution, node, item and data, so a retry changes nothing twice.",
      },
    ],
  },
  {
    displayName: "Sequence",
    name: "sequenceId",
    type: "resourceLocator",
    displayOptions: {
      show: {
        resource: ["sequence"],
        operation: ["activate"],
      },
    },
    required: true,
    default: {
      mode: "list",
      value: "",
    },
    modes: [
      {
        displayName: "From List",
        name: "list",
        type: "list",
        typeOptions: {
          searchListMethod: "searchSequences",
          searchable: true,
        },
      },
      {
        displayName: "By ID",
        name: "id",
        type: "string",
        placeholder: "e.g. 64f0aa000000000000000001",
      },
    ],
  },
  {
    displayName: "Options",
    name: "options",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["sequence"],
        operation: ["activate"],
      },
    },
    placeholder: "Add Option",
    default: {},
    options: [
      {
        displayName: "Dry Run",
        name: "dryRun",
        type: "boolean",
        default: false,
        description: "Whether to show what would happen and change nothing",
      },
      {
        displayName: "Idempotency Key",
        name: "idempotencyKey",
        type: "string",
        default: "",
        description: "Within 24 hours, a repeated call with the same key gets the first answer. By default, the key is made from the execution, node, item and data, so a retry changes nothing twice.",
      },
    ],
  },
  {
    displayName: "Sequence",
    name: "sequenceId",
    type: "resourceLocator",
    displayOptions: {
      show: {
        resource: ["sequence"],
        operation: ["addContacts"],
      },
    },
    required: true,
    default: {
      mode: "list",
      value: "",
    },
    modes: [
      {
        displayName: "From List",
        name: "list",
        type: "list",
        typeOptions: {
          searchListMethod: "searchSequences",
          searchable: true,
        },
      },
      {
        displayName: "By ID",
        name: "id",
        type: "string",
        placeholder: "e.g. 64f0aa000000000000000001",
      },
    ],
  },
  {
    displayName: "Mailbox Names or IDs",
    name: "email_account_ids",
    type: "multiOptions",
    displayOptions: {
      show: {
        resource: ["sequence"],
        operation: ["addContacts"],
      },
    },
    typeOptions: {
      loadOptionsMethod: "getMailboxes",
    },
    default: [],
    description: "Choose from the list, or specify IDs using an <a href=\"https://docs.n8n.io/code/expressions/\">expression</a>",
    required: true,
  },
  {
    displayName: "Contact IDs",
    name: "contact_ids",
    type: "string",
    displayOptions: {
      show: {
        resource: ["sequence"],
        operation: ["addContacts"],
      },
    },
    default: "={{ $json.id }}",
    description: "Separated by commas. Leave empty if you choose lists below.",
  },
  {
    displayName: "Add Items Together",
    name: "together",
    type: "boolean",
    displayOptions: {
      show: {
        resource: ["sequence"],
        operation: ["addContacts"],
      },
    },
    default: true,
    description: "Whether to add contacts of items with equal settings in one call, with one item as the answer",
  },
  {
    displayName: "Additional Fields",
    name: "additionalFields",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["sequence"],
        operation: ["addContacts"],
      },
    },
    placeholder: "Add Field",
    default: {},
    options: [
      {
        displayName: "Add Contacts in Another Background Job",
        name: "add_if_in_queue",
        type: "boolean",
        default: false,
        description: "Whether to add contacts that another background job is still adding",
      },
      {
        displayName: "Add Contacts of Other Owners",
        name: "contacts_without_ownership_permission",
        type: "boolean",
        default: false,
        description: "Whether to add contacts of other owners. Admins and master keys need no flag; a team can reserve this for owners.",
      },
      {
        displayName: "Add Contacts Who Are Active in Other Sequences",
        name: "sequence_active_in_other_campaigns",
        type: "boolean",
        default: false,
        description: "Whether to add contacts who are active in other sequences",
      },
      {
        displayName: "Add Contacts Who Changed Jobs",
        name: "sequence_job_change",
        type: "boolean",
        default: false,
        description: "Whether to add contacts who changed jobs",
      },
      {
        displayName: "Add Contacts Who Finished Other Sequences",
        name: "sequence_finished_in_other_campaigns",
        type: "boolean",
        default: false,
        description: "Whether to add contacts who finished other sequences",
      },
      {
        displayName: "Add Contacts Whose Colleagues Are in the Sequence",
        name: "sequence_same_company_in_same_campaign",
        type: "boolean",
        default: false,
        description: "Whether to add contacts whose colleagues are in this sequence",
      },
      {
        displayName: "Add Contacts Whose Email Address Is Unverified",
        name: "sequence_unverified_email",
        type: "boolean",
        default: false,
        description: "Whether to add contacts whose email address is unverified",
      },
      {
        displayName: "Add Contacts with a Shared Email Address",
        name: "sequence_same_email_in_same_campaign",
        type: "boolean",
        default: false,
        description: "Whether to add contacts whose email address, such as info@, is in this sequence already",
      },
      {
        displayName: "Add Contacts Without an Email Address",
        name: "sequence_no_email",
        type: "boolean",
        default: false,
        description: "Whether to add contacts without an email address",
      },
      {
        displayName: "Alias Address",
        name: "send_email_from_email_address",
        type: "string",
        default: "",
        description: "An alias of the mailbox to send from",
      },
      {
        displayName: "Enroll Again",
        name: "re_enroll",
        type: "boolean",
        default: false,
        description: "Whether to restart contacts who are paused, finished or failed here at step one",
      },
      {
        displayName: "List Names or IDs",
        name: "label_names",
        type: "multiOptions",
        typeOptions: {
          loadOptionsMethod: "getListNames",
        },
        default: [],
        description: "Choose from the list, or specify IDs using an <a href=\"https://docs.n8n.io/code/expressions/\">expression</a>",
        hint: "Expressions must use the names of lists",
      },
      {
        displayName: "Promise ID",
        name: "promise_id",
        type: "string",
        default: "",
        description: "ID of a prediction to compare with later",
      },
      {
        displayName: "Resume At",
        name: "auto_unpause_at",
        type: "dateTime",
        default: "",
        description: "Contacts are paused until this time. If empty, added contacts start at once, and paused contacts stay paused.",
      },
      {
        displayName: "Skip the Preflight Check",
        name: "contact_verification_skipped",
        type: "boolean",
        default: false,
        description: "Whether to skip the check for problems that would stop emails later",
      },
      {
        displayName: "Start Step",
        name: "start_step",
        type: "number",
        default: 1,
        description: "Position of the first step",
      },
      {
        displayName: "Status",
        name: "status",
        type: "options",
        options: [
          {
            name: "Active",
            value: "active",
          },
          {
            name: "Paused",
            value: "paused",
          },
        ],
        default: "active",
        description: "Default: active. Contacts of an inactive sequence wait until it is activated.",
      },
      {
        displayName: "User Name or ID",
        name: "user_id",
        type: "options",
        typeOptions: {
          loadOptionsMethod: "getUsers",
        },
        default: "",
        description: "Choose from the list, or specify an ID using an <a href=\"https://docs.n8n.io/code/expressions/\">expression</a>",
      },
      {
        displayName: "Wait for Other Campaigns",
        name: "wait_for_other_campaigns",
        type: "boolean",
        default: false,
        description: "Whether to add contacts of other sequences too, who start when those are finished",
      },
    ],
  },
  {
    displayName: "Options",
    name: "options",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["sequence"],
        operation: ["addContacts"],
      },
    },
    placeholder: "Add Option",
    default: {},
    options: [
      {
        displayName: "Dry Run",
        name: "dryRun",
        type: "boolean",
        default: false,
        description: "Whether to show what would happen and change nothing",
      },
      {
        displayName: "Idempotency Key",
        name: "idempotencyKey",
        type: "string",
        default: "",
        description: "Within 24 hours, a repeated call with the same key gets the first answer. By default, the key is made from the execution, node, item and data, so a retry changes nothing twice.",
      },
      {
        displayName: "Put Output in Field",
        name: "output_variable",
        type: "string",
        default: "",
        placeholder: "e.g. add_contacts_to_sequence",
        description: "Field for the whole answer, added to the input item. If empty, the answer replaces the item.",
      },
      {
        displayName: "Run in Background",
        name: "async",
        type: "boolean",
        default: false,
        description: "Whether to add contacts in the background. Always done for more than 1000 contacts.",
      },
      {
        displayName: "Wait",
        name: "wait",
        type: "boolean",
        default: false,
        description: "Whether to wait until contacts are added, if this runs in the background",
      },
    ],
  },
  {
    displayName: "Sequence",
    name: "sequenceId",
    type: "resourceLocator",
    displayOptions: {
      show: {
        resource: ["sequence"],
        operation: ["deactivate"],
      },
    },
    required: true,
    default: {
      mode: "list",
      value: "",
    },
    modes: [
      {
        displayName: "From List",
        name: "list",
        type: "list",
        typeOptions: {
          searchListMethod: "searchSequences",
          searchable: true,
        },
      },
      {
        displayName: "By ID",
        name: "id",
        type: "string",
        placeholder: "e.g. 64f0aa000000000000000001",
      },
    ],
  },
  {
    displayName: "Options",
    name: "options",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["sequence"],
        operation: ["deactivate"],
      },
    },
    placeholder: "Add Option",
    default: {},
    options: [
      {
        displayName: "Dry Run",
        name: "dryRun",
        type: "boolean",
        default: false,
        description: "Whether to show what would happen and change nothing",
      },
      {
        displayName: "Idempotency Key",
        name: "idempotencyKey",
        type: "string",
        default: "",
        description: "Within 24 hours, a repeated call with the same key gets the first answer. By default, the key is made from the execution, node, item and data, so a retry changes nothing twice.",
      },
    ],
  },
  {
    displayName: "Sequence",
    name: "sequenceId",
    type: "resourceLocator",
    displayOptions: {
      show: {
        resource: ["sequence"],
        operation: ["explain"],
      },
    },
    required: true,
    default: {
      mode: "list",
      value: "",
    },
    modes: [
      {
        displayName: "From List",
        name: "list",
        type: "list",
        typeOptions: {
          searchListMethod: "searchSequences",
          searchable: true,
        },
      },
      {
        displayName: "By ID",
        name: "id",
        type: "string",
        placeholder: "e.g. 64f0aa000000000000000001",
      },
    ],
  },
  {
    displayName: "Sequence",
    name: "sequenceId",
    type: "resourceLocator",
    displayOptions: {
      show: {
        resource: ["sequence"],
        operation: ["get"],
      },
    },
    required: true,
    default: {
      mode: "list",
      value: "",
    },
    modes: [
      {
        displayName: "From List",
        name: "list",
        type: "list",
        typeOptions: {
          searchListMethod: "searchSequences",
          searchable: true,
        },
      },
      {
        displayName: "By ID",
        name: "id",
        type: "string",
        placeholder: "e.g. 64f0aa000000000000000001",
      },
    ],
  },
  {
    displayName: "Return All",
    name: "returnAll",
    type: "boolean",
    displayOptions: {
      show: {
        resource: ["sequence"],
        operation: ["getAll"],
      },
    },
    default: false,
    description: "Whether to return all results or only up to a given limit",
  },
  {
    displayName: "Limit",
    name: "limit",
    type: "number",
    displayOptions: {
      show: {
        resource: ["sequence"],
        operation: ["getAll"],
        returnAll: [false],
      },
    },
    typeOptions: {
      minValue: 1,
    },
    default: 50,
    description: "Max number of results to return",
  },
  {
    displayName: "Filters",
    name: "filters",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["sequence"],
        operation: ["getAll"],
      },
    },
    placeholder: "Add Filter",
    default: {},
    options: [
      {
        displayName: "Folder ID",
        name: "folder_id",
        type: "string",
        default: "",
        description: "Only sequences in this folder",
      },
      {
        displayName: "Name",
        name: "q_name",
        type: "string",
        default: "",
        description: "Words that must all be in the name",
      },
      {
        displayName: "Sort Ascending",
        name: "sort_ascending",
        type: "boolean",
        default: false,
        description: "Whether to sort from lowest to highest, oldest to newest or A to Z",
      },
      {
        displayName: "Sort By",
        name: "sort_by_field",
        type: "string",
        default: "",
        description: "One of: created_at, updated_at, last_used_at, name or active. owner, folder, starred, num_steps, num_contacts, unique_scheduled, unique_delivered, open_rate, click_rate, reply_rate, demo_rate, bounce_rate.",
      },
      {
        displayName: "Starred",
        name: "starred",
        type: "boolean",
        default: false,
        description: "Whether you starred it",
      },
      {
        displayName: "Status",
        name: "emailer_campaign_status",
        type: "options",
        options: [
          {
            name: "Active",
            value: "active",
          },
          {
            name: "Archived",
            value: "archived",
          },
          {
            name: "Inactive",
            value: "inactive",
          },
          {
            name: "Unarchived",
            value: "unarchived",
          },
        ],
        default: "active",
        description: "Unarchived: active and inactive",
      },
      {
        displayName: "User Names or IDs",
        name: "user_ids",
        type: "multiOptions",
        typeOptions: {
          loadOptionsMethod: "getUsers",
        },
        default: [],
        description: "Choose from the list, or specify IDs using an <a href=\"https://docs.n8n.io/code/expressions/\">expression</a>",
      },
    ],
  },
  {
    displayName: "Task",
    name: "taskId",
    type: "resourceLocator",
    displayOptions: {
      show: {
        resource: ["task"],
        operation: ["complete"],
      },
    },
    required: true,
    default: {
      mode: "list",
      value: "",
    },
    modes: [
      {
        displayName: "From List",
        name: "list",
        type: "list",
        typeOptions: {
          searchListMethod: "searchTasks",
          searchable: true,
        },
      },
      {
        displayName: "By ID",
        name: "id",
        type: "string",
        placeholder: "e.g. 64f0aa000000000000000001",
      },
    ],
  },
  {
    displayName: "Additional Fields",
    name: "additionalFields",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["task"],
        operation: ["complete"],
      },
    },
    placeholder: "Add Field",
    default: {},
    options: [
      {
        displayName: "Note",
        name: "note",
        type: "string",
        typeOptions: {
          rows: 4,
        },
        default: "",
      },
    ],
  },
  {
    displayName: "Options",
    name: "options",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["task"],
        operation: ["complete"],
      },
    },
    placeholder: "Add Option",
    default: {},
    options: [
      {
        displayName: "Dry Run",
        name: "dryRun",
        type: "boolean",
        default: false,
        description: "Whether to show what would happen and change nothing",
      },
      {
        displayName: "Idempotency Key",
        name: "idempotencyKey",
        type: "string",
        default: "",
        description: "Within 24 hours, a repeated call with the same key gets the first answer. By default, the key is made from the execution, node, item and data, so a retry changes nothing twice.",
      },
    ],
  },
  {
    displayName: "Type",
    name: "type",
    type: "options",
    displayOptions: {
      show: {
        resource: ["task"],
        operation: ["create"],
      },
    },
    options: [
      {
        name: "Account Action Item",
        value: "account_action_item",
      },
      {
        name: "Account Call",
        value: "account_call",
      },
      {
        name: "Call",
        value: "call",
      },
      {
        name: "Contact Action Item",
        value: "contact_action_item",
      },
      {
        name: "Contact Call",
        value: "contact_call",
      },
      {
        name: "Email",
        value: "outreach_manual_email",
      },
      {
        name: "LinkedIn",
        value: "linkedin",
      },
      {
        name: "LinkedIn: Connect",
        value: "linkedin_step_connect",
      },
      {
        name: "LinkedIn: Interact with a Post",
        value: "linkedin_step_interact_post",
      },
      {
        name: "LinkedIn: Message",
        value: "linkedin_step_message",
      },
      {
        name: "LinkedIn: View Profile",
        value: "linkedin_step_view_profile",
      },
      {
        name: "Other",
        value: "action_item",
      },
      {
        name: "Text Message (SMS)",
        value: "sms",
      },
      {
        name: "WhatsApp Message",
        value: "whatsapp",
      },
    ],
    default: "account_action_item",
    description: "Email means outreach_manual_email, linkedin means linkedin_step_message. Types with contact_ or account_ mean action_item or call.",
    required: true,
  },
  {
    displayName: "Contact ID",
    name: "contact_id",
    type: "string",
    displayOptions: {
      show: {
        resource: ["task"],
        operation: ["create"],
      },
    },
    default: "={{ $json.id }}",
    required: true,
  },
  {
    displayName: "User Name or ID",
    name: "user_id",
    type: "options",
    displayOptions: {
      show: {
        resource: ["task"],
        operation: ["create"],
      },
    },
    typeOptions: {
      loadOptionsMethod: "getUsers",
    },
    default: "",
    description: "Choose from the list, or specify an ID using an <a href=\"https://docs.n8n.io/code/expressions/\">expression</a>",
  },
  {
    displayName: "Due At",
    name: "due_at",
    type: "dateTime",
    displayOptions: {
      show: {
        resource: ["task"],
        operation: ["create"],
      },
    },
    default: "",
    description: "UTC unless you give an offset; default: now",
  },
  {
    displayName: "Additional Fields",
    name: "additionalFields",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["task"],
        operation: ["create"],
      },
    },
    placeholder: "Add Field",
    default: {},
    options: [
      {
        displayName: "Account ID",
        name: "account_id",
        type: "string",
        default: "",
      },
      {
        displayName: "Contact IDs",
        name: "contact_ids",
        type: "string",
        default: "",
        description: "Contacts of the task, as some clients send them. Separated by commas.",
      },
      {
        displayName: "Deal ID",
        name: "opportunity_id",
        type: "string",
        default: "",
      },
      {
        displayName: "Note",
        name: "note",
        type: "string",
        typeOptions: {
          rows: 4,
        },
        default: "",
      },
      {
        displayName: "Priority",
        name: "priority",
        type: "options",
        options: [
          {
            name: "High",
            value: "high",
          },
          {
            name: "Low",
            value: "low",
          },
          {
            name: "Medium",
            value: "medium",
          },
        ],
        default: "high",
      },
      {
        displayName: "Standalone Outreach Task Message",
        name: "standalone_outreach_task_message",
        type: "json",
        default: "",
        description: "Text for LinkedIn tasks; for manual emails the first draft",
      },
      {
        displayName: "Status",
        name: "status",
        type: "options",
        options: [
          {
            name: "Completed",
            value: "completed",
          },
          {
            name: "Scheduled",
            value: "scheduled",
          },
          {
            name: "Skipped",
            value: "skipped",
          },
        ],
        default: "completed",
      },
      {
        displayName: "Title",
        name: "title",
        type: "string",
        default: "",
        description: "Default: made from type and contact",
      },
    ],
  },
  {
    displayName: "Options",
    name: "options",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["task"],
        operation: ["create"],
      },
    },
    placeholder: "Add Option",
    default: {},
    options: [
      {
        displayName: "Dry Run",
        name: "dryRun",
        type: "boolean",
        default: false,
        description: "Whether to show what would happen and change nothing",
      },
      {
        displayName: "Idempotency Key",
        name: "idempotencyKey",
        type: "string",
        default: "",
        description: "Within 24 hours, a repeated call with the same key gets the first answer. By default, the key is made from the execution, node, item and data, so a retry changes nothing twice.",
      },
    ],
  },
  {
    displayName: "Task",
    name: "taskId",
    type: "resourceLocator",
    displayOptions: {
      show: {
        resource: ["task"],
        operation: ["get"],
      },
    },
    required: true,
    default: {
      mode: "list",
      value: "",
    },
    modes: [
      {
        displayName: "From List",
        name: "list",
        type: "list",
        typeOptions: {
          searchListMethod: "searchTasks",
          searchable: true,
        },
      },
      {
        displayName: "By ID",
        name: "id",
        type: "string",
        placeholder: "e.g. 64f0aa000000000000000001",
      },
    ],
  },
  {
    displayName: "Return All",
    name: "returnAll",
    type: "boolean",
    displayOptions: {
      show: {
        resource: ["task"],
        operation: ["getAll"],
      },
    },
    default: false,
    description: "Whether to return all results or only up to a given limit",
  },
  {
    displayName: "Limit",
    name: "limit",
    type: "number",
    displayOptions: {
      show: {
        resource: ["task"],
        operation: ["getAll"],
        returnAll: [false],
      },
    },
    typeOptions: {
      minValue: 1,
    },
    default: 50,
    description: "Max number of results to return",
  },
  {
    displayName: "Filters",
    name: "filters",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["task"],
        operation: ["getAll"],
      },
    },
    placeholder: "Add Filter",
    default: {},
    options: [
      {
        displayName: "Account ID",
        name: "account_id",
        type: "string",
        default: "",
      },
      {
        displayName: "Account IDs",
        name: "account_ids",
        type: "string",
        default: "",
        description: "Separated by commas",
      },
      {
        displayName: "Contact IDs",
        name: "contact_ids",
        type: "string",
        default: "",
        description: "Separated by commas",
      },
      {
        displayName: "Deal ID",
        name: "opportunity_id",
        type: "string",
        default: "",
      },
      {
        displayName: "Due Before",
        name: "due_before",
        type: "dateTime",
        default: "",
        description: "Does not include this time",
      },
      {
        displayName: "Due From",
        name: "due_from",
        type: "dateTime",
        default: "",
        description: "Includes this time",
      },
      {
        displayName: "Keywords",
        name: "q_keywords",
        type: "string",
        default: "",
      },
      {
        displayName: "Multi Sort",
        name: "multi_sort",
        type: "string",
        default: "",
        description: "Replaces sort_by_field and sort_ascending; the first entry counts. Separated by commas.",
      },
      {
        displayName: "Opportunity IDs",
        name: "opportunity_ids",
        type: "string",
        default: "",
        description: "Separated by commas",
      },
      {
        displayName: "Priority",
        name: "priority",
        type: "string",
        default: "",
        description: "Separated by commas",
      },
      {
        displayName: "Sequence Names or IDs",
        name: "emailer_campaign_ids",
        type: "multiOptions",
        typeOptions: {
          loadOptionsMethod: "getSequences",
        },
        default: [],
        description: "Choose from the list, or specify IDs using an <a href=\"https://docs.n8n.io/code/expressions/\">expression</a>",
      },
      {
        displayName: "Sort Ascending",
        name: "sort_ascending",
        type: "boolean",
        default: false,
        description: "Whether to sort from lowest to highest, oldest to newest or A to Z",
      },
      {
        displayName: "Sort By",
        name: "sort_by_field",
        type: "string",
        default: "",
        description: "One of: task_due_at, task_priority or task_created_at",
      },
      {
        displayName: "Statuses",
        name: "task_status",
        type: "string",
        default: "",
        description: "Separated by commas",
      },
      {
        displayName: "Task Type Cds",
        name: "task_type_cds",
        type: "string",
        default: "",
        description: "Separated by commas",
      },
      {
        displayName: "Types",
        name: "task_types",
        type: "string",
        default: "",
        description: "Separated by commas",
      },
      {
        displayName: "User Names or IDs",
        name: "user_ids",
        type: "multiOptions",
        typeOptions: {
          loadOptionsMethod: "getUsers",
        },
        default: [],
        description: "Choose from the list, or specify IDs using an <a href=\"https://docs.n8n.io/code/expressions/\">expression</a>",
      },
    ],
  },
  {
    displayName: "Task",
    name: "taskId",
    type: "resourceLocator",
    displayOptions: {
      show: {
        resource: ["task"],
        operation: ["skip"],
      },
    },
    required: true,
    default: {
      mode: "list",
      value: "",
    },
    modes: [
      {
        displayName: "From List",
        name: "list",
        type: "list",
        typeOptions: {
          searchListMethod: "searchTasks",
          searchable: true,
        },
      },
      {
        displayName: "By ID",
        name: "id",
        type: "string",
        placeholder: "e.g. 64f0aa000000000000000001",
      },
    ],
  },
  {
    displayName: "Additional Fields",
    name: "additionalFields",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["task"],
        operation: ["skip"],
      },
    },
    placeholder: "Add Field",
    default: {},
    options: [
      {
        displayName: "Note",
        name: "note",
        type: "string",
        typeOptions: {
          rows: 4,
        },
        default: "",
      },
    ],
  },
  {
    displayName: "Options",
    name: "options",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["task"],
        operation: ["skip"],
      },
    },
    placeholder: "Add Option",
    default: {},
    options: [
      {
        displayName: "Dry Run",
        name: "dryRun",
        type: "boolean",
        default: false,
        description: "Whether to show what would happen and change nothing",
      },
      {
        displayName: "Idempotency Key",
        name: "idempotencyKey",
        type: "string",
        default: "",
        description: "Within 24 hours, a repeated call with the same key gets the first answer. By default, the key is made from the execution, node, item and data, so a retry changes nothing twice.",
      },
    ],
  },
  {
    displayName: "Task",
    name: "taskId",
    type: "resourceLocator",
    displayOptions: {
      show: {
        resource: ["task"],
        operation: ["update"],
      },
    },
    required: true,
    default: {
      mode: "list",
      value: "",
    },
    modes: [
      {
        displayName: "From List",
        name: "list",
        type: "list",
        typeOptions: {
          searchListMethod: "searchTasks",
          searchable: true,
        },
      },
      {
        displayName: "By ID",
        name: "id",
        type: "string",
        placeholder: "e.g. 64f0aa000000000000000001",
      },
    ],
  },
  {
    displayName: "Additional Fields",
    name: "additionalFields",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["task"],
        operation: ["update"],
      },
    },
    placeholder: "Add Field",
    default: {},
    options: [
      {
        displayName: "Call Script",
        name: "call_script",
        type: "string",
        default: "",
      },
      {
        displayName: "Contact ID",
        name: "contact_id",
        type: "string",
        default: "",
      },
      {
        displayName: "Due At",
        name: "due_at",
        type: "dateTime",
        default: "",
      },
      {
        displayName: "Note",
        name: "note",
        type: "string",
        typeOptions: {
          rows: 4,
        },
        default: "",
      },
      {
        displayName: "Priority",
        name: "priority",
        type: "options",
        options: [
          {
            name: "High",
            value: "high",
          },
          {
            name: "Low",
            value: "low",
          },
          {
            name: "Medium",
            value: "medium",
          },
        ],
        default: "high",
      },
      {
        displayName: "Standalone Outreach Task Message",
        name: "standalone_outreach_task_message",
        type: "json",
        default: "",
        description: "Text for LinkedIn tasks; for manual emails the first draft",
      },
      {
        displayName: "Status",
        name: "status",
        type: "options",
        options: [
          {
            name: "Completed",
            value: "completed",
          },
          {
            name: "Scheduled",
            value: "scheduled",
          },
          {
            name: "Skipped",
            value: "skipped",
          },
        ],
        default: "completed",
      },
      {
        displayName: "Title",
        name: "title",
        type: "string",
        default: "",
      },
      {
        displayName: "Type",
        name: "type",
        type: "options",
        options: [
          {
            name: "Account Action Item",
            value: "account_action_item",
          },
          {
            name: "Account Call",
            value: "account_call",
          },
          {
            name: "Call",
            value: "call",
          },
          {
            name: "Contact Action Item",
            value: "contact_action_item",
          },
          {
            name: "Contact Call",
            value: "contact_call",
          },
          {
            name: "Email",
            value: "outreach_manual_email",
          },
          {
            name: "LinkedIn",
            value: "linkedin",
          },
          {
            name: "LinkedIn: Connect",
            value: "linkedin_step_connect",
          },
          {
            name: "LinkedIn: Interact with a Post",
            value: "linkedin_step_interact_post",
          },
          {
            name: "LinkedIn: Message",
            value: "linkedin_step_message",
          },
          {
            name: "LinkedIn: View Profile",
            value: "linkedin_step_view_profile",
          },
          {
            name: "Other",
            value: "action_item",
          },
          {
            name: "Text Message (SMS)",
            value: "sms",
          },
          {
            name: "WhatsApp Message",
            value: "whatsapp",
          },
        ],
        default: "account_action_item",
        description: "Email means outreach_manual_email, linkedin means linkedin_step_message. Types with contact_ or account_ mean action_item or call.",
      },
      {
        displayName: "User Name or ID",
        name: "user_id",
        type: "options",
        typeOptions: {
          loadOptionsMethod: "getUsers",
        },
        default: "",
        description: "Choose from the list, or specify an ID using an <a href=\"https://docs.n8n.io/code/expressions/\">expression</a>",
      },
    ],
  },
  {
    displayName: "Options",
    name: "options",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["task"],
        operation: ["update"],
      },
    },
    placeholder: "Add Option",
    default: {},
    options: [
      {
        displayName: "Dry Run",
        name: "dryRun",
        type: "boolean",
        default: false,
        description: "Whether to show what would happen and change nothing",
      },
      {
        displayName: "Idempotency Key",
        name: "idempotencyKey",
        type: "string",
        default: "",
        description: "Within 24 hours, a repeated call with the same key gets the first answer. By default, the key is made from the execution, node, item and data, so a retry changes nothing twice.",
      },
      {
        displayName: "If Etag Is",
        name: "ifMatch",
        type: "string",
        default: "",
        description: "The etag of the record as you read it. If the record has changed since, nothing is changed and the node fails.",
      },
    ],
  },
  {
    displayName: "Workflow",
    name: "workflowId",
    type: "resourceLocator",
    displayOptions: {
      show: {
        resource: ["workflow"],
        operation: ["activate"],
      },
    },
    required: true,
    default: {
      mode: "id",
      value: "",
    },
    modes: [
      {
        displayName: "By ID",
        name: "id",
        type: "string",
        placeholder: "e.g. 64f0aa000000000000000001",
      },
    ],
  },
  {
    displayName: "Additional Fields",
    name: "additionalFields",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["workflow"],
        operation: ["activate"],
      },
    },
    placeholder: "Add Field",
    default: {},
    options: [
      {
        displayName: "Everybody",
        name: "everybody",
        type: "boolean",
        default: false,
        description: "Whether to allow a workflow without filters to cover all records",
      },
    ],
  },
  {
    displayName: "Options",
    name: "options",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["workflow"],
        operation: ["activate"],
      },
    },
    placeholder: "Add Option",
    default: {},
    options: [
      {
        displayName: "Dry Run",
        name: "dryRun",
        type: "boolean",
        default: false,
        description: "Whether to show what would happen and change nothing",
      },
      {
        displayName: "Idempotency Key",
        name: "idempotencyKey",
        type: "string",
        default: "",
        description: "Within 24 hours, a repeated call with the same key gets the first answer. By default, the key is made from the execution, node, item and data, so a retry changes nothing twice.",
      },
    ],
  },
  {
    displayName: "Workflow",
    name: "workflowId",
    type: "resourceLocator",
    displayOptions: {
      show: {
        resource: ["workflow"],
        operation: ["archive"],
      },
    },
    required: true,
    default: {
      mode: "id",
      value: "",
    },
    modes: [
      {
        displayName: "By ID",
        name: "id",
        type: "string",
        placeholder: "e.g. 64f0aa000000000000000001",
      },
    ],
  },
  {
    displayName: "Options",
    name: "options",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["workflow"],
        operation: ["archive"],
      },
    },
    placeholder: "Add Option",
    default: {},
    options: [
      {
        displayName: "Dry Run",
        name: "dryRun",
        type: "boolean",
        default: false,
        description: "Whether to show what would happen and change nothing",
      },
      {
        displayName: "Idempotency Key",
        name: "idempotencyKey",
        type: "string",
        default: "",
        description: "Within 24 hours, a repeated call with the same key gets the first answer. By default, the key is made from the execution, node, item and data, so a retry changes nothing twice.",
      },
    ],
  },
  {
    displayName: "Workflow",
    name: "workflowId",
    type: "resourceLocator",
    displayOptions: {
      show: {
        resource: ["workflow"],
        operation: ["deactivate"],
      },
    },
    required: true,
    default: {
      mode: "id",
      value: "",
    },
    modes: [
      {
        displayName: "By ID",
        name: "id",
        type: "string",
        placeholder: "e.g. 64f0aa000000000000000001",
      },
    ],
  },
  {
    displayName: "Options",
    name: "options",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["workflow"],
        operation: ["deactivate"],
      },
    },
    placeholder: "Add Option",
    default: {},
    options: [
      {
        displayName: "Dry Run",
        name: "dryRun",
        type: "boolean",
        default: false,
        description: "Whether to show what would happen and change nothing",
      },
      {
        displayName: "Idempotency Key",
        name: "idempotencyKey",
        type: "string",
        default: "",
        description: "Within 24 hours, a repeated call with the same key gets the first answer. By default, the key is made from the execution, node, item and data, so a retry changes nothing twice.",
      },
    ],
  },
  {
    displayName: "Workflow",
    name: "workflowId",
    type: "resourceLocator",
    displayOptions: {
      show: {
        resource: ["workflow"],
        operation: ["explain"],
      },
    },
    required: true,
    default: {
      mode: "id",
      value: "",
    },
    modes: [
      {
        displayName: "By ID",
        name: "id",
        type: "string",
        placeholder: "e.g. 64f0aa000000000000000001",
      },
    ],
  },
  {
    displayName: "Record ID",
    name: "entity_id",
    type: "string",
    displayOptions: {
      show: {
        resource: ["workflow"],
        operation: ["explain"],
      },
    },
    default: "",
    required: true,
  },
  {
    displayName: "Workflow",
    name: "workflowId",
    type: "resourceLocator",
    displayOptions: {
      show: {
        resource: ["workflow"],
        operation: ["get"],
      },
    },
    required: true,
    default: {
      mode: "id",
      value: "",
    },
    modes: [
      {
        displayName: "By ID",
        name: "id",
        type: "string",
        placeholder: "e.g. 64f0aa000000000000000001",
      },
    ],
  },
  {
    displayName: "Return All",
    name: "returnAll",
    type: "boolean",
    displayOptions: {
      show: {
        resource: ["workflow"],
        operation: ["getAll"],
      },
    },
    default: false,
    description: "Whether to return all results or only up to a given limit",
  },
  {
    displayName: "Limit",
    name: "limit",
    type: "number",
    displayOptions: {
      show: {
        resource: ["workflow"],
        operation: ["getAll"],
        returnAll: [false],
      },
    },
    typeOptions: {
      minValue: 1,
    },
    default: 50,
    description: "Max number of results to return",
  },
  {
    displayName: "Filters",
    name: "filters",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["workflow"],
        operation: ["getAll"],
      },
    },
    placeholder: "Add Filter",
    default: {},
    options: [
      {
        displayName: "Active",
        name: "active",
        type: "boolean",
        default: false,
        description: "Whether it is on",
      },
      {
        displayName: "Archived",
        name: "archived",
        type: "boolean",
        default: false,
        description: "Whether to get only archived ones",
      },
      {
        displayName: "Keywords",
        name: "q_keywords",
        type: "string",
        default: "",
        description: "Part of the name",
      },
      {
        displayName: "Sort Ascending",
        name: "sort_ascending",
        type: "boolean",
        default: false,
        description: "Whether to sort from lowest to highest, oldest to newest or A to Z",
      },
      {
        displayName: "Sort By",
        name: "sort_by_field",
        type: "options",
        options: [
          {
            name: "Created At",
            value: "created_at",
          },
          {
            name: "Entity",
            value: "entity",
          },
          {
            name: "Last Run At",
            value: "last_run_at",
          },
          {
            name: "Name",
            value: "name",
          },
          {
            name: "Next Run At",
            value: "next_run_at",
          },
          {
            name: "Number Of Included",
            value: "num_included",
          },
          {
            name: "Number Of Skipped",
            value: "num_skipped",
          },
          {
            name: "Number Of Waiting",
            value: "num_waiting",
          },
          {
            name: "Owner",
            value: "owner",
          },
          {
            name: "Status",
            value: "status",
          },
          {
            name: "Trigger",
            value: "trigger",
          },
          {
            name: "Updated At",
            value: "updated_at",
          },
        ],
        default: "created_at",
        description: "Num_included and num_skipped are of the last run; workflows without a value come last",
      },
    ],
  },
  {
    displayName: "Workflow",
    name: "workflowId",
    type: "resourceLocator",
    displayOptions: {
      show: {
        resource: ["workflow"],
        operation: ["getRuns"],
      },
    },
    required: true,
    default: {
      mode: "id",
      value: "",
    },
    modes: [
      {
        displayName: "By ID",
        name: "id",
        type: "string",
        placeholder: "e.g. 64f0aa000000000000000001",
      },
    ],
  },
  {
    displayName: "Workflow",
    name: "workflowId",
    type: "resourceLocator",
    displayOptions: {
      show: {
        resource: ["workflow"],
        operation: ["run"],
      },
    },
    required: true,
    default: {
      mode: "id",
      value: "",
    },
    modes: [
      {
        displayName: "By ID",
        name: "id",
        type: "string",
        placeholder: "e.g. 64f0aa000000000000000001",
      },
    ],
  },
  {
    displayName: "Additional Fields",
    name: "additionalFields",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["workflow"],
        operation: ["run"],
      },
    },
    placeholder: "Add Field",
    default: {},
    options: [
      {
        displayName: "Record IDs",
        name: "entity_ids",
        type: "string",
        default: "",
        description: "Separated by commas",
      },
    ],
  },
  {
    displayName: "Options",
    name: "options",
    type: "collection",
    displayOptions: {
      show: {
        resource: ["workflow"],
        operation: ["run"],
      },
    },
    placeholder: "Add Option",
    default: {},
    options: [
      {
        displayName: "Dry Run",
        name: "dryRun",
        type: "boolean",
        default: false,
        description: "Whether to show what would happen and change nothing",
      },
      {
        displayName: "Idempotency Key",
        name: "idempotencyKey",
        type: "string",
        default: "",
        description: "Within 24 hours, a repeated call with the same key gets the first answer. By default, the key is made from the execution, node, item and data, so a retry changes nothing twice.",
      },
    ],
  },
];
