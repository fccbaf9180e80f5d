import { t } from "../../language/t.ts";
import type { FactInput, FactValue } from "./fact.ts";

/** Any value of a fact in words: one that is not saved too. */
export function sayValue(input: FactInput, value: FactValue): string {
  if (value === null || value === "") return "";
  if (typeof value === "boolean") return value ? t("Yes") : t("No");
  if (input.kind === "names") return [value].flat().join(" ").trim();
  if (input.kind !== "choice" && input.kind !== "choices") return String(value);
  const name = (id: string) => input.choices.find((choice) => choice.value === id)?.label ?? id;
  return [value].flat().map(name).join(", ");
}
