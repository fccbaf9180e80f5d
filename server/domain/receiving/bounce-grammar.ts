// What a refusal is about, by who is named and what is said of them, in English, in which nearly all servers speak.
//
// Servers put the same few nouns and verbs together in ever new ways: "address no longer exists", "all recipients are
// invalid", "unknown local-part". Whole phrases miss the next one. Easy to get wrong: "invalid address" is also said of
// the sender's, so a noun that belongs to the sender never stands for the recipient.

import type { Find } from "../basics/phrases.ts";

/** A sign that belongs to a word; a word that ends a sentence ends the thought too. */
const between = (most: number, but: string) =>
  String.raw`(?:\s+(?!(?:${but}|[45]\d\d)\b)[^\s]*[^\s.;!?]){0,${most}}?\s+`;

const PERSON =
  "users?|recipients?|(?:recipient |user )?(?:e-?mail )?address(?:es)?|mailbox(?:es)?|account|addressee|alias|local[- ]part";
/** "Your account", "the sender's email address", "from address": up to two words stand between whose it is and the noun. */
const SENDERS =
  "sender|senders|sender's|sending|from|your|our|return|envelope|reply-to|originating|authenticated|smtp|relay|trial|client|source";
const NOT_THE_SENDERS = String.raw`(?<!\b(?:${SENDERS}|host|server|ip|header|too many)\s{1,3}(?:[\w-]{1,20}\s{1,3}){0,2})`;
const SENDER = [
  String.raw`(?:${SENDERS})\s{1,3}(?:e-?mail\s{1,3})?(?:address|account|mailbox|user)`,
  "sender(?:'s)?(?: address| domain| email)?|mail ?from|return[- ]path|helo|ehlo|from address|envelope from",
  "(?:your|client|sending|connecting|remote|source|originating) (?:ip|host|hostname|domain|server|address)(?: address)?",
  "ip(?: address)?|reverse (?:dns|name|lookup|hostname|record)(?: entry| record)?|rdns|ptr(?: record)?",
].join("|");

const GONE = [
  "(?:does |do |did |is |has )?(?:not|n't|no longer) (?:an? )?(?:exists?|found|valid|known|active|listed|activated)",
  "(?:is |are |was )?no longer (?:exists?|on|valid|available|active)|(?:doesn|isn|wasn)'t (?:exist|valid|found)",
  "(?:is |are |was |has been )?(?:unknown|invalid|terminated|deactivated|inactivated|inactive|closed|discontinued|unallocated|deleted|removed|retired)",
  "(?:is |are |was )?not (?:known|in use|set up|registered|recogni[sz]ed|assigned|allocated)|(?:has|have) moved away",
  "(?:is |are |was )?(?:gone|not here)(?: any ?more| any longer)?",
  "not in (?:\\w+ )?(?:list|directory)|(?:is )?not available here|marked as invalid",
].join("|");
/** What is gone for a while, or another thing that is gone. */
const PASSING =
  "temporar\\w*|currently|momentarily|presently|messages?|mails?|delivery|time|certificate|password|lifetime|queue";
const NOT_GONE = [
  "unknown|invalid|bad|no such|non-?existent|no valid|not a valid|wrong|illegal|inactive|deactivated|unavailable mail",
].join("|");
const FAULT = [
  "unknown|expired|terminated|deactivated|inactive|closed|suspended|reject\\w*|refus\\w*|denied|mismatch\\w*|black ?list\\w*|block(?:ed|listed)|listed|fake|forged|missing|invalid",
  "not (?:allowed|exist|found|in|permitted|valid|authori[sz]ed|configured)|(?:does|has|could) (?:not|no)\\b|doesn't|should|must|fail\\w*",
].join("|");
const MAIL = "messages?|mails?|e-?mail|content|mail data|data|headers?|attachments?|mime";
const FULL_WORDS =
  "full|over ?quota|exceed(?:s|ed|ing)?|exhausted|not enough|too many messages|limit reached|ueberschritten|uberschritten|zu ?viele";
const ROOM =
  "mailbox|account|user|recipient|maildir|mail ?folder|inbox|disk|storage|quota|space|benutzer|postfach|konto|speicher\\w*";

const anyOf = (...sources: readonly string[]) => {
  const search = new RegExp(sources.map((source) => `(?:${source})`).join("|"));
  return (words: string): Find | null => {
    const found = search.exec(withoutAddresses(words));
    return found && { language: "en", quote: found[0], at: found.index, end: found.index + found[0].length };
  };
};

/** An address has dots and words of its own; every sign keeps its place. */
const withoutAddresses = (words: string) =>
  words.replace(/\S{1,64}@[\w.-]{1,255}|[.…]{3}|[<>"'()[\]{},:/-]/g, (sign) =>
    sign.length > 1 && sign.includes("@")
      ? "x".repeat(sign.length)
      : sign === "'" || sign === "-"
        ? sign
        : " ".repeat(sign.length),
  );

const whole = (source: string) => String.raw`(?<![\w-])(?:${source})(?![\w-])`;

/** "Recipient address no longer exists", "all recipients are invalid", "unknown local-part". */
export const NOBODY_NAMED = anyOf(
  `${NOT_THE_SENDERS}${whole(PERSON)}${between(4, `${SENDER}|full|too|${PASSING}`)}${whole(GONE)}`,
  `${NOT_THE_SENDERS}${whole("(?:account|mailbox|address) (?:has |is )?expired")}`,
  whole(
    "(?:there is |we have )?no (?:account|user|mailbox|recipient|addressee|person|one) (?:with|by|of|named|called|under|here|at)",
  ),
  whole("nobody (?:here|by|with|called|named|of)|(?:person|somebody|someone) (?:\\w+ ){0,5}is not known"),
  String.raw`(?<!too many |[\w-])(?:${NOT_GONE})[\s-]+(?:mail |or \w+ |virtual |local )?(?:${PERSON})(?![\w-]|\s+(?:attempts?|error))`,
);

/** "Reverse DNS does not exist", "sender is blacklisted", "MAIL FROM mismatches", "has sent to too many recipients". */
export const SENDER_BLAMED = anyOf(
  `${whole(SENDER)}${between(5, PERSON)}${whole(FAULT)}`,
  `${whole("bad|fake|forged|missing|invalid|unknown|no|wrong")}\\s+${whole(SENDER)}`,
  whole(
    "has sent (?:to )?too many|(?:are|is) registered as \\w+|not (?:allowed|permitted|welcome) to (?:send|relay|mail|post)",
  ),
);

/** "Has exhausted allowed storage space", "disk quota has been exceeded", and no limit of the sender's. */
export const FULL = anyOf(
  whole("no (?:more )?(?:room|space)(?: left)?(?: in| on| for)?(?! (?:device|disk))"),
  `${NOT_THE_SENDERS}${whole(ROOM)}${between(5, SENDER)}${whole(FULL_WORDS)}`,
);

/** "Mail data refused", "content reject", "user refused to receive": somebody did not want this mail. */
export const MAIL_UNWANTED = anyOf(
  `${whole(MAIL)}${between(3, `${PERSON}|address`)}${whole("refused|reject(?:ed)?|denied|filtered|not accepted|bounced")}`,
  whole(
    `(?:user|recipient) (?:has )?(?:refused|refuses|declined) (?:to|your|this)|doesn't want|does not want`,
  ),
  whole(`(?:bounced|refused|rejected|blocked|prohibited) by (?:the )?(?:administrator|admin)`),
  whole("allowed rcpthosts"),
);

/** The same nouns where other languages say them, from their first letters. */
const PERSON_ABROAD = [
  "destin|adres|indirizz|direccion|endereco|usuari|utent|utilis|benutzer|empfanger|gebruiker|ontvanger|anvandar|mottagar",
  "bruker|bruger|mottaker|modtager|kayttaj|vastaanottaj|uzytkownik|odbior|uzivatel|prijemc|felhasznal|cimzett|alic[iı]",
  "casell|casill|buzon|caixa|boite|postfach|konto|konta|skrzynk|schrank|postilaatik|postkass|postvak|brevlad",
  "пользовател|получател|адрес|ящик|користувач|одержувач|ユーザ|宛先|メールボックス|用户|收件人|邮箱|사용자|수신자",
].join("|");

const RECIPIENT = new RegExp(`@|${whole(PERSON)}|(?<!\\p{L})(?:${PERSON_ABROAD})`, "u");

/**
 * Whether a bare 550 may be read as a mailbox that does not exist: it names the recipient, or says nothing at all. Other
 * words, in whatever language, may be about the sender, the mail or the server's day.
 */
export const maySpeakOfRecipient = (words: string) =>
  RECIPIENT.test(words) || (words.match(/\p{L}{2,}/gu) ?? []).length < 2;
