// What the n8n node needs of ours beside the contract, as files of its own: a package without dependencies cannot import it.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { eventTypes } from "../../server/features/events/feed/present.ts";
import { ROOT } from "../packages.mjs";

const mark = (from: string) =>
  `// Made by npm run generate from ${from}; not to be changed by hand.\n// biome-ignore-all format: as there\n\n`;

/** The connector "Add contacts to sequence", which imports nothing. */
export function addingFile() {
  return mark("sdk/adding.ts") + readFileSync(join(ROOT, "sdk", "adding.ts"), "utf8");
}

/** Reading lists to their end; of the table of addresses it needs one type. */
export function pagesFile() {
  const source = readFileSync(join(ROOT, "sdk", "pages.ts"), "utf8");
  const addresses = readFileSync(join(ROOT, "sdk", "addresses.ts"), "utf8");
  const pages = /pages\?: (\{ by: .*\});/.exec(addresses)?.[1];
  const before = 'import type { Address } from "./addresses.ts";\n\n';
  const named = 'type Pages = NonNullable<Address["pages"]>;';
  if (!pages || !source.includes(before) || !source.includes(named))
    throw new Error("sdk/pages.ts no longer reads as its copy for n8n expects.");
  return mark("sdk/pages.ts") + source.replace(before, "").replace(named, `export type Pages = ${pages};`);
}

/** Nouns whose events a trigger may receive; access and internal events are left to the audit log. */
const NOUNS = [
  "account",
  "call",
  "contact",
  "deal",
  "email_account",
  "enrollment",
  "incoming_mail",
  "job",
  "label",
];
const MORE_NOUNS = ["message", "note", "sequence", "suppression", "task"];

export function eventsFile() {
  const nouns = [...NOUNS, ...MORE_NOUNS];
  const types = eventTypes.filter((type) => nouns.includes(type.split(".")[0] ?? "")).sort();
  const all = nouns.map((noun) => ({ name: `${words(noun)}: Anything`, value: `${noun}.*` }));
  const each = types.map((type) => {
    const [noun = "", what = ""] = type.split(".");
    return { name: `${words(noun)}: ${words(what)}`, value: type };
  });
  const options = [{ name: "Anything", value: "*" }, ...all, ...each].sort((a, b) =>
    a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1,
  );
  const lines = options.map(
    ({ name, value }) => `  { name: ${JSON.stringify(name)}, value: ${JSON.stringify(value)} },`,
  );
  return `${mark("the server's events")}import type { INodePropertyOptions } from "n8n-workflow";

export const eventTypes: INodePropertyOptions[] = [
${lines.join("\n")}
];
`;
}

function words(text: string) {
  const named =
    { email_account: "mailbox", label: "list", message: "email", incoming_mail: "incoming_email" }[text] ??
    text;
  return named
    .split("_")
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join(" ");
}
