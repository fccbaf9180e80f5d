// Names and descriptions as n8n wants them read, from the contract's parameters: titles in capitals, ids as "ID",
// no full stop at the end, and what a switch does as "Whether to …".

import { LABELS, SAYS } from "./parameter-words.ts";

export type Json = {
  type?: string | string[];
  format?: string;
  pattern?: string;
  description?: string;
  default?: unknown;
  enum?: string[];
  minimum?: number;
  maximum?: number;
  properties?: Record<string, Json>;
  required?: string[];
  items?: Json;
  anyOf?: Json[];
};

const SMALL = new Set([
  "a",
  "an",
  "and",
  "at",
  "by",
  "for",
  "if",
  "in",
  "of",
  "on",
  "or",
  "the",
  "to",
  "with",
]);
const AS_IS: Readonly<Record<string, string>> = {
  id: "ID",
  ids: "IDs",
  url: "URL",
  crm: "CRM",
  linkedin: "LinkedIn",
  github: "GitHub",
  hubspot: "HubSpot",
  salesloft: "Salesloft",
  vid: "VID",
  num: "Number Of",
};

export function title(name: string) {
  const said = LABELS[name];
  if (said) return said;
  return headline(
    name
      .replace(/^q_/, "")
      .split("_")
      .filter((word) => word !== "cd"),
  );
}

export function headline(words: readonly string[]) {
  return words.map((word, index) => inTitle(word, index === 0 || index === words.length - 1)).join(" ");
}

function inTitle(word: string, isAtEnd: boolean) {
  if (AS_IS[word]) return AS_IS[word];
  if (!isAtEnd && SMALL.has(word)) return word;
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

/** A sentence for people who never saw the contract. */
export function describe(text: string | undefined) {
  if (!text || /^24 lowercase/.test(text)) return undefined;
  const plain = text
    .replace(/^Cadenza's own(?:[:;,] |$)| \(Cadenza's own\)|Cadenza's own: /g, "")
    .replaceAll("`", "")
    .replace(/\.$/, "")
    .trim();
  if (/^(?:Same as |Required$)/.test(plain) || plain === "") return undefined;
  const isOfNames = /^\w*_\w*,|^\w+, \w*_|^\w+_\w+ or /.test(plain);
  const said = isOfNames ? `One of: ${plain}` : plain.slice(0, 1).toUpperCase() + plain.slice(1);
  return inHtml(said.replace(/\b[Ii]ds\b/g, "IDs").replace(/\b[Ii]d\b/g, "ID"));
}

/** n8n shows descriptions as HTML: "<ID>" of the contract would not be seen, and n8n's review refuses it. */
function inHtml(text: string) {
  return text.replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

export function whether(name: string, text: string | undefined) {
  const said = describe(text);
  if (SAYS[name]) return SAYS[name];
  if (said?.startsWith("Add ")) return `Whether to ${said.slice(0, 1).toLowerCase()}${said.slice(1)}`;
  return `Whether ${title(name)
    .toLowerCase()
    .replace(/\burl\b/g, "URL")} is on`;
}

/** One sentence has no full stop here, several have. */
export function stopped(text: string) {
  return text.includes(". ") && !/[.>]$/.test(text) ? `${text}.` : text;
}

/** What a value is, past "or null". */
export function plainOf(schema: Json): Json {
  const variants = (schema.anyOf ?? []).filter(({ type }) => type !== "null");
  const inner = variants.find(({ type }) => type === "array") ?? variants[0];
  if (!inner) {
    const type = Array.isArray(schema.type) ? schema.type.find((one) => one !== "null") : schema.type;
    return type === undefined ? schema : { ...schema, type };
  }
  const described = schema.description ?? inner.description;
  return plainOf({ ...inner, ...(described !== undefined && { description: described }) });
}
