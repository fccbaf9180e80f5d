// What can be chosen, loaded from the server: pick-lists, records to search for, and the fields of a form with the team's own.

import type {
  FieldType,
  IDataObject,
  ILoadOptionsFunctions,
  INodeListSearchResult,
  INodePropertyOptions,
  ResourceMapperFields,
} from "n8n-workflow";
import { ask } from "./asking.ts";
import { type FormField, forms } from "./made/forms.ts";

type Row = IDataObject & { id: string; name?: string };
type Loader = (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]>;
type Searcher = (
  this: ILoadOptionsFunctions,
  filter?: string,
  page?: string,
) => Promise<INodeListSearchResult>;

async function rowsOf(asker: ILoadOptionsFunctions, path: string, key: string): Promise<Row[]> {
  const answer = await ask(asker, { method: "GET", path });
  return (key === "" ? answer : answer[key]) as unknown as Row[];
}

const labelOf = ({ name, email, id }: Row) => name || String(email ?? "") || id;

function options(rows: readonly Row[], value: (row: Row) => string = ({ id }) => id): INodePropertyOptions[] {
  return rows.map((row) => ({ name: labelOf(row), value: value(row) }));
}

/** Small lists, whole. */
function loadAll(path: string, key: string, keep: (row: Row) => boolean = () => true): Loader {
  return async function () {
    return options((await rowsOf(this, path, key)).filter(keep));
  };
}

const MOST_PAGES = 20; // 2,000 choices are more than a person reads; users with more write an id

function loadPages(path: string, key: string): Loader {
  return async function () {
    const found: Row[] = [];
    for (let page = 1; page <= MOST_PAGES; page++) {
      const answer = await ask(this, { method: "POST", path, input: { page, per_page: 100 } });
      found.push(...(answer[key] as unknown as Row[]));
      if (page >= Number((answer.pagination as IDataObject).total_pages)) break;
    }
    return options(found);
  };
}

export const loadOptions: Record<string, Loader> = {
  getUsers: loadPages("/users/search", "users"),
  getSequences: loadPages("/emailer_campaigns/search", "emailer_campaigns"),
  getMailboxes: async function () {
    const rows = await rowsOf(this, "/email_accounts", "email_accounts");
    return rows.map((row) => ({ name: String(row.email), value: row.id }));
  },
  getContactStages: loadAll("/contact_stages", "contact_stages"),
  getAccountStages: loadAll("/account_stages", "account_stages"),
  getDealStages: loadAll("/opportunity_stages", "opportunity_stages"),
  getContactLists: loadAll("/labels", "", ({ modality }) => modality === "contacts"),
  getAccountLists: loadAll("/labels", "", ({ modality }) => modality === "accounts"),
  /** On the wire lists go by their names; the same name may be one of contacts and one of accounts. */
  getListNames: async function () {
    const rows = await rowsOf(this, "/labels", "");
    const names = new Set(
      rows.filter(({ modality }) => modality !== "emailer_campaigns").map(({ name }) => String(name)),
    );
    return [...names].sort().map((name) => ({ name, value: name }));
  },
};

/** Page by page as the person scrolls, narrowed by what they type. */
function search(method: "GET" | "POST", path: string, key: string, words: string, label = labelOf): Searcher {
  return async function (filter, page) {
    const number = Number(page ?? 1);
    const input = { page: number, per_page: 50, ...(filter && { [words]: filter }) };
    const answer = await ask(this, { method, path, input });
    const results = (answer[key] as unknown as Row[]).map((row) => ({ name: label(row), value: row.id }));
    const isLast = number >= Number((answer.pagination as IDataObject).total_pages);
    return { results, ...(!isLast && { paginationToken: String(number + 1) }) };
  };
}

export const listSearch: Record<string, Searcher> = {
  searchAccounts: search("POST", "/accounts/search", "accounts", "q_organization_name"),
  searchContacts: search(
    "POST",
    "/contacts/search",
    "contacts",
    "q_keywords",
    (row) => [row.name, row.email && `<${String(row.email)}>`].filter(Boolean).join(" ") || row.id,
  ),
  searchDeals: search("GET", "/opportunities/search", "opportunities", "q_keywords"),
  searchSequences: search("POST", "/emailer_campaigns/search", "emailer_campaigns", "q_name"),
  searchTasks: search("POST", "/tasks/search", "tasks", "q_keywords", (row) =>
    String(row.title ?? row.type ?? row.id),
  ),
  searchLists: async function (filter = "") {
    const rows = await rowsOf(this, "/labels", "");
    const fits = ({ name }: Row) => String(name).toLowerCase().includes(filter.toLowerCase());
    return {
      results: rows.filter(fits).map((row) => ({ name: `${row.name} (${row.modality})`, value: row.id })),
    };
  },
};

const TYPES: Readonly<Record<string, FieldType>> = {
  number: "number",
  boolean: "boolean",
  date: "dateTime",
  datetime: "dateTime",
  picklist: "options",
  multipicklist: "array",
};

function form(name: string, modality: string) {
  return async function (this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
    const base = await Promise.all((forms[name] ?? []).map((field) => withChoices(this, field)));
    const own = await rowsOf(this, "/typed_custom_fields", "typed_custom_fields");
    return { fields: [...base, ...own.filter((row) => row.modality === modality).map(ownField)] };
  };
}

async function withChoices(asker: ILoadOptionsFunctions, { pick, ...field }: FormField): Promise<FormField> {
  const load = pick ? loadOptions[pick] : undefined;
  return load ? { ...field, options: await load.call(asker) } : field;
}

function ownField(row: Row): FormField {
  const type = TYPES[String(row.type)] ?? "string";
  const choices = (row.picklist_values ?? []) as unknown as Row[];
  return {
    id: `typed_custom_fields.${row.id}`,
    displayName: labelOf(row),
    required: false,
    defaultMatch: false,
    canBeUsedToMatch: false,
    display: true,
    removed: false,
    type,
    ...(type === "options" && { options: options(choices) }),
  };
}

export const resourceMapping = {
  getContactFields: form("contact", "contact"),
  getAccountFields: form("account", "account"),
  getDealFields: form("deal", "opportunity"),
};
