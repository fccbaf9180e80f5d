// The page of the docs that lists what a mail may say, made from the table it is filled from.

import { FILTERS, OPERATORS, TAGS } from "./liquid-words.ts";
import { namesOf, type Source, VARIABLES } from "./variables.ts";

const FORMS: readonly [string, string][] = [
  ["{{first_name}}", "the value; without one the mail is not sent, and says which variable is missing"],
  ["{{first_name|there}}", "the value, or the text behind the bar"],
  ["{{#if first_name}}Hi {{first_name}}{{#else}}Hello{{#endif}}", "one text or the other"],
  ["{{#if first_name}}{{#endif}}", "the value, or nothing"],
  ["{{title->lowercase}}", "the value changed: what may stand behind the arrow is listed below"],
  [
    "{{now_weekday->plus_2}}",
    "a day two working days on (`minus_2`: back); months and years by their own kind",
  ],
  [
    "{{contact.favourite_sport}}",
    'the custom field "Favourite Sport" of the contact; of the company, `account.`',
  ],
  ['{{ first_name | default: "there" | upcase }}', "Liquid, with the tags and filters below"],
];

const SOURCES: Record<Source, string> = {
  contact: "The contact",
  account: "Their company",
  sender: "Who sends",
  sequence: "The sequence and its mail",
  now: "The day it is sent, where the contact is",
};

export function variablesPage(): string {
  const words = (list: Iterable<string>) => [...list].map((word) => `\`${word}\``).join(", ");
  const cell = (text: string) => text.replaceAll("|", "\\|");
  const table = (source: Source) =>
    VARIABLES.filter((variable) => variable.source === source).map((variable) => {
      const [name = "", ...others] = namesOf(variable);
      return `| \`{{${name}}}\` | ${variable.meaning} | ${cell(variable.example)} | ${words(others)} |`;
    });
  return [
    "# Variables in mails",
    "",
    "Made from `server/domain/variables.ts` by `npm run generate`.",
    "",
    "| written | becomes |",
    "|---|---|",
    ...FORMS.map(([form, meaning]) => `| \`${cell(form)}\` | ${meaning} |`),
    "",
    "A value is always text: it is escaped where it stands, and never read as a template itself.",
    "",
    "A mail is composed right before it leaves. If it does not leave on that try (the mail server puts it off, the mailbox cannot be",
    "reached, a limit is reached at the last moment), it is composed again for the next one, with a new `Date:`. A mail in doubt that",
    "is sent once more keeps its words, because the contact may have read them, and gets a new `Date:` as well.",
    "",
    ...(Object.keys(SOURCES) as Source[]).flatMap((source) => [
      `## ${SOURCES[source]}`,
      "",
      "| variable | meaning | for example | also written |",
      "|---|---|---|---|",
      ...table(source),
      "",
    ]),
    "## Operators, tags and filters",
    "",
    `Behind \`->\`: ${words([...Object.keys(OPERATORS), "plus_2", "minus_2"])}.`,
    "",
    `Tags: ${words([...Object.keys(TAGS), "raw", "comment"])}.`,
    "",
    `Filters: ${words(FILTERS)}.`,
    "",
  ].join("\n");
}
