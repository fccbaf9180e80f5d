// ENVELOPE and BODYSTRUCTURE: a mail described without being sent.

import addressparser, { type Address, type Group } from "nodemailer/lib/addressparser";
import { imapString } from "./imap-words.ts";
import { fieldValue, type MimePart, paramIn } from "./mime-tree.ts";

export function envelopeOf({ fields }: MimePart): string {
  const text = (name: string) => imapString(fieldValue(fields, name));
  const people = (name: string) => addressesIn(fieldValue(fields, name));
  const from = people("from");
  const orFrom = (name: string) => (fieldValue(fields, name) === null ? from : people(name));
  return `(${[
    text("date"),
    text("subject"),
    from,
    orFrom("sender"),
    orFrom("reply-to"),
    people("to"),
    people("cc"),
    people("bcc"),
    text("in-reply-to"),
    text("message-id"),
  ].join(" ")})`;
}

const LONGEST_FIELD = 20_000;

function addressesIn(value: string | null) {
  if (!value) return "NIL";
  const found = addressparser(value.slice(0, LONGEST_FIELD)).flatMap(personIn);
  return found.length > 0 ? `(${found.join("")})` : "NIL";
}

function personIn(entry: Address | Group): string[] {
  if ("group" in entry && entry.group) {
    const start = `(NIL NIL ${imapString(entry.name || "undisclosed-recipients")} NIL)`;
    return [start, ...entry.group.flatMap(personIn), "(NIL NIL NIL NIL)"];
  }
  const { name, address = "" } = entry;
  if (!address) return [];
  const at = address.lastIndexOf("@");
  const [box, host] = at < 0 ? [address, null] : [address.slice(0, at), address.slice(at + 1)];
  return [`(${imapString(name || null)} NIL ${imapString(box)} ${imapString(host)})`];
}

/** `isLong` is BODYSTRUCTURE; BODY without brackets has no extension data. */
export function structureOf(part: MimePart, isLong: boolean): string {
  return part.children.length > 0 ? many(part, isLong) : single(part, isLong);
}

function many({ children, subtype, params, fields }: MimePart, isLong: boolean) {
  const inside = children.map((child) => structureOf(child, isLong)).join("");
  const more = isLong
    ? ` ${listed(params)} ${dispositionIn(fields)} ${imapString(fieldValue(fields, "content-language"))} NIL`
    : "";
  return `(${inside} ${imapString(subtype)}${more})`;
}

function single(part: MimePart, isLong: boolean) {
  const { type, subtype, params, fields, body, message } = part;
  const charset = type === "text" && !params.some(([name]) => name === "charset");
  const about = [
    imapString(type),
    imapString(subtype),
    listed(charset ? [...params, ["charset", "us-ascii"]] : params),
    imapString(fieldValue(fields, "content-id")),
    imapString(fieldValue(fields, "content-description")),
    imapString(fieldValue(fields, "content-transfer-encoding") ?? "7bit"),
    String(body.length),
  ];
  if (message) about.push(envelopeOf(message), structureOf(message, isLong), String(linesIn(body)));
  else if (type === "text") about.push(String(linesIn(body)));
  if (isLong)
    about.push(
      imapString(fieldValue(fields, "content-md5")),
      dispositionIn(fields),
      imapString(fieldValue(fields, "content-language")),
      imapString(fieldValue(fields, "content-location")),
    );
  return `(${about.join(" ")})`;
}

function dispositionIn(fields: MimePart["fields"]) {
  const value = fieldValue(fields, "content-disposition");
  if (!value) return "NIL";
  const [kind = "attachment", ...rest] = value.match(/(?:"(?:[^"\\]|\\.)*"|[^;"])+/g) ?? [];
  return `(${imapString(kind.trim().toLowerCase())} ${listed(rest.flatMap(paramIn))})`;
}

function listed(params: readonly (readonly [string, string])[]) {
  if (params.length === 0) return "NIL";
  return `(${params.map(([name, value]) => `${imapString(name)} ${imapString(value)}`).join(" ")})`;
}

function linesIn(text: string) {
  let lines = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines += 1;
  return lines;
}
