import type { Imported, ImportKind, Verdict } from "./queries.ts";

export const KINDS: Record<
  ImportKind,
  { one: string; many: string; path: "/contacts" | "/companies"; name: string }
> = {
  contacts: { one: "contact", many: "contacts", path: "/contacts", name: "Contacts" },
  accounts: { one: "company", many: "companies", path: "/companies", name: "Companies" },
};

export const kindOf = (word: string | undefined): ImportKind =>
  word === "accounts" ? "accounts" : "contacts";

export const VERDICTS: Record<Verdict, string> = {
  created: "Created",
  updated: "Updated",
  unchanged: "Unchanged",
  skipped: "Skipped",
};

export const say = (count: number) => count.toLocaleString("en-GB");

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

/** In words, where nothing came of a file: the counts below have the reasons. */
export function sayNothingAdded({ created, total, reasons, status, kind }: Imported) {
  if (created > 0 || status === "pending" || status === "running") return null;
  const first = reasons[0];
  const why = first?.sentence ? ` Mostly: ${first.sentence}` : "";
  return `None of the ${say(total)} rows added a ${KINDS[kind].one}.${why}`;
}

export const ENCODINGS: Record<Imported["encoding"], string> = {
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16",
  "utf-16be": "UTF-16",
  "windows-1252": "Windows-1252",
};

export const DELIMITERS: Record<Imported["delimiter"], string> = {
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
};
