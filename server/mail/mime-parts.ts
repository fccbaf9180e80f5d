// The parts of a mail, by mailparser: text, reports, the mail that came back, names and sizes of attachments.
//
// Bounded on every side. mailparser gives up beyond 1,000 parts or a megabyte of header; what it had read until then
// is kept. It ends every stream by itself, but a mail that it never ended would hold a mailbox for good: hence the time limit.

import { Readable } from "node:stream";
import type { AttachmentStream, Headers, MessageText } from "mailparser";
import { type FilePart, mayBeReport } from "./aggregate-reports.ts";

const TIME_LIMIT_MS = 30_000;
const MOST_ATTACHMENTS = 200;
const LARGEST_KEPT = 128 * 1024;
const MOST_KEPT = 20;
const LARGEST_REPORT = 5 * 1024 * 1024;
const MOST_REPORTS = 3;
const SLICE = 64 * 1024;

/** Parts that are read themselves, rather than counted. */
const KEPT =
  /^(?:message\/(?:delivery-status|global-delivery-status|disposition-notification|global-disposition-notification|feedback-report|rfc822|global)|text\/(?:rfc822-headers|rfc822-header|calendar)|message\/(?:rfc822-headers|global-headers))$/;

export type KeptPart = { type: string; text: string };
export type MimeParts = {
  fault: string | null;
  headers: Headers;
  text: string;
  html: string;
  kept: KeptPart[];
  attachments: { name: string; type: string; size: number }[];
  /** Files that may be reports, as they came. */
  files: FilePart[];
};

export async function readParts(raw: Buffer): Promise<MimeParts> {
  const { MailParser } = await import("mailparser"); // large, and only who reads needs it
  const parts: MimeParts = {
    fault: null,
    headers: new Map(),
    text: "",
    html: "",
    kept: [],
    attachments: [],
    files: [],
  };
  const parser = new MailParser({
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipImageLinks: true,
    skipTextLinks: true,
    keepDeliveryStatus: true,
  });
  return new Promise((resolve) => {
    const end = (fault: string | null) => {
      clearTimeout(timer);
      parts.fault ??= fault;
      resolve(parts);
      if (fault) parser.destroy();
    };
    const timer = setTimeout(() => end("took_too_long"), TIME_LIMIT_MS);
    parser.on("headers", (headers) => {
      parts.headers = headers;
    });
    parser.on("data", (part) => {
      // Thrown here, it would end the process: no caller above a stream catches it.
      try {
        takePart(parts, part);
      } catch {
        end("malformed");
      }
    });
    parser.on("error", (error: unknown) => end(faultOf(error)));
    parser.on("end", () => end(null));
    Readable.from(slicesOf(raw)).pipe(parser);
  });
}

/** Given all at once, a mail of fifty million empty lines would be two gigabytes of lines. */
function* slicesOf(raw: Buffer) {
  for (let at = 0; at < raw.length; at += SLICE) yield raw.subarray(at, at + SLICE);
}

function faultOf(error: unknown) {
  const { code, message = "" } = error as { code?: unknown; message?: string };
  if (code === "EMAXLEN") return /child|node/i.test(message) ? "too_many_parts" : "header_too_long";
  return "malformed";
}

function takePart(parts: MimeParts, part: AttachmentStream | MessageText) {
  if (part.type === "attachment") return takeAttachment(parts, part);
  parts.text = part.text || "";
  parts.html = String(part.html || "");
}

function takeAttachment(parts: MimeParts, part: AttachmentStream) {
  const type = String(part.contentType || "").toLowerCase(); // false where it cannot be read
  const isKept = KEPT.test(type) && parts.kept.length < MOST_KEPT;
  const name = String(part.filename || "");
  const mayReport = mayBeReport(name.trim(), type) && parts.files.length < MOST_REPORTS;
  const most = isKept ? LARGEST_KEPT : mayReport ? LARGEST_REPORT : 0;
  const chunks: Buffer[] = [];
  let size = 0;
  const stream = part.content as NodeJS.ReadableStream;
  stream.on("data", (chunk: Buffer) => {
    if (size < most) chunks.push(chunk.subarray(0, most - size));
    size += chunk.length;
  });
  stream.on("error", () => {
    parts.fault ??= "malformed";
    part.release();
  });
  stream.on("end", () => {
    if (isKept) parts.kept.push({ type, text: Buffer.concat(chunks).toString("utf8") });
    else if (parts.attachments.length < MOST_ATTACHMENTS) parts.attachments.push({ name, type, size });
    if (mayReport && !isKept) parts.files.push({ name, type, bytes: Buffer.concat(chunks) });
    part.release();
  });
}
