import type { Locator } from "playwright-core";

/** One of a few: beside each other where the page has room, and in a list that unfolds where it has none. */
export async function chooseOne(within: Locator, label: string, choice: string) {
  const beside = within.getByRole("radiogroup", { name: label, exact: true });
  const folded = within.getByRole("combobox", { name: label, exact: true });
  await beside.or(folded).first().waitFor();
  if (await beside.count()) return void (await beside.getByText(choice, { exact: true }).click());
  await folded.click();
  await within.page().getByRole("option", { name: choice, exact: true }).click();
}
