import { TextInput, Tooltip } from "@mantine/core";
import { useState } from "react";
import { inSentence } from "../language/formats.ts";
import { t } from "../language/t.ts";
import classes from "./InlineText.module.css";

type Props = {
  value: string;
  /** The field's name, for screen readers. */
  label: string;
  /** Null where this person may not change it. */
  onSave: ((value: string) => Promise<unknown>) | null;
};

/** Text that becomes a field in place: Enter saves it, Escape does not. */
export function InlineText({ value, label, onSave }: Props) {
  const [draft, setDraft] = useState<string | null>(null);
  if (!onSave) return <>{value}</>;
  const keep = () => {
    const next = draft?.trim();
    setDraft(null);
    if (next && next !== value) void onSave(next).catch(() => {}); // the caller of onSave reports what went wrong
  };
  if (draft === null)
    return (
      <Tooltip label={t("Change the {label}", { label: inSentence(label) })}>
        <button type="button" className={classes.text} onClick={() => setDraft(value)}>
          {value}
        </button>
      </Tooltip>
    );
  return (
    <TextInput
      aria-label={label}
      value={draft}
      maxLength={300}
      autoFocus
      classNames={{ input: classes.input }}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === "Enter") keep();
        if (event.key === "Escape") setDraft(null);
      }}
    />
  );
}
