import { Checkbox, Select } from "@mantine/core";
import type { KeyboardEvent, ReactNode } from "react";
import { t } from "../language/t.ts";
import { useDraftPlace } from "./draft-place.ts";
import { factNotSent, type WhyNotSaved } from "./fact-saved.ts";
import type { Choice, WordsInput } from "./facts/fact.ts";
import { useWords } from "./facts/use-words.ts";
import { WordsControl } from "./facts/WordsControl.tsx";
import classes from "./InlineField.module.css";

type Common = {
  label: string;
  /** What stands beside the value: copying it, for one. */
  beside?: ReactNode;
};

/** Nothing where another part of the page says how it went. */
type Saving = Promise<WhyNotSaved> | undefined;

type Editable = WordsInput & {
  /** The record that it belongs to: what is typed is kept under it. Several fields of one record with the same label need their own. */
  recordId: string;
  onSave: (value: string) => Saving;
  /** Reads the value again: a teammate may have changed it. */
  read?: () => Promise<string>;
};

type Props = Common &
  (
    | Editable
    | {
        kind: "choice";
        value: string | null;
        choices: readonly Choice[];
        mayClear?: boolean;
        onSave: (value: string) => Saving;
      }
    | { kind: "yesNo"; value: boolean; onSave: (value: boolean) => Saving }
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
            if (next !== props.value) void told(props.onSave(next ?? ""));
          }}
        />
      );
    case "yesNo":
      return (
        <Checkbox
          className={classes.check ?? ""}
          aria-label={props.label}
          checked={props.value}
          onChange={(event) => void told(props.onSave(event.currentTarget.checked))}
        />
      );
    default:
      return <Words {...props} />;
  }
}

/** A choice shows what is saved, so a message says why another one is not. */
async function told(saving: Saving) {
  const why = await saving;
  if (why) factNotSent(why);
}

type WordsProps = Common & Editable;

function Words({ recordId, label, kind = "text", value, says, onSave, read }: WordsProps) {
  const place = useDraftPlace(recordId, label);
  const { draft, why, open, type, close, keep } = useWords(place, value, onSave, read);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.preventDefault();
      close();
    }
    if (event.key === "Enter" && (kind !== "lines" || event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      void keep();
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
        onClick={open}
      >
        {says || value || t("Add")}
      </button>
    );
  return (
    <WordsControl
      kind={kind}
      label={label}
      draft={draft}
      onDraft={type}
      className={classes.input ?? ""}
      {...(why !== null && { why })}
      onBlur={() => void keep()}
      onKeyDown={onKeyDown}
    />
  );
}
