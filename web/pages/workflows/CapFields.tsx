import { NumberInput } from "@mantine/core";
import type { Workflow } from "./queries.ts";
import classes from "./Workflows.module.css";

type Caps = Workflow["caps"];

const CAPS = [
  { cap: "per_run", label: "A run" },
  { cap: "per_day", label: "A day" },
  { cap: "per_owner", label: "A day, of one owner's" },
] as const;

/** `onChange` null: to be looked at only. */
export function CapFields({ caps, onChange }: { caps: Caps; onChange: ((caps: Caps) => void) | null }) {
  return (
    <div className={classes.three}>
      {CAPS.map(({ cap, label }) => (
        <NumberInput
          key={cap}
          label={label}
          placeholder="No limit"
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
