import { IconAlertTriangle } from "@tabler/icons-react";
import { t } from "../../../language/t.ts";
import type { Workflow } from "./queries.ts";
import classes from "./Workflows.module.css";

export function Warnings({ warnings }: Pick<Workflow, "warnings">) {
  if (warnings.length === 0) return null;
  return (
    <ul className={classes.warnings} aria-label={t("Warnings")}>
      {warnings.map(({ code, level, sentence }) => (
        <li key={code} data-level={level}>
          <IconAlertTriangle size="1rem" stroke={1.75} aria-hidden />
          {sentence}
        </li>
      ))}
    </ul>
  );
}
