import { TextInput, Tooltip } from "@mantine/core";
import { useRef, useState } from "react";
import { inSentence } from "../language/formats.ts";
import { t } from "../language/t.ts";
import { useDraftPlace } from "./draft-place.ts";
import classes from "./InlineText.module.css";
import { type Begun, readBegun, writeKept } from "./kept-storage.ts";

type Props = {
  /** The record whose name it is: what is typed is kept under it. */
  recordId: string;
  value: string;
  /** The field's name, for screen readers. */
  label: string;
  /** Null where this person may not change it. */
  onSave: ((value: string) => Promise<unknown>) | null;
};

/** Text that becomes a field in place: Enter saves it, Escape does not. It stays open until it is saved; a reload does not lose it. */
export function InlineText({ recordId, value, label, onSave }: Props) {
  const place = useDraftPlace(recordId, label);
  const [begun, setBegun] = useState(() => readBegun<string>(place));
  const draft = begun?.mine ?? null;
  const isSaving = useRef(false);
  if (!onSave) return <>{value}</>;
  const write = (next: Begun<string> | null) => {
    setBegun(next);
    writeKept(place, next);
  };
  const close = () => write(null);
  const type = (text: string) => write({ base: begun?.base ?? value, mine: text });
  // Where another user has saved another text since, it is shown beside one's own.
  const saved = begun && begun.base !== value ? t("Saved now: {value}", { value }) : undefined;
  const keep = async () => {
    const next = draft?.trim();
    if (!next || next === value) return close();
    if (isSaving.current) return;
    isSaving.current = true;
    await onSave(next).then(close, () => {}); // the caller of onSave reports what went wrong
    isSaving.current = false;
  };
  if (draft === null)
    return (
      <Tooltip label={t("Change the {label}", { label: inSentence(label) })}>
        <button type="button" className={classes.text} onClick={() => setBegun({ base: value, mine: value })}>
          {value}
        </button>
      </Tooltip>
    );
  return (
    <TextInput
      aria-label={label}
      value={draft}
      description={saved}
      inputWrapperOrder={["input", "description"]}
      maxLength={300}
      autoFocus
      classNames={{ input: classes.input }}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => type(event.currentTarget.value)}
      onBlur={() => void keep()}
      onKeyDown={(event) => {
        if (event.key === "Enter") void keep();
        if (event.key === "Escape") close();
      }}
    />
  );
}
