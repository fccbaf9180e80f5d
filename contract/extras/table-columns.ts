// The tables of the web app that can be arranged, with their columns. The web app's own columns are checked against it by the
// compiler, so a column that exists there can be saved here.

const CONTACT = [
  ...["name", "title", "company", "email", "mail", "stage", "owner", "sequences", "lists", "phone"],
  ...["city", "country", "linkedin", "score", "opened", "updated", "added"],
] as const;

const COMPANY = [
  ...["name", "domain", "contacts", "stage", "owner", "industry", "people", "city", "country"],
  ...["phone", "active", "added"],
] as const;

const LIST = ["name", "of", "count", "owner", "created"] as const;

const PROSPECT = [
  ...["name", "title", "company", "place", "employees", "industry", "email", "saved", "revenue", "jobs"],
  ...["source", "refreshed"],
] as const;

const SEQUENCE = [
  ...["name", "star", "state", "owner", "steps", "contacts", "scheduled", "delivered", "opened"],
  ...["replied", "bounced", "clicked", "demoed", "folder", "used", "created", "updated"],
] as const;

const MEMBER = [
  ...["name", "status", "step", "due", "company", "mailbox", "added", "title", "email", "updated"],
] as const;

const WORKFLOW = [
  ...["name", "state", "target", "trigger", "last", "took", "skipped", "waiting", "next", "owner"],
  "updated",
] as const;

const RUN = [
  ...["at", "state", "cause", "found", "done", "waiting", "skipped", "failed", "why", "version"],
] as const;

const DEAL = [
  ...["name", "stage", "amount", "closes", "owner", "company", "contacts", "next", "next_on"],
  ...["probability", "weighted", "staged", "created"],
] as const;

export const TABLE_COLUMNS = {
  contacts: CONTACT,
  companies: COMPANY,
  deals: DEAL,
  lists: LIST,
  prospects: PROSPECT,
  sequences: SEQUENCE,
  "sequence-contacts": MEMBER,
  workflows: WORKFLOW,
  "workflow-runs": RUN,
  "workflow-candidates": ["name", "verdict", "why", "done", "at"],
} as const;

export type TableName = keyof typeof TABLE_COLUMNS;

/** A column of a table: its own, or a custom field where the table can show these. */
export type ColumnId<Table extends TableName> = (typeof TABLE_COLUMNS)[Table][number] | `field:${string}`;

/** Tables that can show the team's custom fields, as `field:<id>`. */
export const TABLES_WITH_FIELDS: readonly TableName[] = ["contacts", "companies", "deals"];

export const LEAST_WIDTH = 64;
export const MOST_WIDTH = 800;
