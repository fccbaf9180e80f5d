// What the bar of chosen rows says about them, for each kind of row.

import { t } from "../../language/t.ts";

type SelectedWords = { label: () => string; chosen: (n: number) => string; all: (n: number) => string };

const WORDS = {
  contact: {
    label: () => t("Selected contacts"),
    chosen: (n) => t("{n, plural, one {# contact} other {# contacts}}", { n }),
    all: (n) => t("{n, plural, one {# contact that matches} other {All # contacts that match}}", { n }),
  },
  company: {
    label: () => t("Selected companies"),
    chosen: (n) => t("{n, plural, one {# company} other {# companies}}", { n }),
    all: (n) => t("{n, plural, one {# company that matches} other {All # companies that match}}", { n }),
  },
  person: {
    label: () => t("Selected people"),
    chosen: (n) => t("{n, plural, one {# person} other {# people}}", { n }),
    all: (n) => t("{n, plural, one {# person who matches} other {All # people that match}}", { n }),
  },
  deal: {
    label: () => t("Selected deals"),
    chosen: (n) => t("{n, plural, one {# deal} other {# deals}}", { n }),
    all: (n) => t("{n, plural, one {# deal that matches} other {All # deals that match}}", { n }),
  },
  email: {
    label: () => t("Selected emails"),
    chosen: (n) => t("{n, plural, one {# email} other {# emails}}", { n }),
    all: (n) => t("{n, plural, one {# email that matches} other {All # emails that match}}", { n }),
  },
  task: {
    label: () => t("Selected tasks"),
    chosen: (n) => t("{n, plural, one {# task} other {# tasks}}", { n }),
    all: (n) => t("{n, plural, one {# task that matches} other {All # tasks that match}}", { n }),
  },
  sequence: {
    label: () => t("Selected sequences"),
    chosen: (n) => t("{n, plural, one {# sequence} other {# sequences}}", { n }),
    all: (n) => t("{n, plural, one {# sequence that matches} other {All # sequences that match}}", { n }),
  },
} satisfies Record<string, SelectedWords>;

export type RowNoun = keyof typeof WORDS;

export const selectedWords = (noun: RowNoun): SelectedWords => WORDS[noun];
