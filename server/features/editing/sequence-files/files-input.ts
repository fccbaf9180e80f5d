// Files as models. Where each thing stands in them is kept, for whatever is found wrong later.
//
// Run in a thread of its own (run-in-worker.ts). `onFile` is called before each file, so that the one to blame is known.

import {
  fieldFile,
  mailHead,
  rulesetFile,
  scheduleFile,
  sequenceFile,
  templateHead,
} from "@cadenza/contract";
import { hasFewTags, TOO_MANY_TAGS } from "@cadenza/contract/tags";
import type { z } from "zod";
import type {
  FieldModel,
  RulesetModel,
  ScheduleModel,
  SequenceModel,
  TemplateModel,
} from "../../../domain/sequences/file-model.ts";
import { splitMail, withUnixLines } from "../../../domain/sequences/mail-files.ts";
import { readWindows } from "../../../domain/time/windows.ts";
import { cleanHtml } from "../../../kernel/html.ts";
import { say } from "../../../kernel/say.ts";
import { subjectLine } from "../template-editing/write.ts";
import { fileFault } from "./file-fault.ts";
import { type LinesOfFile, lineAt } from "./lines-of-file.ts";
import { htmlOf } from "./markdown.ts";
import { rulesOfFile, sequenceModel } from "./sequence-input.ts";
import { typedYaml } from "./typed-yaml.ts";

export type GivenFile = { path: string; text: string };

export type FromFile<Model> = {
  key: string;
  path: string;
  model: Model;
  /** Where its keys stand, as the file writes them. */
  lines: LinesOfFile;
};

/** Where the text of a variant begins. */
type TextPlace = { path: string; line: number };

export type SequenceFromFile = FromFile<SequenceModel> & { texts: Map<string, TextPlace> };

export type FilesRead = {
  sequences: SequenceFromFile[];
  schedules: FromFile<ScheduleModel>[];
  rulesets: FromFile<RulesetModel>[];
  templates: FromFile<TemplateModel>[];
  fields: FromFile<FieldModel>[];
  /** Mails that no sequence names. */
  unused: string[];
};

/** Mails in Markdown, as HTML. */
type Written = Map<string, ReturnType<typeof htmlOf>>;
type Folder = { files: ReadonlyMap<string, string>; unused: Set<string>; written: Written };

const MOST_CHARACTERS = 8_000_000;
const SEGMENT = /^[\p{L}\p{N}_][\p{L}\p{M}\p{N} ._-]{0,99}$/u;
const KEY = /^[a-z0-9][a-z0-9-]{0,99}$/;

export function readFiles(given: readonly GivenFile[], onFile: (path: string) => void = () => {}): FilesRead {
  const files = new Map<string, string>();
  let characters = 0;
  for (const { path, text } of given) {
    refuseUnsafe(path);
    if (files.has(path)) throw fileFault(path, 1, say("is there twice"));
    characters += text.length;
    if (characters > MOST_CHARACTERS)
      throw fileFault(path, 1, say("with the files before it has more than 8,000,000 characters"));
    files.set(path, withUnixLines(text.replace(/^\uFEFF/, "")));
  }
  const read: FilesRead = {
    sequences: [],
    schedules: [],
    rulesets: [],
    templates: [],
    fields: [],
    unused: [],
  };
  const mails = new Set(
    [...files.keys()].filter((path) => /^sequences\/[^/]+\/[^/]+\.(?:md|html)$/.test(path)),
  );
  const unused = new Set(mails);
  const written: Written = new Map();
  for (const path of mails) {
    onFile(path);
    const split = splitMail(files.get(path) ?? "");
    if (split && path.endsWith(".md")) written.set(path, htmlOf(split.text));
  }
  for (const [path, text] of files) {
    if (mails.has(path)) continue;
    onFile(path);
    take(read, path, text, { files, unused, written });
  }
  for (const kind of [read.sequences, read.schedules, read.rulesets, read.templates, read.fields])
    refuseTwice(kind);
  return { ...read, unused: [...unused] };
}

function take(read: FilesRead, path: string, text: string, around: Folder) {
  const [folder = "", name = ""] = path.split("/");
  const isYaml = /\.ya?ml$/.test(path);
  const depth = path.split("/").length;
  if (folder === "sequences" && (/^sequences\/[^/]+\/sequence\.ya?ml$/.test(path) || (isYaml && depth === 2)))
    read.sequences.push(sequenceFrom(path, text, around));
  else if (folder === "schedules" && isYaml && depth === 2) read.schedules.push(scheduleFrom(path, text));
  else if (folder === "rulesets" && isYaml && depth === 2) read.rulesets.push(rulesetFrom(path, text));
  else if (folder === "fields" && isYaml && depth === 2) read.fields.push(fieldFrom(path, text));
  else if (folder === "templates" && /\.(?:md|html)$/.test(name) && depth === 2)
    read.templates.push(templateFrom(path, text));
  else
    throw fileFault(
      path,
      1,
      say(
        "is no file of a sequence. Known are sequences/<key>/sequence.yaml with its emails, and schedules, rulesets, templates and fields",
      ),
    );
}

function refuseUnsafe(path: string) {
  const segments = path.split("/");
  if (segments.includes("..") || path.startsWith("/") || path.includes("\\"))
    throw fileFault(path, 1, say("leads out of the folder"));
  const odd = segments.find((segment) => !SEGMENT.test(segment));
  if (odd !== undefined) throw fileFault(path, 1, say("has a name with signs that no file may have"));
}

function refuseTwice(files: readonly FromFile<unknown>[]) {
  const seen = new Map<string, string>();
  for (const { key, path, lines } of files) {
    const other = seen.get(key);
    if (other)
      throw fileFault(
        path,
        lineAt(lines, ["key"]),
        say("has the key `{key}`, as {other} has", { key, other }),
      );
    seen.set(key, path);
  }
}

function sequenceFrom(path: string, text: string, { files, unused, written }: Folder): SequenceFromFile {
  const { value, lines } = typedYaml(sequenceFile, path, text);
  const texts = new Map<string, TextPlace>();
  const model = sequenceModel(value, (variant, step, n) => {
    const at = ["steps", step, "variants", n];
    const fault = (why: string, name?: string) =>
      fileFault(path, lineAt(lines, name === undefined ? at : [...at, name]), why);
    const ways = [variant.mail, variant.template, variant.html ?? variant.markdown ?? variant.subject].filter(
      (way) => way !== undefined,
    );
    if (ways.length > 1 || (variant.html !== undefined && variant.markdown !== undefined))
      throw fault(say("a variant has one of `mail`, `template`, `html` and `markdown`"));
    if (variant.mail === undefined) {
      const line = lineAt(lines, [...at, variant.html === undefined ? "markdown" : "html"]);
      texts.set(`${step} ${n}`, { path, line });
      const html = variant.html ?? readMarkdown(withUnixLines(variant.markdown ?? ""), { path, line });
      return { subject: subjectLine(variant.subject ?? "") ?? "", html: mailHtml(html) };
    }
    const folder = /^(sequences\/[^/]+\/)sequence\.ya?ml$/.exec(path)?.[1];
    if (!SEGMENT.test(variant.mail))
      throw fault(say("`{mail}` leads out of the folder", { mail: variant.mail.slice(0, 60) }), "mail");
    const mailPath = `${folder ?? "sequences/"}${variant.mail}`;
    const mail = files.get(mailPath);
    if (mail === undefined) throw fault(say("there is no file {mailPath}", { mailPath }), "mail");
    unused.delete(mailPath);
    const { head, html, line } = mailFrom(mailHead, mailPath, mail, written);
    texts.set(`${step} ${n}`, { path: mailPath, line });
    return { subject: subjectLine(head.subject) ?? "", html };
  });
  return { key: value.key, path, model, lines, texts };
}

function mailFrom<Head extends z.ZodType>(schema: Head, path: string, text: string, written: Written) {
  const split = splitMail(text);
  if (!split)
    throw fileFault(
      path,
      1,
      say("has no head. Begin with a line of ---, then the subject, then a line of ---"),
    );
  const { value: head, lines } = typedYaml(schema, path, split.head, 2);
  const place = { path, line: split.textLine };
  const html = path.endsWith(".md") ? readMarkdown(split.text, place, written.get(path)) : split.text;
  if (html.length > 600_000) throw fileFault(path, split.textLine, say("has more than 600,000 characters"));
  if (!hasFewTags(html)) throw fileFault(path, split.textLine, TOO_MANY_TAGS);
  return { head, html: mailHtml(html), line: split.textLine, lines };
}

function readMarkdown(text: string, { path, line }: TextPlace, written = htmlOf(text)) {
  const { html, fault } = written;
  if (fault !== null) throw fileFault(path, line, fault);
  return html;
}

/** As a mail is stored. */
export function mailHtml(html: string) {
  return html === "" ? "" : cleanHtml(withUnixLines(html));
}

function scheduleFrom(path: string, text: string): FromFile<ScheduleModel> {
  const key = keyOfPath(path);
  const { value, lines } = typedYaml(scheduleFile, path, text);
  const { windows, fault } = readWindows(value.hours);
  if (!windows) throw fileFault(path, lineAt(lines, ["hours"]), `\`hours\` ${fault}`);
  const model = {
    name: value.name,
    timeZone: value.time_zone,
    useContactsTimeZone: value.use_contacts_time_zone,
    skipHolidays: value.skip_holidays,
    windows,
  };
  return { key, path, model, lines };
}

function rulesetFrom(path: string, text: string): FromFile<RulesetModel> {
  const key = keyOfPath(path);
  const { value, lines } = typedYaml(rulesetFile, path, text);
  const model = { name: value.name, ...rulesOfFile(value) };
  return { key, path, model, lines };
}

function templateFrom(path: string, text: string): FromFile<TemplateModel> {
  const key = keyOfPath(path);
  const { head, html, lines } = mailFrom(templateHead, path, text, new Map());
  const model = { name: head.name, subject: subjectLine(head.subject) ?? "", html, global: head.global };
  return { key, path, model, lines };
}

function fieldFrom(path: string, text: string): FromFile<FieldModel> {
  const key = keyOfPath(path);
  const { value, lines } = typedYaml(fieldFile, path, text);
  const { name, of, type, max_length, options } = value;
  return { key, path, model: { name, of, type, maxLength: max_length, options }, lines };
}

/** The name of the file is the key. */
function keyOfPath(path: string) {
  const key =
    path
      .split("/")
      .at(-1)
      ?.replace(/\.(?:ya?ml|md|html)$/, "") ?? "";
  if (!KEY.test(key))
    throw fileFault(
      path,
      1,
      say("must be named with small letters, digits and hyphens: the name is the key"),
    );
  return key;
}
