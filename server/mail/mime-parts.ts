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

/** Those of them that are files to a person too. */
const OFFERED = /^(?:message\/(?:rfc822|global)|text\/calendar)$/;

export type KeptPart = { type: string; text: string };
/** `position`: among all parts of the email that are no text of it, so that it is found again. */
type AttachedPart = { position: number; name: string; type: string; size: number; isInline: boolean };
export type MimeParts = {
  fault: string | null;
  headers: Headers;
  text: string;
  html: string;
  kept: KeptPart[];
  attachments: AttachedPart[];
  /** Files that may be reports, as they came. */
  files: FilePart[];
  /** The one that was asked for, whole. */
  wanted: Buffer | null;
};

/** Of an email of which nothing was read, yet or for that reason. */
export function noParts(fault: string | null): MimeParts {
  return {
    fault,
    headers: new Map(),
    text: "",
    html: "",
    kept: [],
    attachments: [],
    files: [],
    wanted: null,
  };
}

/** `wanted`: the position of an attachment whose bytes are asked for. */
export async function readParts(raw: Buffer, wanted: number | null = null): Promise<MimeParts> {
  const { MailParser } = await import("mailparser"); // large, and only who reads needs it
  const parts = noParts(null);
  let position = 0;
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
        if (part.type === "attachment") {
          takeAttachment(parts, part, { position, isWanted: position === wanted });
          position++;
        } else takeText(parts, part);
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

function takeText(parts: MimeParts, part: MessageText) {
  parts.text = part.text || "";
  parts.html = String(part.html || "");
}

type Place = { position: number; isWanted: boolean };

function takeAttachment(parts: MimeParts, part: AttachmentStream, { position, isWanted }: Place) {
  const type = String(part.contentType || "").toLowerCase(); // false where it cannot be read
  const isKept = KEPT.test(type) && parts.kept.length < MOST_KEPT;
  const name = String(part.filename || "");
  const mayReport = mayBeReport(name.trim(), type) && parts.files.length < MOST_REPORTS;
  const most = isWanted ? Number.POSITIVE_INFINITY : mostOf(isKept, mayReport);
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
    const bytes = Buffer.concat(chunks);
    if (isWanted) parts.wanted = bytes;
    if (isKept) parts.kept.push({ type, text: bytes.toString("utf8") });
    if (parts.attachments.length < MOST_ATTACHMENTS && (!isKept || OFFERED.test(type)))
      parts.attachments.push({ position, name, type, size, isInline: isInText(part) });
    if (mayReport && !isKept) parts.files.push({ name, type, bytes });
    part.release();
  });
}

function mostOf(isKept: boolean, mayReport: boolean) {
  return isKept ? LARGEST_KEPT : mayReport ? LARGEST_REPORT : 0;
}

/** A picture that the text shows, a logo under a signature mostly. */
function isInText({ related, contentDisposition, cid }: AttachmentStream) {
  if (contentDisposition === "attachment") return false;
  return related === true || (contentDisposition === "inline" && cid !== undefined);
}
