// A composed mail as bytes, at once. The library writes its tree through a chain of streams, made for files of any size,
// which costs a small mail more than everything else that is done for it; ours are in memory from the start. A test
// holds the two side by side.

import * as base64 from "nodemailer/lib/base64";
import type MimeNode from "nodemailer/lib/mime-node";
import * as qp from "nodemailer/lib/qp";

export function bytesOf(root: MimeNode): Buffer {
  const text = written(root).replace(/\r?\n/g, "\r\n");
  return Buffer.from(text.endsWith("\r\n") ? text : `${text}\r\n`, "utf8"); // beyond headers, all is ASCII
}

function written(node: MimeNode): string {
  const head = `${node.buildHeaders()}\r\n\r\n`;
  if (!node.multipart) return head + encoded(node);
  const parts = node.childNodes.map((child) => `--${node.boundary}\r\n${written(child)}`);
  return `${head}${parts.join("\r\n")}\r\n--${node.boundary}--\r\n`;
}

function encoded(node: MimeNode): string {
  const { content } = node;
  if (typeof content !== "string" && !Buffer.isBuffer(content)) return "";
  const encoding = node.getTransferEncoding();
  if (encoding === "base64") return base64.wrap(base64.encode(content), 76);
  if (encoding === "quoted-printable") return qp.wrap(qp.encode(content), 76);
  return content.toString();
}
