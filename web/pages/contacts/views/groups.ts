// What tables of records can be grouped by.

import { t } from "../../../language/t.ts";

export type GroupChoice = {
  value: string;
  label: string;
  /** What the records without a value are called. */
  none: string;
};

const GROUPS = {
  stage: () => ({ label: t("Stage"), none: t("No stage") }),
  owner: () => ({ label: t("Owner"), none: t("No owner") }),
  company: () => ({ label: t("Company"), none: t("No company") }),
  industry: () => ({ label: t("Industry"), none: t("No industry") }),
};

type GroupName = keyof typeof GROUPS;

export function groupChoices(names: readonly GroupName[]): GroupChoice[] {
  return names.map((value) => ({ value, ...GROUPS[value]() }));
}
