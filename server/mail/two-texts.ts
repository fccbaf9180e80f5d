// Most mails are a text and the same as HTML, and nothing else. The library makes a node of its tree for each of the two,
// with headers to look up and chance to throw that nobody reads; here each is written at once, as the library would write
// it. A test holds the two side by side.

import * as base64 from "nodemailer/lib/base64";
import type MimeNode from "nodemailer/lib/mime-node";
import * as qp from "nodemailer/lib/qp";

type Encoding = "7bit" | "quoted-printable" | "base64";

const LONGEST_LINE = 76;
const LONG_LINE = /^.{77,}/m;
const LONGEST_LOOKED_AT = 128 * 1024;

/** The node is the mail's own, with all of its headers. It has no children. */
export function writtenAround(root: MimeNode, { text, html }: { text: string; html: string }) {
  const head = root.buildHeaders();
  const border = `--${root.boundary}`;
  const parts = [`${border}\r\n${part("text/plain", text)}`, `${border}\r\n${part("text/html", html)}`];
  return `${head}\r\n\r\n${parts.join("\r\n")}\r\n${border}--\r\n`;
}

function part(type: string, content: string) {
  const encoding = encodingOf(content);
  const head = `Content-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: ${encoding}`;
  return `${head}\r\n\r\n${encoded(content, encoding)}`;
}

export function encoded(content: string | Buffer, encoding: string | false) {
  if (encoding === "base64") return base64.wrap(base64.encode(content), LONGEST_LINE);
  if (encoding === "quoted-printable") return qp.wrap(qp.encode(content), LONGEST_LINE);
  return content.toString();
}

function encodingOf(content: string): Encoding {
  const { letters, others } = counted(content);
  const isShort = content.length <= LONGEST_LOOKED_AT && !LONG_LINE.test(content);
  if (others === 0 && isShort) return "7bit";
  return others < letters ? "quoted-printable" : "base64";
}

/** Latin letters, and what no line of plain ASCII holds. */
function counted(content: string) {
  let [letters, others] = [0, 0];
  for (let at = 0; at < content.length; at += 1) {
    const code = content.charCodeAt(at);
    if (code >= 0x80 || (code < 0x20 && code !== 9 && code !== 10 && code !== 13)) others += 1;
    else if ((code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a)) letters += 1;
  }
  return { letters, others };
}
