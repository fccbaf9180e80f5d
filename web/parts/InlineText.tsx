import { TextInput, Tooltip } from "@mantine/core";
import { useState } from "react";
import classes from "./InlineText.module.css";

type Props = {
  value: string;
  /** What it is, for whoever does not see where it stands. */
  label: string;
  /** Null where this person may not change it. */
  onSave: ((value: string) => Promise<unknown>) | null;
};

/** Text that becomes a field where it stands: Enter keeps it, Escape does not. */
export function InlineText({ value, label, onSave }: Props) {
  const [draft, setDraft] = useState<string | null>(null);
  if (!onSave) return <>{value}</>;
  const keep = () => {
    const next = draft?.trim();
    setDraft(null);
    if (next && next !== value) void onSave(next).catch(() => {}); // whoever saves says what went wrong
  };
  if (draft === null)
    return (
      <Tooltip label={`Change the ${label.toLowerCase()}`}>
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
