// What a writer should know about an email before it leaves: its length, and what readers and spam filters dislike. Advice only:
// nothing here keeps an email from being sent.

import { t } from "../../../language/t.ts";
import { riskyPhrases } from "./risky-words.ts";

export type Measured = {
  subject: string;
  text: string;
  /** Addresses, as they stand in the email. */
  links: readonly string[];
  images: number;
  files: number;
  /** The first of a thread. */
  isFirst: boolean;
};

const WORDS_A_SECOND = 4; // slow readers take in 240 words a minute

export function sayLength({ text }: Measured) {
  const words = countWords(text);
  const seconds = Math.max(5, Math.round(words / WORDS_A_SECOND / 5) * 5);
  if (seconds < 60)
    return t("{words, plural, one {# word} other {# words}}, about {seconds} seconds to read", {
      words,
      seconds,
    });
  return t(
    "{words, plural, one {# word} other {# words}}, about {minutes, plural, one {# minute} other {# minutes}} to read",
    { words, minutes: Math.round(seconds / 60) },
  );
}

const MANY_WORDS = 150;
const LONG_SUBJECT = 60;
const MANY_LINKS = 2;

export function hintsFor(mail: Measured): string[] {
  return [...ofSubject(mail), ...ofText(mail), ...ofLinks(mail)];
}

function ofSubject({ subject, isFirst }: Measured): string[] {
  const hints: string[] = [];
  const length = subject.trim().length;
  if (length > LONG_SUBJECT)
    hints.push(t("The subject has {length} characters. Phones show about 40.", { length }));
  if (isFirst && /^\s*(?:re|fwd?|aw|wg|rv|tr)\s*:/i.test(subject))
    hints.push(t("The subject looks like a reply, but this email starts a thread. Readers feel misled."));
  if (isShouted(subject)) hints.push(t("The subject is in capitals. Spam filters count that."));
  if (/!.*!/.test(subject)) hints.push(t("The subject has several exclamation marks."));
  return hints;
}

function ofText({ subject, text, images, files, isFirst }: Measured): string[] {
  const hints: string[] = [];
  const words = countWords(text);
  if (isFirst && words > MANY_WORDS)
    hints.push(t("{words} words are long for a first email. Try under {most}.", { words, most: MANY_WORDS }));
  const phrases = riskyPhrases(`${subject} \n ${text}`);
  if (phrases.length > 0)
    hints.push(
      t("Common in spam: {phrases}. Write it in other words.", {
        phrases: phrases.map((phrase) => `“${phrase}”`).join(", "),
      }),
    );
  if ((text.match(/!/g) ?? []).length > MOST_EXCLAIMED)
    hints.push(t("The text has more than {most} exclamation marks.", { most: MOST_EXCLAIMED }));
  if (images > 0 && words < images * WORDS_AN_IMAGE)
    hints.push(t("Much picture and little text. Many mail programs hide pictures at first."));
  if (isFirst && files > 0)
    hints.push(
      t("A first email with an attachment is often taken for spam. Link to the file, or send it later."),
    );
  return hints;
}

const MOST_EXCLAIMED = 2;
const WORDS_AN_IMAGE = 30;
// texts: not translated, these are hosts
const SHORTENERS = new Set(
  "bit.ly tinyurl.com goo.gl ow.ly is.gd t.co buff.ly rebrand.ly cutt.ly rb.gy".split(" "),
);

function ofLinks({ links, isFirst }: Measured): string[] {
  const hints: string[] = [];
  if (isFirst && links.length > MANY_LINKS)
    hints.push(
      t("{links} links in a first email. Spam filters look closely at more than {most}.", {
        links: links.length,
        most: MANY_LINKS,
      }),
    );
  const short = links.map(hostOf).find((host) => SHORTENERS.has(host));
  if (short)
    hints.push(
      t("Links of {short} hide where they lead and are often blocked. Use the full address.", { short }),
    );
  if (links.some((link) => /^http:/i.test(link)))
    hints.push(t("A link begins with http. Browsers warn of it: use https."));
  return hints;
}

export function hostOf(link: string) {
  return /^https?:\/\/(?:www\.)?([^/?#:]+)/i.exec(link)?.[1]?.toLowerCase() ?? "";
}

const countWords = (text: string) => text.match(/[\p{L}\p{N}][^\s]*/gu)?.length ?? 0;

/** Words of four letters and more, at least two of them, and all in capitals. */
function isShouted(text: string) {
  const words = text.match(/\p{L}{4,}/gu) ?? [];
  return (
    words.length >= 2 && words.every((word) => word === word.toUpperCase() && word !== word.toLowerCase())
  );
}
