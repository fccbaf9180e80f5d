// A composed mail as bytes, at once. The library writes its tree through a chain of streams, made for files of any size,
// which costs a small mail more than everything else that is done for it; ours are in memory from the start. A test
// holds the two side by side.

import type MailComposer from "nodemailer/lib/mail-composer";
import type MimeNode from "nodemailer/lib/mime-node";
import { encoded, writtenAround } from "./two-texts.ts";

type Mail = NonNullable<ConstructorParameters<typeof MailComposer>[0]> & {
  text?: string;
  html?: string;
  attachments?: readonly unknown[];
};

let library: typeof MailComposer | null = null;

export async function bytesOf(mail: Mail): Promise<Buffer> {
  library ??= (await import("nodemailer/lib/mail-composer")).default; // large, and only who sends needs it
  const text = textOf(library, mail).replace(/\r?\n/g, "\r\n");
  return Buffer.from(text.endsWith("\r\n") ? text : `${text}\r\n`, "utf8"); // beyond headers, all is ASCII
}

function textOf(Composer: typeof MailComposer, { text, html, ...mail }: Mail) {
  if (!text || !html || mail.attachments?.length)
    return written(new Composer({ ...mail, ...(text && { text }), ...(html && { html }) }).compile());
  const root = new Composer(mail).compile().setHeader("Content-Type", "multipart/alternative");
  return writtenAround(root, { text, html });
}

function written(node: MimeNode): string {
  const head = `${node.buildHeaders()}\r\n\r\n`;
  if (!node.multipart) return head + body(node);
  const parts = node.childNodes.map((child) => `--${node.boundary}\r\n${written(child)}`);
  return `${head}${parts.join("\r\n")}\r\n--${node.boundary}--\r\n`;
}

function body(node: MimeNode): string {
  const { content } = node;
  if (typeof content !== "string" && !Buffer.isBuffer(content)) return "";
  return encoded(content, node.getTransferEncoding());
}
