// A filled mail: subject, HTML and plain text for one contact, and the names of the variables without a value.
//
// Easy to get wrong: a value is never a template, so a contact called "{{email}}" stays called that, and it is escaped
// for its context. A line break in a subject would begin another header; and a link from a value must not run anything.
// Bodies and signatures come here cleaned (`cleanHtml`); what values add is escaped or removed here.

import { say } from "../../kernel/say.ts";
import type { DrawnFor } from "./alternatives.ts";
import { isThere } from "./liquid.ts";
import { civilMoment } from "./mail-dates.ts";
import type { MailFacts } from "./mail-facts.ts";
import { type TemplateFault, TemplateUnreadable } from "./mail-fault.ts";
import { fillTemplate, readyTemplate, type TemplateField } from "./mail-template.ts";
import { plainTextOf } from "./plain-text.ts";
import { unescaped } from "./template-parts.ts";
import type { Need } from "./translation.ts";
import { type VariableInputs, variableValueAt } from "./variable-scope.ts";

/** A mail as a user wrote it. */
export type WrittenMail = { subject: string | null; bodyHtml: string | null };

/** Whom it is for, and when, in the zone whose days and hours it tells. */
export type For = { facts: MailFacts; now: Temporal.Instant; zone: string; drawnFor: DrawnFor };

type ComposedMail = {
  subject: string;
  html: string;
  text: string;
  missing: string[];
  /** How many different mails the alternatives of its texts make. */
  versions: number;
};
export type ComposeFault = TemplateFault & { in: TemplateField };
export type ComposeResult = { mail: ComposedMail; fault: null } | { mail: null; fault: ComposeFault };

export function composeMail(written: WrittenMail & For & { signatureHtml?: string | null }): ComposeResult {
  const told = tellingOf(written);
  let kind: TemplateField = "subject";
  try {
    const readySubject = readyTemplate(kind, written.subject ?? "");
    const subject = fillTemplate(readySubject, told);
    kind = "body";
    const ready = readyTemplate(kind, written.bodyHtml ?? "");
    const body = fillTemplate(ready, told);
    const linked = ready.translation.fillsLinks ? withoutUnsafeLinks(body.text) : body.text;
    const html = signed(linked, written.signatureHtml ?? "");
    const missing = [...subject.missing.union(body.missing)];
    const versions = readySubject.translation.versions * ready.translation.versions;
    return {
      mail: { subject: oneLine(subject.text), html, text: plainTextOf(html), missing, versions },
      fault: null,
    };
  } catch (error) {
    return { mail: null, fault: faultFrom(error, kind) };
  }
}

type Gaps = { missing: string[]; fault: null } | { missing: null; fault: ComposeFault };

/** Which variables have no value, without composing where the template is plain enough to tell. */
export function gapsIn(written: WrittenMail & For): Gaps {
  const told = tellingOf(written);
  const missing = new Set<string>();
  let kind: TemplateField = "subject";
  try {
    for (kind of ["subject", "body"] as const) {
      const source = kind === "subject" ? written.subject : written.bodyHtml;
      const ready = readyTemplate(kind, source ?? "");
      const { isPlain, needs } = ready.translation;
      const gaps = isPlain ? unmet(needs, told) : fillTemplate(ready, told).missing;
      for (const name of gaps) missing.add(name);
    }
    return { missing: [...missing], fault: null };
  } catch (error) {
    return { missing: null, fault: faultFrom(error, kind) };
  }
}

function tellingOf({ facts, now, zone, drawnFor }: For): VariableInputs {
  return { facts, at: civilMoment(now, zone), drawnFor };
}

function unmet(needs: readonly Need[], told: VariableInputs) {
  return needs
    .filter(({ reference, when }) => {
      const isReached = when.every(
        (guard) => isThere(variableValueAt(told, guard.reference)) === guard.isThere,
      );
      return isReached && variableValueAt(told, reference) === null;
    })
    .map(({ reference }) => reference.name);
}

function faultFrom(error: unknown, kind: TemplateField): ComposeFault {
  if (error instanceof TemplateUnreadable) return { ...error.fault, in: kind };
  // Thrown on, one value of one contact would stop the mails of every team behind it.
  return { code: "unreadable", sentence: say("The value cannot be computed."), in: kind };
}

/** One header line, and nothing in it that a mail program would decode. */
function oneLine(subject: string) {
  return subject
    .replace(/[\p{Cc}\u2028\u2029]/gu, " ")
    .replace(/ {2,}/g, " ")
    .replaceAll("=?", "= ?")
    .trim();
}

const SAFE = new Set(["http", "https", "mailto", "tel", "cid"]);

/** Templates were cleaned before values came into their links. */
function withoutUnsafeLinks(html: string) {
  return html.replace(/(\s(?:href|src)=")([^"]*)"/gi, (whole, opening: string, address: string) => {
    const bare = unescaped(address).replace(/[\p{Cc}\p{Cf}\s]+/gu, "");
    const scheme = /^([^:/?#]*):/.exec(bare)?.[1]?.toLowerCase();
    const isUnsafe = (scheme !== undefined && !SAFE.has(scheme)) || /^[\\/]{2}/.test(bare);
    return isUnsafe ? `${opening}"` : whole;
  });
}

function signed(html: string, signatureHtml: string) {
  return signatureHtml.trim() === "" ? html : `${html}<br /><div>${signatureHtml}</div>`;
}

/** The subject of a mail that answers another one. */
export function replying(subject: string, parentSubject: string) {
  const own = subject.trim();
  if (own !== "") return own;
  return /^re:/i.test(parentSubject) ? parentSubject : `Re: ${parentSubject}`;
}
