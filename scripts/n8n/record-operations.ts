// What the n8n node does with records: contacts, companies, deals, lists and files of them.

import { op, type Resource } from "./operation.ts";

export const RECORDS: readonly Resource[] = [
  {
    value: "account",
    name: "Account",
    operations: [
      op("create", "Create", "Create an account", "accounts.create", { form: "account" }),
      op("delete", "Delete", "Delete an account", "accounts.delete", { target: "account" }),
      op("enrich", "Enrich", "Enrich an account", "accounts.enrich", {
        does: "Look up the company and fill empty fields of an account",
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
      op("enrich", "Enrich", "Enrich a company", "organizations.enrich", {
        does: "Look up a company by its domain, in the people database and with your team's providers",
        asks: ["domain"],
      }),
      op("get", "Get", "Get a company from the people database", "organizations.show", { target: "company" }),
    ],
  },
  {
    value: "contact",
    name: "Contact",
    operations: [
      op("create", "Create", "Create a contact", "contacts.create", { form: "contact" }),
      op("delete", "Delete", "Delete a contact", "contacts.delete", { target: "contact" }),
      op("enrich", "Enrich", "Enrich contacts", "contacts.enrich", {
        does: "Look up contacts and fill empty fields, in the background",
        asks: ["contact_ids"],
      }),
      op("explain", "Explain", "Explain a contact", "explain.contact", { target: "contact" }),
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
    value: "import",
    name: "Import",
    operations: [
      op("create", "Create", "Import a file", "imports.create", {
        does: "Import a CSV file or JSON lines in the background",
        asks: ["kind", "text"],
        without: ["file", "format", "encoding", "delimiter"],
      }),
      op("get", "Get", "Get an import", "imports.get", {
        does: "Get the progress and results of an import",
        target: "import",
      }),
      op("getAll", "Get Many", "Get many imports", "imports.list"),
      op("getRows", "Get Rows", "Get the rows of an import", "imports.rows", {
        does: "Get the rows of an import with their results, up to 100 at a time",
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
        does: "Add contacts or accounts to lists. Missing lists are created",
        asks: ["modality", "label_names", "entity_ids"],
        without: ["entity_type", "async"],
      }),
      op("create", "Create", "Create a list", "labels.create", {
        asks: ["name", "modality"],
        without: ["book_of_business"],
      }),
      op("delete", "Delete", "Delete a list", "labels.delete", { target: "list" }),
      op("getAll", "Get Many", "Get many lists", "labels.list", {
        does: "Get many lists of contacts, accounts and sequences",
      }),
      op(
        "removeEntities",
        "Remove Records",
        "Remove contacts or accounts from lists",
        "labels.removeEntityIds",
        {
          does: "Remove contacts or accounts from lists",
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
      op("get", "Get", "Get a person from the people database", "people.show", { target: "person" }),
      op("getAll", "Get Many", "Get many people", "mixedPeople.search", {
        does: "Get many people from the people database",
      }),
      op("match", "Match", "Enrich a person", "people.match", {
        does: "Look up a person in the people database and with your team's providers",
      }),
      op("save", "Save", "Save people as contacts", "prospecting.addToContacts", {
        does: "Save people from the people database as contacts. Existing contacts are not created again",
        asks: ["person_ids"],
        without: ["person_filter"],
      }),
    ],
  },
];
