import { VisuallyHidden } from "@mantine/core";
import type { ReactNode } from "react";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import classes from "./Count.module.css";
import { REACHED } from "./ReachedRows.tsx";

type Props = { n: number; stepId?: string; children: ReactNode };

/** A number of contacts, alone or with its bar: pressed, it shows them. */
export function ReachedCount({ n, stepId, children }: Props) {
  const [, change] = useAddress();
  if (n === 0) return children;
  return (
    <button
      type="button"
      className={classes.count}
      onClick={() => change({ kind: REACHED, step: stepId, open: undefined })}
    >
      {children}
      <VisuallyHidden>{t("contacts reached. Show contacts")}</VisuallyHidden>
    </button>
  );
}
