import { MultiSelect, Select, TextInput } from "@mantine/core";
import { type FocusEvent, type KeyboardEvent, useRef, useState } from "react";
import { t } from "../../language/t.ts";
import { type FactInput, type FactValue, wordsIn } from "../facts/fact.ts";
import { WordsControl } from "../facts/WordsControl.tsx";
import classes from "./Cells.module.css";
import type { After } from "./useCellEditing.ts";

type Props = {
  label: string;
  input: FactInput;
  /** What was typed before and refused, or the value as it stands. */
  begun: FactValue;
  isRefused: boolean;
  type: (value: FactValue) => void;
  save: (value: FactValue, after: After) => void;
  cancel: () => void;
};

/** A cell's value being changed: Enter and Tab save it, as does leaving; Escape does not. */
export function CellEditor({ label, input, begun, isRefused, type, save, cancel }: Props) {
  const [draft, setDraft] = useState(begun);
  const box = useRef<HTMLDivElement>(null);
  const isDone = useRef(false);
  const done = (act: () => void) => {
    if (isDone.current) return;
    isDone.current = true;
    act();
  };
  const onDraft = (value: FactValue) => {
    setDraft(value);
    type(value);
  };
  const keep = (value: FactValue, after: After) => done(() => save(value, after));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const act = meaningOf(event, input, box.current);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    if (act === "cancel") done(cancel);
    else keep(draft, act);
  };
  const onBlur = ({ target, relatedTarget }: FocusEvent) => {
    if (document.activeElement === target) return; // the window was left, and not the field
    const isBeside = relatedTarget instanceof Element && relatedTarget.closest("[data-portal]"); // its month, its choices
    if (isBeside || box.current?.contains(relatedTarget)) return;
    keep(draft, "left");
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it hears the keys of the field in it
    <div
      ref={box}
      className={classes.editor}
      data-kind={input.kind}
      onKeyDownCapture={onKeyDown}
      onBlur={onBlur}
    >
      <Control
        label={label}
        input={input}
        draft={draft}
        isRefused={isRefused}
        onDraft={onDraft}
        onChoose={(value) => keep(value, "stay")}
      />
    </div>
  );
}

function meaningOf(
  event: KeyboardEvent,
  { kind }: FactInput,
  box: HTMLElement | null,
): After | "cancel" | null {
  switch (event.key) {
    case "Escape":
      return "cancel";
    case "Tab": {
      const fields = [...(box?.querySelectorAll("input") ?? [])];
      const edge = event.shiftKey ? fields[0] : fields.at(-1);
      if (kind === "names" && event.target !== edge) return null;
      return event.shiftKey ? "previous" : "next";
    }
    case "Enter":
      if (event.ctrlKey || event.metaKey) return "stay";
      if (kind === "choice" || kind === "choices" || kind === "yesNo") return null; // takes what is marked
      return kind === "lines" && event.shiftKey ? null : "stay";
    default:
      return null;
  }
}

type ControlProps = Pick<Props, "label" | "input" | "isRefused"> & {
  draft: FactValue;
  onDraft: (draft: FactValue) => void;
  /** Chosen at once. */
  onChoose: (value: FactValue) => void;
};

function Control({ label, input, draft, isRefused, onDraft, onChoose }: ControlProps) {
  const classNames = { input: classes.input ?? "" };
  const common = { "aria-label": label, error: isRefused, classNames };
  switch (input.kind) {
    case "choice":
      return (
        <Select
          {...common}
          autoFocus
          defaultDropdownOpened
          data={[...input.choices]}
          value={wordsIn(draft) || null}
          searchable={input.choices.length > 7}
          allowDeselect={input.mayClear ?? false}
          onChange={(id) => onChoose(id ?? "")}
        />
      );
    case "yesNo":
      return (
        <Select
          {...common}
          autoFocus
          defaultDropdownOpened
          data={[
            { value: "yes", label: t("Yes") },
            { value: "no", label: t("No") },
          ]}
          value={draft === null ? null : draft === true ? "yes" : "no"}
          onChange={(word) => onChoose(word === null ? null : word === "yes")}
        />
      );
    case "choices":
      return (
        <MultiSelect
          {...common}
          autoFocus
          defaultDropdownOpened
          data={[...input.choices]}
          value={Array.isArray(draft) ? draft.map(String) : []}
          onChange={onDraft}
        />
      );
    case "names": {
      const words = Array.isArray(draft) ? draft.map(String) : [];
      return input.labels.map((name, place) => (
        <TextInput
          {...common}
          key={name}
          aria-label={name}
          autoFocus={place === 0}
          value={words[place] ?? ""}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => onDraft(words.with(place, event.currentTarget.value))}
        />
      ));
    }
    default:
      return (
        <WordsControl
          kind={input.kind ?? "text"}
          label={label}
          draft={typeof draft === "string" ? draft : ""}
          onDraft={onDraft}
          isRefused={isRefused}
          className={classes.input ?? ""}
        />
      );
  }
}
