import { figure } from "../../parts/figures.ts";
import type { Imported, ImportKind, Preview, Verdict } from "./queries.ts";

type Kind = { one: string; many: string; path: "/contacts" | "/companies" | "/prospects"; name: string };

export const KINDS: Record<ImportKind, Kind> = {
  contacts: { one: "contact", many: "contacts", path: "/contacts", name: "Contacts" },
  accounts: { one: "company", many: "companies", path: "/companies", name: "Companies" },
  people: { one: "prospect", many: "prospects", path: "/prospects", name: "Prospects" },
  organizations: {
    ...{ one: "prospect's company", many: "prospects' companies" },
    ...{ path: "/prospects", name: "Prospects' companies" },
  },
};

export const kindOf = (word: string | undefined): ImportKind =>
  word !== undefined && word in KINDS ? (word as ImportKind) : "contacts";

/** What is in nobody's hands yet has no lists, stages and owners. */
export const isTheTeams = (kind: ImportKind): kind is "contacts" | "accounts" =>
  kind === "contacts" || kind === "accounts";

export const VERDICTS: Record<Verdict, string> = {
  created: "Created",
  updated: "Updated",
  unchanged: "Unchanged",
  skipped: "Skipped",
};

export const say = (count: number) => figure(count);

const STATES: Record<Imported["status"], string> = {
  pending: "It waits for its turn.",
  running: "The rows are being brought in.",
  done: "All rows have had their turn.",
  failed: "It failed. What was done before stays done.",
  cancelled: "It was stopped. What was done before stays done.",
  undoing: "It is being taken back.",
  undone: "It is taken back; what was left alone says why.",
};

export const sayState = ({ status, error }: Imported) =>
  status === "failed" && error ? `It failed: ${error}` : STATES[status];

type Asker = { id: string; role: string };

/** Whoever brought it in, and admins: they stop it, and take it back. */
export function isOnes({ user_id }: Pick<Imported, "user_id">, { id, role }: Asker) {
  return role === "admin" || id === user_id;
}

export function mayUndo(found: Imported, asker: Asker, now: Date) {
  const { status, created, updated, undo_until } = found;
  const isOver = ["done", "failed", "cancelled"].includes(status);
  return isOver && created + updated > 0 && Date.parse(undo_until) >= now.getTime() && isOnes(found, asker);
}

/** In words, where nothing came of a file: the counts below have the reasons. */
export function sayNothingAdded({ created, total, reasons, status, kind }: Imported) {
  if (created > 0 || status === "pending" || status === "running") return null;
  const first = reasons[0];
  const why = first?.sentence ? ` Mostly: ${first.sentence}` : "";
  return `${total === 1 ? "Its one row added no" : `None of the ${say(total)} rows added a`} ${KINDS[kind].one}.${why}`;
}

/** What is wrong with a field of the team's own names it already; the key is its id. */
export function sayLeftOut(field: string, why: string) {
  return /^[0-9a-f]{24}$/.test(field) ? why : `${field.replaceAll("_", " ")} ${why}`;
}

/** What is sent unless a person says otherwise: nothing of columns that they have to decide about. */
export function firstMapping({ mapping, columns }: Pick<Preview, "mapping" | "columns">) {
  const asked = new Set(columns.flatMap(({ name, must_be_mapped }) => (must_be_mapped ? [name] : [])));
  return Object.fromEntries(Object.entries(mapping).filter(([name]) => !asked.has(name)));
}

export const NEW = "typed_custom_fields.new.";

type Placing = Pick<Preview, "columns" | "fields">;

/** Of a column that is to make a field: what bears its name already, whatever its capitals, and takes its values. */
export function sayShared(column: string, { columns, fields }: Placing, mapping: Preview["mapping"]) {
  const makesField = (name: string) => mapping[name]?.startsWith(NEW) ?? false;
  const isSame = (name: string) => name.toLowerCase() === column.toLowerCase();
  if (!makesField(column)) return null;
  const there = fields.find(({ label, is_custom }) => is_custom && isSame(label));
  if (there) return `There is a field ${there.label} already: it goes there.`;
  const before = columns.slice(
    0,
    columns.findIndex(({ name }) => name === column),
  );
  const earlier = before.find(({ name }) => isSame(name) && makesField(name));
  return earlier ? `It goes into one field with the column ${earlier.name}.` : null;
}

const ENCODINGS: Record<Imported["encoding"], string> = {
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16",
  "utf-16be": "UTF-16",
  "windows-1252": "Windows-1252",
};

export function sayFormat({ encoding, delimiter }: Pick<Imported, "encoding" | "delimiter">) {
  const parted = delimiter === null ? "one object to a line" : `parted by ${DELIMITERS[delimiter]}`;
  return `${ENCODINGS[encoding]}, ${parted}`;
}

const DELIMITERS: Record<NonNullable<Imported["delimiter"]>, string> = {
  ",": "commas",
  ";": "semicolons",
  "\t": "tabs",
  "|": "pipes",
  ":": "colons",
};

export const SAMPLES: Record<ImportKind, string> = {
  contacts:
    "First name,Last name,Email,Job title,Company,Company website,LinkedIn,Mobile phone,City,Country,Lists\r\n" +
    "Ines,Berg,ines.berg@norrland.example,Head of Procurement,Norrland Kraft,norrland.example,https://www.linkedin.com/in/ines-berg-example,+47 912 34 567,Oslo,Norway,Fair 2026; Energy\r\n" +
    "Ole,Dahl,ole.dahl@fjordkraft.example,Plant Manager,Fjordkraft,fjordkraft.example,,,Bergen,Norway,Fair 2026\r\n",
  accounts:
    "Name,Domain,Industry,Employees,Phone,City,Country,Lists\r\n" +
    "Norrland Kraft,norrland.example,Energy,120,+47 22 33 44 55,Oslo,Norway,Key accounts\r\n" +
    "Fjordkraft,fjordkraft.example,Energy,80,,Bergen,Norway,\r\n",
  people:
    "First name,Last name,Job title,Email,Email status,Company,Company domain,LinkedIn,City,Country\r\n" +
    "Ines,Berg,Head of Procurement,ines.berg@norrland.example,verified,Norrland Kraft,norrland.example,https://www.linkedin.com/in/ines-berg-example,Oslo,Norway\r\n",
  organizations:
    "Name,Domain,Industry,Employees,Annual revenue,Technologies,Latest funding stage,City,Country\r\n" +
    "Norrland Kraft,norrland.example,Energy,120,40000000,Salesforce; Outreach,Series B,Oslo,Norway\r\n",
};
