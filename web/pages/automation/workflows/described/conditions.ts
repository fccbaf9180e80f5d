// Which contacts a workflow takes, as a sentence may say it. Each becomes a filter of the workflow. What is denied ("unless …") is
// left to the user: it is told as not understood, never as its opposite.

import { t } from "../../../../language/t.ts";
import type { WorkflowTemplate } from "../templates/template.ts";
import type { Rule } from "./rule.ts";

export type Condition = { filters: NonNullable<WorkflowTemplate["filters"]>; says: () => string };

/** A word that turns the meaning of what follows around. */
const DENIED =
  /\b(?:unless|except|not|außer|sei denn|nicht|kein|sauf|moins que|pas|salvo|excepto|menos que|no)\b[^.;,|]{0,40}$/iu;

/** Followed by a text in quotation marks, or by one word. */
const CONTAINS =
  /^ (?:contains?|includes?|enthält|contient|comprend|contiene|incluye) (?:["'“”„«»‘’] ?([^"'“”„«»‘’]{1,80}?) ?["'“”«»‘’]|([\p{L}\p{N}-]{2,40}))/iu;
const IS_CONTAINED = /^ (?:["'“”„«»‘’] ?([^"'“”„«»‘’]{1,80}?) ?["'“”«»‘’]|([\p{L}\p{N}-]{2,40})) enthält/iu;

const PHONE =
  /^(?: an?| einer?| une?| una?| el| le)? (?:phone(?: number)?|telefonnummer|(?:numéro de )?téléphone|(?:número de )?teléfono)/iu;

const always = (words: readonly RegExp[], meaning: Condition): Rule<Condition> => ({
  words,
  notBehind: DENIED,
  means: () => meaning,
});

const VERIFIED: Condition = {
  filters: { email_statuses: ["verified"] },
  says: () => t("Only with a verified email address"),
};

const titled = (_: unknown, found?: RegExpExecArray | null): Condition => {
  const words = (found?.[1] ?? found?.[2] ?? "").trim();
  return { filters: { q_title: words }, says: () => t("Only if the title contains “{words}”", { words }) };
};

export const CONDITIONS: readonly Rule<Condition>[] = [
  {
    words: [/\b(?:(?:job )?title|jobtitel|titel|position|titre|poste|cargo|título|puesto)\b/iu, CONTAINS],
    notBehind: DENIED,
    means: titled,
  },
  {
    words: [/\b(?:jobtitel|titel|position)\b/iu, IS_CONTAINED],
    notBehind: DENIED,
    means: titled,
  },
  always([/\b(?:without|ohne|sans|sin)\b/iu, PHONE], {
    filters: { has_phone_number: false },
    says: () => t("Only without a phone number"),
  }),
  always([/\b(?:with|has|have|mit|hat|haben|avec|ont|con|tienen?)\b/iu, PHONE], {
    filters: { has_phone_number: true },
    says: () => t("Only with a phone number"),
  }),
  always(
    [/\b(?:verified|geprüfte[nrs]?|verifizierte[nrs]?)\b/iu, /^ (?:e-?mails?(?: address)?|adresse)/iu],
    VERIFIED,
  ),
  always(
    [/\b(?:e-?mail|adresse|correo|dirección)/iu, /^ (?:is |est |es )?(?:verified|vérifiée?|verificad[oa])/iu],
    VERIFIED,
  ),
];
