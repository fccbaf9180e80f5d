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

const EMPLOYEES =
  /^ (?:people|staff|mitarbeite|beschäftigte|employ[eé]|salarié|collaborateurs|empleados|trabajadores)\p{L}*/iu;

const SIZE = /^ (\d{1,3}(?:[., {2}]\d{3}){1,2}|\d{1,9})/u;
const SIZE_TO_SIZE =
  /\b(\d{1,3}(?:[., {2}]\d{3}){1,2}|\d{1,9}) ?(?:-|–|to|and|bis|und|à|et|a|y) ?(\d{1,3}(?:[., {2}]\d{3}){1,2}|\d{1,9})(?!\d)/u;

const sizeIn = (text = "") => Number(text.replace(/\D/g, ""));

const sized = (min: number | null, max: number | null): Condition => ({
  filters: { organization_num_employees_ranges: [`${min ?? ""},${max ?? ""}`] },
  says: () => {
    if (max === null) return t("Only companies with {min, number} employees or more", { min: min ?? 0 });
    return min === null
      ? t("Only companies with at most {max, number} employees", { max })
      : t("Only companies with {min, number} to {max, number} employees", { min, max });
  },
});

/** "More than 50 employees" begins at 51. */
const COMPANY = /\b(?:compan(?:y|ies)|firm(?:a|en|s)?|unternehmen|entreprises?|sociétés?|empresas?)\b/iu;

/** With the company that it is said of, where there is one. */
const bySize = (
  words: readonly RegExp[],
  means: (...found: readonly (RegExpExecArray | null)[]) => Condition,
): Rule<Condition>[] => [
  { words: [COMPANY, ...words, EMPLOYEES], notBehind: DENIED, means: (_, ...found) => means(...found) },
  { words: [...words, EMPLOYEES], notBehind: DENIED, means },
];

const byBound = (bound: RegExp, meaning: (size: number) => Condition) =>
  bySize([bound, SIZE], (_, size) => meaning(sizeIn(size?.[1])));

function inIndustry(_: unknown, found?: RegExpExecArray | null): Condition {
  const words = (found?.[1] ?? found?.[2] ?? "").trim();
  return {
    filters: { q_industry: words },
    says: () => t("Only if the industry contains “{words}”", { words }),
  };
}

export const CONDITIONS: readonly Rule<Condition>[] = [
  ...bySize([SIZE_TO_SIZE], (found) => sized(sizeIn(found?.[1]), sizeIn(found?.[2]))),
  ...byBound(/\b(?:more than|over|above|mehr als|über|plus de|más de)\b/iu, (size) => sized(size + 1, null)),
  ...byBound(/\b(?:at least|mindestens|ab|au moins|al menos)\b/iu, (size) => sized(size, null)),
  ...byBound(/\b(?:fewer than|less than|under|below|weniger als|unter|moins de|menos de)\b/iu, (size) =>
    sized(null, Math.max(0, size - 1)),
  ),
  ...byBound(/\b(?:at most|up to|höchstens|bis zu|au plus|jusqu'à|como máximo|hasta)\b/iu, (size) =>
    sized(null, size),
  ),
  {
    words: [/\b(?:industry|branche|secteur|sector|industria)\b/iu, CONTAINS],
    notBehind: DENIED,
    means: inIndustry,
  },
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
