// The page of the docs that lists what a mail may say, made from the table it is filled from.

import { FILTERS, LIQUID_OPERATORS, TAGS } from "./liquid-words.ts";
import { namesOf, TEMPLATE_VARIABLES, type VariableSource } from "./variables.ts";

const FORMS: readonly [string, string][] = [
  ["{{first_name}}", "the value; if it is missing, the email is not sent and names the missing variable"],
  ["{{first_name|there}}", "the value, or the text after the bar"],
  ["{{#if first_name}}Hi {{first_name}}{{#else}}Hello{{#endif}}", "one text or the other"],
  ["{{#if first_name}}{{#endif}}", "the value, or nothing"],
  ["{{title->lowercase}}", "the changed value; the operators after the arrow are listed below"],
  [
    "{{now_weekday->plus_2}}",
    "the day two working days later (`minus_2`: earlier); months and years change by months and years",
  ],
  [
    "{{contact.favourite_sport}}",
    'the custom field "Favourite Sport" of the contact; of the company, `account.`',
  ],
  [
    "{Hi|Hello|Good morning}",
    "one of the texts; a contact always gets the same one of a step (alternatives, also called spintax)",
  ],
  ['{{ first_name | default: "there" | upcase }}', "Liquid, with the tags and filters below"],
];

const SOURCES: Record<VariableSource, string> = {
  contact: "The contact",
  account: "Their company",
  sender: "The sender",
  sequence: "The sequence and its email",
  now: "The day of sending, in the contact's time zone",
};

export function variablesPage(): string {
  const words = (list: Iterable<string>) => [...list].map((word) => `\`${word}\``).join(", ");
  const cell = (text: string) => text.replaceAll("|", "\\|");
  const table = (source: VariableSource) =>
    TEMPLATE_VARIABLES.filter((variable) => variable.source === source).map((variable) => {
      const [name = "", ...others] = namesOf(variable);
      return `| \`{{${name}}}\` | ${variable.meaning} | ${cell(variable.example)} | ${words(others)} |`;
    });
  return [
    "# Variables in emails",
    "",
    "Made from `server/domain/templates/variables.ts` by `npm run generate`.",
    "",
    "| you write | the email says |",
    "|---|---|",
    ...FORMS.map(([form, meaning]) => `| \`${cell(form)}\` | ${meaning} |`),
    "",
    "A value is always text: it is escaped, and never read as a template itself.",
    "",
    "Alternatives are drawn by contact and step, so a preview shows what this contact gets, and an email that is sent later keeps",
    "its words. They may hold variables, formatting, conditions and other alternatives, and one of them may be empty: `{|Hi, }`.",
    "They begin and end in the same paragraph. Braces without a bar are plain text; `{% raw %}{a|b}{% endraw %}` prints a choice",
    "as it is written. A subject and its body are drawn apart.",
    "",
    "An email is composed right before it is sent. If that attempt fails (the mail server asks to try later, the mailbox cannot be",
    "reached, a limit is reached at the last moment), it is composed again for the next attempt, with a new `Date:`. An email with",
    "unconfirmed delivery that is sent again keeps its text, because the contact may have read it, and gets a new `Date:`.",
    "",
    "The step editor marks a name that no variable and no field has, and says which one is probably meant. Over the API, previews list",
    "them as `unknown_variables`.",
    "",
    "*Preview for ten contacts* beside the steps shows an email, or all emails of the sequence, as ten contacts would get them. Those whose",
    "email would fail come first, each with the reason, such as a variable without a value. Over the API, `preview_mails` of a sequence",
    "answers the same.",
    "",
    ...(Object.keys(SOURCES) as VariableSource[]).flatMap((source) => [
      `## ${SOURCES[source]}`,
      "",
      "| variable | meaning | for example | also written |",
      "|---|---|---|---|",
      ...table(source),
      "",
    ]),
    "## Operators, tags and filters",
    "",
    `After \`->\`: ${words([...Object.keys(LIQUID_OPERATORS), "plus_2", "minus_2"])}.`,
    "",
    `Tags: ${words([...Object.keys(TAGS), "raw", "comment"])}.`,
    "",
    `Filters: ${words(FILTERS)}.`,
    "",
  ].join("\n");
}
