import { Radio } from "@mantine/core";
import type { ReactNode } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { ScopePicker } from "./ScopePicker.tsx";
import type { AccessFields, Reach } from "./wish.ts";

const REACHES: { value: Reach; label: string; description: string }[] = perLanguage(() => [
  {
    value: "some",
    label: t("Only the calls I choose"),
    description: t("Best for a program that does one thing."),
  },
  {
    value: "read",
    label: t("Read everything, change nothing"),
    description: t("For reports and dashboards."),
  },
  {
    value: "master",
    label: t("Full access (master key)"),
    description: t("Includes users, keys and settings. Keep it safe like a password."),
  },
]);

/** Refuses a key that may do nothing. */
export function refuseNone(scopes: readonly string[], { reach }: AccessFields) {
  return reach === "some" && scopes.length === 0 ? t("Choose at least one call.") : null;
}

type Props = { value: AccessFields; onChange: (change: Partial<AccessFields>) => void; error: ReactNode };

/** What a key may do, for a new one and for one that is there. */
export function AccessChoice({ value: { reach, scopes }, onChange, error }: Props) {
  return (
    <>
      <Radio.Group
        label={t("Access")}
        value={reach}
        onChange={(chosen) => onChange({ reach: chosen as Reach })}
      >
        <div className="stack" style={{ gap: 8 }}>
          {REACHES.map((one) => (
            <Radio key={one.value} {...one} />
          ))}
        </div>
      </Radio.Group>
      {reach === "some" && (
        <div>
          <ScopePicker value={scopes} onChange={(chosen) => onChange({ scopes: chosen })} />
          {error && (
            <p role="alert" className="small" style={{ marginTop: 4, color: "var(--bad)" }}>
              {error}
            </p>
          )}
        </div>
      )}
    </>
  );
}
