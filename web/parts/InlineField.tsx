import { Checkbox, Select } from "@mantine/core";
import type { KeyboardEvent, ReactNode } from "react";
import { t } from "../language/t.ts";
import { useDraftPlace } from "./draft-place.ts";
import type { NotSaved } from "./fact-saved.ts";
import type { Choice, FactValue, WordsInput } from "./facts/fact.ts";
import { sayValue } from "./facts/say-value.ts";
import { useWords } from "./facts/use-words.ts";
import { useChoosing } from "./facts/useChoosing.tsx";
import { WordsControl } from "./facts/WordsControl.tsx";
import classes from "./InlineField.module.css";

type Common = {
  label: string;
  /** What stands beside the value: copying it, for one. */
  beside?: ReactNode;
};

type Editable = WordsInput & {
  /** The record that it belongs to: what is typed is kept under it. Several fields of one record with the same label need their own. */
  recordId: string;
  /** `shown`: what stood there before. */
  onSave: (value: string, shown: string) => Promise<NotSaved>;
};

type Chosen = {
  kind: "choice";
  value: string | null;
  choices: readonly Choice[];
  mayClear?: boolean;
  onSave: (value: string, shown: FactValue) => Promise<NotSaved>;
};

type Ticked = {
  kind: "yesNo";
  value: boolean | null;
  onSave: (value: boolean, shown: FactValue) => Promise<NotSaved>;
};

type Props = Common & (Editable | Chosen | Ticked);

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
      return <OneOfSeveral {...props} />;
    case "yesNo":
      return <YesNo {...props} />;
    default:
      return <Words {...props} />;
  }
}

function OneOfSeveral(props: Common & Chosen) {
  const { label, value, choices, mayClear = false, onSave } = props;
  const { shown, choose, note } = useChoosing({ saved: value, onSave, say: (one) => sayValue(props, one) });
  return (
    <div>
      <Select
        aria-label={label}
        variant="unstyled"
        classNames={{ input: classes.select ?? "" }}
        placeholder={t("Choose")}
        data={[...choices]}
        value={typeof shown === "string" ? shown || null : null}
        searchable={choices.length > 7}
        allowDeselect={mayClear}
        rightSectionWidth={0}
        rightSection={<span />}
        onChange={(next) => {
          if ((next ?? "") !== (shown ?? "")) choose(next ?? "");
        }}
      />
      {note}
    </div>
  );
}

function YesNo(props: Common & Ticked) {
  const { shown, choose, note } = useChoosing({
    saved: props.value,
    onSave: props.onSave,
    say: (one) => sayValue(props, one),
  });
  return (
    <div>
      <Checkbox
        className={classes.check ?? ""}
        aria-label={props.label}
        checked={shown === true}
        onChange={(event) => choose(event.currentTarget.checked)}
      />
      {note}
    </div>
  );
}

type WordsProps = Common & Editable;

function Words({ recordId, label, kind = "text", value, says, onSave }: WordsProps) {
  const place = useDraftPlace(recordId, label);
  const { draft, why, open, type, close, keep } = useWords(place, value, onSave);
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
