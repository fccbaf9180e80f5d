import { Checkbox, Select } from "@mantine/core";
import { type KeyboardEvent, type ReactNode, useState } from "react";
import { t } from "../language/t.ts";
import type { Choice, WordsInput } from "./facts/fact.ts";
import { WordsControl } from "./facts/WordsControl.tsx";
import classes from "./InlineField.module.css";

type Common = {
  label: string;
  /** What stands beside the value: copying it, for one. */
  beside?: ReactNode;
};

type Props = Common &
  (
    | (WordsInput & { onSave: (value: string) => void })
    | {
        kind: "choice";
        value: string | null;
        choices: readonly Choice[];
        mayClear?: boolean;
        onSave: (value: string) => void;
      }
    | { kind: "yesNo"; value: boolean; onSave: (value: boolean) => void }
  );

/** One fact, edited in place: Enter or leaving saves it, Escape does not. */
export function InlineField(props: Props) {
  return (
    <div className={classes.field}>
      <dt>{props.label}</dt>
      <dd>
        <Value {...props} />
        {props.beside}
      </dd>
    </div>
  );
}

function Value(props: Props) {
  switch (props.kind) {
    case "choice":
      return (
        <Select
          aria-label={props.label}
          variant="unstyled"
          classNames={{ input: classes.select ?? "" }}
          placeholder={t("Choose")}
          data={[...props.choices]}
          value={props.value}
          searchable={props.choices.length > 7}
          allowDeselect={props.mayClear ?? false}
          rightSectionWidth={0}
          rightSection={<span />}
          onChange={(next) => {
            if (next !== props.value) props.onSave(next ?? "");
          }}
        />
      );
    case "yesNo":
      return (
        <Checkbox
          className={classes.check ?? ""}
          aria-label={props.label}
          checked={props.value}
          onChange={(event) => props.onSave(event.currentTarget.checked)}
        />
      );
    default:
      return <Words {...props} />;
  }
}

type WordsProps = Common & WordsInput & { onSave: (value: string) => void };

function Words({ label, kind = "text", value, says, onSave }: WordsProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const keep = () => {
    if (draft === null) return;
    const next = draft.trim();
    setDraft(null);
    if (next !== value.trim()) onSave(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.preventDefault();
      setDraft(null);
    }
    if (event.key === "Enter" && (kind !== "lines" || event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      keep();
    }
  };
  if (draft === null)
    return (
      <button
        type="button"
        className={classes.words}
        data-empty={value === "" || undefined}
        data-lines={kind === "lines" || undefined}
        aria-label={
          says || value
            ? t("{label}: {says}. Change", { label, says: says || value })
            : t("{label}: Add", { label })
        }
        onClick={() => setDraft(value)}
      >
        {says || value || t("Add")}
      </button>
    );
  return (
    <WordsControl
      kind={kind}
      label={label}
      draft={draft}
      onDraft={setDraft}
      className={classes.input ?? ""}
      onBlur={keep}
      onKeyDown={onKeyDown}
    />
  );
}
