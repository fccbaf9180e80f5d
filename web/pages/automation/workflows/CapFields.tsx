import { NumberInput } from "@mantine/core";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import type { Workflow } from "./queries.ts";
import classes from "./Workflows.module.css";

type Caps = Workflow["caps"];

const CAPS = perLanguage(
  () =>
    [
      { cap: "per_run", label: t("Per run") },
      { cap: "per_day", label: t("Per day") },
      { cap: "per_owner", label: t("Per day and owner") },
    ] as const,
);

/** `onChange` null: to be looked at only. */
export function CapFields({ caps, onChange }: { caps: Caps; onChange: ((caps: Caps) => void) | null }) {
  return (
    <div className={classes.three}>
      {CAPS.map(({ cap, label }) => (
        <NumberInput
          key={cap}
          label={label}
          placeholder={t("No limit")}
          min={1}
          max={100_000}
          allowDecimal={false}
          value={caps[cap] ?? ""}
          disabled={onChange === null}
          onChange={(value) =>
            onChange?.({ ...caps, [cap]: typeof value === "number" && value > 0 ? value : null })
          }
        />
      ))}
    </div>
  );
}
