// What fields for days and for moments have in common: the month they open, as ARIA knows it. Weeks begin on Monday.

import { useDisclosure } from "@mantine/hooks";
import { useId } from "react";
import { perLanguage } from "../../language/per-language.ts";
import { languageCode, t } from "../../language/t.ts";

const ARIA_LABELS = perLanguage(
  () =>
    ({
      nextMonth: t("Next month"),
      previousMonth: t("Previous month"),
      nextYear: t("Next year"),
      previousYear: t("Previous year"),
      nextDecade: t("Next ten years"),
      previousDecade: t("Previous ten years"),
    }) as const,
);

/** `isInside`: in something that closes as soon as one presses outside of it. */
export function useMonth(isInside = false) {
  const id = useId();
  const [isOpen, { open, close }] = useDisclosure(false);
  return {
    id,
    role: "combobox",
    locale: languageCode(),
    firstDayOfWeek: 1,
    weekendDays: [] as [],
    hideOutsideDates: true,
    ariaLabels: ARIA_LABELS,
    clearButtonProps: { "aria-label": t("Clear") },
    // Escape closes the month first, and only then the dialog around it.
    "data-mantine-stop-propagation": isOpen,
    popoverProps: { id, withRoles: true, withinPortal: !isInside, onOpen: open, onClose: close },
  } as const;
}
