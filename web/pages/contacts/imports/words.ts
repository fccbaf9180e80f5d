import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { figure } from "../../../parts/figures.ts";
import type { Imported, ImportKind, ImportPreview, ImportRowResult } from "./queries.ts";

type Kind = {
  one: string;
  many: string;
  path: "/contacts" | "/companies" | "/deals" | "/prospects";
  name: string;
};

export const KINDS: Record<ImportKind, Kind> = perLanguage(() => ({
  contacts: { one: t("contact"), many: t("contacts"), path: "/contacts", name: t("Contacts") },
  accounts: { one: t("company"), many: t("companies"), path: "/companies", name: t("Companies") },
  opportunities: { one: t("deal"), many: t("deals"), path: "/deals", name: t("Deals") },
  people: { one: t("prospect"), many: t("prospects"), path: "/prospects", name: t("Prospects") },
  organizations: {
    one: t("prospect's company"),
    many: t("prospects' companies"),
    path: "/prospects",
    name: t("Prospects' companies"),
  },
}));

export const kindOf = (word: string | undefined): ImportKind =>
  word !== undefined && word in KINDS ? (word as ImportKind) : "contacts";

/** People and companies of the people database have no lists, stages and owners. */
export const isTheTeams = (kind: ImportKind): kind is "contacts" | "accounts" =>
  kind === "contacts" || kind === "accounts";

export const VERDICTS: Record<ImportRowResult, string> = perLanguage(() => ({
  created: t("Created"),
  updated: t("Updated"),
  unchanged: t("Unchanged"),
  skipped: t("Skipped"),
}));

export const say = (count: number) => figure(count);

const STATES: Record<Imported["status"], string> = perLanguage(() => ({
  pending: t("Waiting to start."),
  running: t("Importing rows …"),
  done: t("Import finished."),
  failed: t("Import failed. Rows imported before stay."),
  cancelled: t("Import stopped. Rows imported before stay."),
  undoing: t("Undoing the import …"),
  undone: t("Import undone. Rows that were kept show the reason."),
}));

export const sayState = ({ status, error }: Imported) =>
  status === "failed" && error ? t("Import failed: {error}", { error }) : STATES[status];

type Asker = { id: string; role: string };

/** The user who made the import, and admins: they stop it, and undo it. */
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
  const why = first?.sentence ? t(" Main reason: {sentence}", { sentence: first.sentence }) : "";
  return t("No new {many} from {total, plural, one {# row} other {# rows}}.{why}", {
    many: KINDS[kind].many,
    total,
    why,
  });
}

/** What is wrong with a field of the team's own names it already; the key is its id. */
export function sayLeftOut(field: string, why: string) {
  return /^[0-9a-f]{24}$/.test(field) ? why : `${field.replaceAll("_", " ")} ${why}`;
}

/** What is sent unless a person says otherwise: nothing of columns that they have to decide about. */
export function firstMapping({ mapping, columns }: Pick<ImportPreview, "mapping" | "columns">) {
  const asked = new Set(columns.flatMap(({ name, must_be_mapped }) => (must_be_mapped ? [name] : [])));
  return Object.fromEntries(Object.entries(mapping).filter(([name]) => !asked.has(name)));
}

export const NEW = "typed_custom_fields.new.";

type Placing = Pick<ImportPreview, "columns" | "fields">;

/** Of a column that is to make a field: what bears its name already, whatever its capitals, and takes its values. */
export function sayShared(column: string, { columns, fields }: Placing, mapping: ImportPreview["mapping"]) {
  const makesField = (name: string) => mapping[name]?.startsWith(NEW) ?? false;
  const isSame = (name: string) => name.toLowerCase() === column.toLowerCase();
  if (!makesField(column)) return null;
  const there = fields.find(({ label, is_custom }) => is_custom && isSame(label));
  if (there) return t("The field {label} already exists and will be used.", { label: there.label });
  const before = columns.slice(
    0,
    columns.findIndex(({ name }) => name === column),
  );
  const earlier = before.find(({ name }) => isSame(name) && makesField(name));
  return earlier ? t("Uses the same field as the column {name}.", { name: earlier.name }) : null;
}

const ENCODINGS: Record<Imported["encoding"], string> = {
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16",
  "utf-16be": "UTF-16",
  "windows-1252": "Windows-1252",
};

export function sayFormat({ encoding, delimiter }: Pick<Imported, "encoding" | "delimiter">) {
  const parted =
    delimiter === null
      ? t("one JSON object per line")
      : t("separated by {delimiter}", { delimiter: DELIMITERS[delimiter] });
  return `${ENCODINGS[encoding]}, ${parted}`;
}

const DELIMITERS: Record<NonNullable<Imported["delimiter"]>, string> = perLanguage(() => ({
  ",": t("commas"),
  ";": t("semicolons"),
  "\t": t("tabs"),
  "|": t("pipes"),
  ":": t("colons"),
}));

// texts: not translated, the import reads these columns
export const SAMPLES: Record<ImportKind, string> = {
  contacts:
    "First name,Last name,Email,Job title,Company,Company website,LinkedIn,Mobile phone,City,Country,Lists\r\n" +
    "Ines,Berg,ines.berg@norrland.example,Head of Procurement,Norrland Kraft,norrland.example,https://www.linkedin.com/in/ines-berg-example,+47 912 34 567,Oslo,Norway,Fair 2026; Energy\r\n" +
    "Ole,Dahl,ole.dahl@fjordkraft.example,Plant Manager,Fjordkraft,fjordkraft.example,,,Bergen,Norway,Fair 2026\r\n",
  accounts:
    "Name,Domain,Industry,Employees,Phone,City,Country,Lists\r\n" +
    "Norrland Kraft,norrland.example,Energy,120,+47 22 33 44 55,Oslo,Norway,Key accounts\r\n" +
    "Fjordkraft,fjordkraft.example,Energy,80,,Bergen,Norway,\r\n",
  opportunities:
    "Name,Company,Company domain,Owner,Stage,Amount,Currency,Close date,Contacts,Contact roles\r\n" +
    'Heat pumps for plant 2,Norrland Kraft,norrland.example,Mona Lund,Proposal,48500,EUR,2026-12-15,ines.berg@norrland.example; ole.dahl@norrland.example,"""Buyer; Champion""; User"\r\n' +
    "Service contract,Fjordkraft,fjordkraft.example,,Qualification,12000,EUR,,,\r\n",
  people:
    "First name,Last name,Job title,Email,Email status,Company,Company domain,LinkedIn,City,Country\r\n" +
    "Ines,Berg,Head of Procurement,ines.berg@norrland.example,verified,Norrland Kraft,norrland.example,https://www.linkedin.com/in/ines-berg-example,Oslo,Norway\r\n",
  organizations:
    "Name,Domain,Industry,Employees,Annual revenue,Technologies,Latest funding stage,City,Country\r\n" +
    "Norrland Kraft,norrland.example,Energy,120,40000000,Salesforce; Outreach,Series B,Oslo,Norway\r\n",
};
