import { Button } from "@mantine/core";
import { useMemo, useState } from "react";
import { t } from "../language/t.ts";
import type { GroupedRow } from "./alike.ts";

/** Which groups of like lines are open; kept while the list is on the screen. */
export function useOpenGroups() {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  return useMemo(
    () => ({
      open,
      toggle: (group: string) =>
        setOpen((now) => new Set(now.has(group) ? [...now].filter((one) => one !== group) : [...now, group])),
    }),
    [open],
  );
}

type Props = { line: GroupedRow<unknown>; groups: ReturnType<typeof useOpenGroups> };

/** Says how many more lines tell the same, and opens them. */
export function AndMore({ line: { group, more, goesOn }, groups }: Props) {
  if (more === 0) return null;
  const isOpen = groups.open.has(group);
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      aria-expanded={isOpen}
      onClick={(event) => {
        event.stopPropagation(); // the row itself opens something else
        groups.toggle(group);
      }}
    >
      {isOpen
        ? t("Show less")
        : goesOn
          ? t("and {more, number} or more like this", { more })
          : t("and {more, number} more like this", { more })}
    </Button>
  );
}
