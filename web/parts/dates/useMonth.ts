// What fields for days and for moments have in common: the month they open, as ARIA knows it. Weeks begin on Monday.

import { useDisclosure } from "@mantine/hooks";
import { useId } from "react";

const ARIA_LABELS = {
  nextMonth: "Next month",
  previousMonth: "Previous month",
  nextYear: "Next year",
  previousYear: "Previous year",
  nextDecade: "Next ten years",
  previousDecade: "Previous ten years",
} as const;

/** `isInside`: in something that closes as soon as one presses outside of it. */
export function useMonth(isInside = false) {
  const id = useId();
  const [isOpen, { open, close }] = useDisclosure(false);
  return {
    id,
    role: "combobox",
    firstDayOfWeek: 1,
    weekendDays: [] as [],
    hideOutsideDates: true,
    ariaLabels: ARIA_LABELS,
    clearButtonProps: { "aria-label": "Clear" },
    // Escape closes the month first, and only then the dialog it stands in.
    "data-mantine-stop-propagation": isOpen,
    popoverProps: { id, withRoles: true, withinPortal: !isInside, onOpen: open, onClose: close },
  } as const;
}
