// A mail's parts as IMAP numbers them (RFC 3501 6.4.5), by their places in its text. Bounded: a mail that consists of
// parts within parts for ever is read to a certain depth, and its rest is one part.
//
// The text has one character per byte.

type HeaderField = { name: string; value: string; raw: string };

export type MimePart = {
  /** With the empty line that ends it. */
  head: string;
  fields: readonly HeaderField[];
  body: string;
  type: string;
  subtype: string;
  params: readonly (readonly [string, string])[];
  children: readonly MimePart[];
  /** What a message/rfc822 part holds. */
  message: MimePart | null;
};

const DEEPEST = 12;
const MOST_PARTS = 500;

export function mimeTree(text: string): MimePart {
  return partIn(text, "text/plain; charset=us-ascii", { depth: 0, left: MOST_PARTS });
}

type Room = { depth: number; left: number };

function partIn(text: string, fallbackType: string, room: Room): MimePart {
  const end = text.startsWith("\r\n") ? 0 : text.indexOf("\r\n\r\n");
  const head = end < 0 ? text : text.slice(0, end === 0 ? 2 : end + 4);
  const fields = fieldsIn(head);
  const body = text.slice(head.length);
  const { type, subtype, params } = typeIn(fieldValue(fields, "content-type") ?? fallbackType);
  const isReadOn = room.depth < DEEPEST;
  const inner = { depth: room.depth + 1, left: room.left };
  const boundary = params.find(([name]) => name === "boundary")?.[1];
  const isMany = type === "multipart" && boundary !== undefined && isReadOn;
  const fallback = subtype === "digest" ? "message/rfc822" : "text/plain; charset=us-ascii";
  const children = isMany
    ? piecesOf(body, boundary, room.left).map((piece) => partIn(piece, fallback, inner))
    : [];
  room.left -= children.length;
  const isMail = type === "message" && subtype === "rfc822" && isReadOn;
  const message = isMail ? partIn(body, "text/plain; charset=us-ascii", inner) : null;
  // A part that says it has parts and has none is shown as text.
  if (type === "multipart" && children.length === 0)
    return { head, fields, body, type: "text", subtype: "plain", params: [], children, message };
  return { head, fields, body, type, subtype, params, children, message };
}

function piecesOf(body: string, boundary: string, most: number) {
  const line = `--${boundary}`;
  const pieces: string[] = [];
  let from = -1;
  for (let at = lineAt(body, line, 0); at >= 0; at = lineAt(body, line, at + line.length)) {
    if (from >= 0) pieces.push(body.slice(from, Math.max(from, at - 2)));
    const isLast = body.startsWith("--", at + line.length);
    const next = body.indexOf("\r\n", at + line.length);
    from = isLast || next < 0 || pieces.length >= most ? -1 : next + 2;
    if (from < 0) return pieces;
  }
  if (from >= 0) pieces.push(body.slice(from)); // without an end
  return pieces;
}

function lineAt(body: string, line: string, from: number) {
  if (from === 0 && body.startsWith(line)) return 0;
  const at = body.indexOf(`\r\n${line}`, Math.max(0, from - 2));
  return at < 0 ? -1 : at + 2;
}

export function fieldsIn(head: string): HeaderField[] {
  return head
    .split(/\r\n(?![ \t])/)
    .filter((raw) => raw.includes(":"))
    .map((raw) => {
      const colon = raw.indexOf(":");
      const value = raw
        .slice(colon + 1)
        .replace(/\r\n/g, "")
        .trim();
      return { name: raw.slice(0, colon).trim().toLowerCase(), value, raw: `${raw}\r\n` };
    });
}

export function fieldValue(fields: readonly HeaderField[], name: string) {
  return fields.find((field) => field.name === name)?.value ?? null;
}

/** `text/plain; charset="utf-8"` and whatever else has parameters. */
function typeIn(value: string) {
  const [first = "", ...rest] = value.match(/(?:"(?:[^"\\]|\\.)*"|[^;"])+/g) ?? [];
  const [, type = "text", subtype = "plain"] = /^\s*([\w!#$&^+.-]+)\/([\w!#$&^+.-]+)/.exec(first) ?? [];
  return { type: type.toLowerCase(), subtype: subtype.toLowerCase(), params: rest.flatMap(paramIn) };
}

export function paramIn(text: string): [string, string][] {
  const equals = text.indexOf("=");
  if (equals < 0) return [];
  const value = text.slice(equals + 1).trim();
  const plain = value.startsWith('"') ? value.slice(1).replace(/"$/, "").replace(/\\(.)/g, "$1") : value;
  return [[text.slice(0, equals).trim().toLowerCase(), plain]];
}
