// How the steps of a sequence are looked at: written one below the other, on a calendar, or as a map.

import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";

export type StepsView = "editor" | "calendar" | "map";

export const VIEWS: readonly { value: StepsView; label: string }[] = perLanguage(() => [
  { value: "editor", label: t("Editor") },
  { value: "calendar", label: t("Calendar") },
  { value: "map", label: t("Map") },
]);

export function viewOf(name: string | undefined): StepsView {
  return VIEWS.find(({ value }) => value === name)?.value ?? "editor";
}
