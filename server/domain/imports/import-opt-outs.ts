// Which columns of a file say that people have opted out, and what a cell of such a column says. An opt-out that another tool
// has kept holds here too.
//
// Easy to get wrong: a file says it under many names, in several columns at once (one for each kind of mail), and with a date or
// a reason instead of a yes. So a column is known by the words in its name, all of them count, and whatever is no clear no is
// taken for a yes.

import type { ImportColumn } from "./import-columns.ts";

export const OPT_OUT_FIELDS: ReadonlySet<string> = new Set(["do_not_contact", "email_unsubscribed"]);

/** `HasOptedOutOfEmail`, `UNSUB_TIME` and `Opted-out` in words. */
export function inWords(text: string) {
  const parted = text.normalize("NFKC").replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2");
  return parted
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

const FROM_MAILS = [
  ...["unsub", "unsubscri", "opt out", "opts out", "opted out", "opting out", "optout", "optedout"],
  ...["do not email", "do not mail", "do not e mail", "dont email", "don t email", "donotemail", "donotmail"],
  ...["stop email", "stop mail", "never email", "no emails", "exclude from mail", "exclude from email"],
  ...["abgemeldet", "abbestellt", "abmeldung", "désabonn", "desabonn", "désinscri", "desinscri", "desuscri"],
  ...[
    "dado de baja",
    "cancelado da lista",
    "uitgeschreven",
    "afgemeld",
    "avregistrert",
    "avmeldt",
    "afmeldt",
  ],
  ...["avprenumer", "wypisan", "odhlášen", "disiscri", "отпис", "配信停止", "수신거부", "退订"],
];

const FROM_ALL = [
  ...["do not contact", "dont contact", "don t contact", "donotcontact", "never contact", "dnc"],
  ...[
    "do not call",
    "dont call",
    "don t call",
    "donotcall",
    "do not text",
    "do not disturb",
    "contact restriction",
  ],
  ...[
    "clean time",
    "clean campaign",
    "blacklist",
    "black list",
    "blocklist",
    "block list",
    "suppress",
    "nicht kontaktieren",
    "kontaktsperre",
  ],
  ...[
    "werbesperre",
    "nicht anrufen",
    "werbewiderspruch",
    "ne pas contacter",
    "no contactar",
    "non contattare",
  ],
  ...[
    "não contatar",
    "niet contacteren",
    "niet benaderen",
    "ikke kontakt",
    "kontakta inte",
    "nie kontaktować",
  ],
];

/** Words in names of columns that concern opt-outs, but don't hold a contact's own. */
const ABOUT = new Set(["link", "url", "token", "rate", "count", "number", "template", "footer", "fax"]);

/** The field that a column of this name goes to, if its name reads like an opt-out. */
export function optOutNamed(name: string): "do_not_contact" | "email_unsubscribed" | null {
  const words = inWords(name);
  if (words.split(" ").some((word) => ABOUT.has(word))) return null;
  if (FROM_ALL.some((phrase) => begins(words, phrase))) return "do_not_contact";
  return FROM_MAILS.some((phrase) => begins(words, phrase)) ? "email_unsubscribed" : null;
}

/** At the beginning of a word; one that is written without spaces (`emailoptout`) may have it further behind. */
function begins(words: string, phrase: string) {
  if (` ${words}`.includes(` ${phrase}`)) return true;
  return phrase.length >= 6 && !phrase.includes(" ") && words.includes(phrase);
}

const CONSENT = [
  ...["subscribed", "opt in", "opted in", "optin", "optedin", "accepts marketing", "accepts email"],
  ...[
    "accepts newsletter",
    ...[
      "consent",
      "permission",
      "newsletter",
      "einwilligung",
      "toestemming",
      "consentement",
      "consentimiento",
    ],
    ...["can email", "can be emailed", "may email", "may be emailed", "ok to email", "okay to email"],
    ...["allow email", "allows email", "email allowed", "contactable", "emailable", "mailable"],
  ],
];

/** Names of columns in which a no is an opt-out. */
function isConsentNamed(name: string) {
  const words = inWords(name);
  return CONSENT.some((phrase) => begins(words, phrase)) && optOutNamed(name) === null;
}

/** Last words in the names of columns that hold the status of a contact in another tool. An opt-out is one of the values there. */
const STATUS = ["status", "state", "category", "disposition", "outcome", "lead status", "last state"];

function isStatusNamed(name: string) {
  const words = inWords(name).split(" ");
  return STATUS.includes(words.at(-1) ?? "") && optOutNamed(name) === null && !isConsentNamed(name);
}

/**
 * The field that a status goes to if one of its values is an opt-out. `guess` is where its name would lead: a `state` with the value
 * `unsubscribed` is not one of a country.
 */
export function optOutOfStatus(
  { name, readsAsOptOut }: { name: string; readsAsOptOut: boolean },
  guess: string | null,
  keepsOptOuts: boolean,
) {
  const isIt = readsAsOptOut && isStatusNamed(name) && !isHeard(guess, keepsOptOuts);
  return isIt ? "email_unsubscribed" : null;
}

/** `COMPLETED` says nothing; `UNSUBSCRIBED`, `emailsUnsubscribed` and `Opted out by phone` do. */
function readStatus(cell: string): OptOutCell {
  const words = inWords(cell);
  const isOut =
    SAYS_OUT.has(words) ||
    BLOCKED.has(words) ||
    [...FROM_MAILS, ...FROM_ALL].some((one) => begins(words, one));
  return isOut && !NO.has(words) ? "yes" : "no";
}

const BLOCKED = new Set(["blocked", "block"]);

const NO = new Set([
  ...[
    "",
    "no",
    "n",
    "false",
    "f",
    "0",
    "0 0",
    "off",
    "none",
    "never",
    "null",
    "nil",
    "na",
    "n a",
    "undefined",
  ],
  ...[
    "not opted out",
    "not unsubscribed",
    "not blocked",
    "subscribed",
    "opted in",
    "opt in",
    "optin",
    "unchecked",
  ],
  ...["nein", "falsch", "non", "faux", "nej", "nei", "não", "nao", "nie", "falso", "いいえ", "нет"],
]);
const YES = new Set([
  ...[
    "yes",
    "y",
    "true",
    "t",
    "1",
    "1 0",
    "x",
    "on",
    "checked",
    "ja",
    "wahr",
    "oui",
    "vrai",
    "sí",
    "si",
    "sì",
  ],
  ...["sim", "verdadero", "verdadeiro", "vero", "tak", "はい", "да", "✓", "✔"],
]);
const SAYS_OUT = new Set([
  ...[
    "unsubscribed",
    "unsubscribe",
    "unsub",
    "opted out",
    "opt out",
    "optout",
    "optedout",
    "dnc",
    "do not contact",
  ],
  ...["do not email", "do not mail", "do not call", "blacklisted", "blocklisted", "suppressed", "no consent"],
  ...["abgemeldet", "désabonné", "desabonné", "désinscrit", "uitgeschreven", "avmeldt", "wypisany"],
]);
const LONGEST_WORD = 40;

/** Whether a cell, in any column, says by itself that the contact has opted out. */
export function saysOptOut(cell: string) {
  return (
    cell.length <= LONGEST_WORD && MAY_SAY.has(cell.slice(0, 2).toLowerCase()) && SAYS_OUT.has(inWords(cell))
  );
}

const MAY_SAY = new Set([...SAYS_OUT].map((words) => words.slice(0, 2)));

export type OptOutCell = "yes" | "no" | "unclear";

/** What stands under a name of consent where there is none. */
const REFUSED = new Set([
  ...["denied", "refused", "declined", "rejected", "withdrawn", "revoked", "not given", "not granted"],
  ...["not allowed", "not permitted", "verweigert", "widerrufen", "refusé", "retiré", "denegado", "negato"],
]);

/** What a cell of a column that goes to an opt-out says. A date says since when. */
export function readOptOut(name: string, cell: string): OptOutCell {
  if (isStatusNamed(name)) return readStatus(cell);
  const isConsent = isConsentNamed(name);
  if (isConsent && REFUSED.has(inWords(cell))) return "yes";
  const said = readWord(cell);
  if (!isConsent || said === "unclear" || SAYS_OUT.has(inWords(cell))) return said;
  return inWords(cell) !== "" && said === "no" && !SUBSCRIBED.has(inWords(cell)) ? "yes" : "no";
}

const SUBSCRIBED = new Set(["subscribed", "opted in", "opt in", "optin"]);

function readWord(cell: string): OptOutCell {
  const words = inWords(cell);
  if (NO.has(words) || /^0{1,4} 0{1,2} 0{1,4}( 0+)*$/.test(words))
    return words === "" && cell.trim() !== "" ? mark(cell) : "no";
  if (YES.has(words) || SAYS_OUT.has(words) || /^\d{1,4} \d{1,2} \d{1,4}\b/.test(words)) return "yes";
  return mark(cell);
}

const mark = (cell: string): OptOutCell =>
  /^[✓✔☑]$/u.test(cell.trim()) ? "yes" : /^[-–—.[\]{}()]+$/u.test(cell.trim()) ? "no" : "unclear";

/** Of several columns, the one that says most. */
export function strongerOf(one: OptOutCell | undefined, other: OptOutCell): OptOutCell {
  if (one === "yes" || other === "yes") return "yes";
  return one === "unclear" || other === "unclear" ? "unclear" : "no";
}

/** Watches the cells of one column for what reads like an opt-out. */
export function optOutWatch(name: string) {
  const isConsent = isConsentNamed(name) || isStatusNamed(name);
  return (cell: string) =>
    saysOptOut(cell.trim()) || (isConsent && cell.length <= LONGEST_WORD && readOptOut(name, cell) === "yes");
}

/** Where opt-outs are read besides: their cells are words of lists, stages and statuses. */
const READ_ALSO: ReadonlySet<string> = new Set(["label_names", "contact_stage_name", "email_status"]);

type Placed = { name: string; field: string | null; foundBy: "name" | "content" | "mapping" | null };

/** Columns that look like an opt-out, are matched to no field that keeps one, and were not assigned by the user. */
const isHeard = (field: string | null, keepsOptOuts: boolean) =>
  field !== null && (OPT_OUT_FIELDS.has(field) || (keepsOptOuts && READ_ALSO.has(field)));

export function unheardOptOuts(
  columns: readonly (Pick<ImportColumn, "name"> & { readsAsOptOut: boolean })[],
  placed: readonly Placed[],
  keepsOptOuts: boolean,
) {
  return columns.flatMap(({ name, readsAsOptOut }, at) => {
    const { field, foundBy } = placed[at] ?? { field: null, foundBy: null };
    if (foundBy === "mapping" || !readsAsOptOut) return [];
    return isHeard(field, keepsOptOuts) ? [] : [name];
  });
}
