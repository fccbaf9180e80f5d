import "@mantine/core/styles/Chip.css";
import { Chip, Group, Input } from "@mantine/core";
import { useId } from "react";
import { t } from "../../../language/t.ts";
import { usePageKeys } from "../../../parts/pageKeys.ts";
import classes from "./CallForm.module.css";

type Props = {
  outcomes: readonly { id: string; name: string }[];
  value: string | null;
  error: string | null;
  onChange: (id: string) => void;
};

/** How the call went. Digits choose: the first outcome is 1. */
export function Outcomes({ outcomes, value, error, onChange }: Props) {
  const label = useId();
  const shown = outcomes.slice(0, 9);
  usePageKeys(Object.fromEntries(shown.map(({ id }, n) => [String(n + 1), () => onChange(id)])));
  return (
    <Input.Wrapper label={t("Outcome")} labelElement="div" labelProps={{ id: label }} error={error}>
      <Chip.Group value={value} onChange={(id) => onChange(String(id))}>
        <Group gap={6} role="radiogroup" aria-labelledby={label} mt={4}>
          {outcomes.map(({ id, name }, n) => (
            <Chip key={id} value={id} size="sm" variant="outline">
              {name}
              {n < shown.length && (
                <span className={classes.digit} aria-hidden="true">
                  {n + 1}
                </span>
              )}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </Input.Wrapper>
  );
}
