// A template's text as it is stored: cleaned, with its plain text.

import { cleanHtml, textOf } from "../../../kernel/html.ts";
import type { TemplateValues } from "../../sequences/templates/store.ts";

export type TemplateWish = {
  id?: string | null | undefined;
  name?: string | null | undefined;
  subject?: string | null | undefined;
  bodyHtml?: string | null | undefined;
  isGlobal?: boolean | undefined;
  folderId?: string | null | undefined;
  creationType?: string | undefined;
};

export function blankTemplate(id: string, userId: string): TemplateValues {
  return {
    id,
    name: null,
    userId,
    subject: null,
    bodyHtml: null,
    bodyText: null,
    isGlobal: false,
    folderId: null,
    creationType: "manual",
  };
}

/** What a wish leaves out stays. */
export function templateAfter(template: TemplateValues, wish: TemplateWish): TemplateValues {
  const bodyHtml =
    wish.bodyHtml === undefined ? template.bodyHtml : wish.bodyHtml && cleanHtml(wish.bodyHtml);
  return {
    id: template.id,
    userId: template.userId,
    name: wish.name === undefined ? template.name : wish.name?.trim() || null,
    subject: wish.subject === undefined ? template.subject : subjectLine(wish.subject),
    bodyHtml,
    bodyText: wish.bodyHtml === undefined ? template.bodyText : bodyHtml && textOf(bodyHtml),
    isGlobal: wish.isGlobal ?? template.isGlobal,
    folderId: wish.folderId === undefined ? template.folderId : wish.folderId,
    creationType: wish.creationType ?? template.creationType,
  };
}

// A subject is one header line: a line break in it would begin another.
export function subjectLine(subject: string | null) {
  return subject?.replace(/[\p{Cc}\u2028\u2029]+/gu, " ").trim() ?? null;
}
