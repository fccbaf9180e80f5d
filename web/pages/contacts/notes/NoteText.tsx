import { Combobox, Textarea, useCombobox } from "@mantine/core";
import { type KeyboardEvent, useRef, useState } from "react";
import { t } from "../../../language/t.ts";
import { type Asked, askedAt, type Colleague, matching, withMention } from "./mentioning.ts";
import classes from "./Notes.module.css";

type Props = {
  label: string;
  placeholder?: string;
  value: string;
  colleagues: readonly Colleague[];
  autoFocus?: boolean;
  minRows?: number;
  maxRows: number;
  onChange: (text: string) => void;
  onMention: (id: string) => void;
  onSend: () => void;
  onEscape?: () => void;
};

const MOST = 8;

/** A text in which `@` offers the colleagues to mention. */
export function NoteText({
  label,
  value,
  colleagues,
  onChange,
  onMention,
  onSend,
  onEscape,
  ...rest
}: Props) {
  const combobox = useCombobox();
  const field = useRef<HTMLTextAreaElement>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const found = asked ? matching(colleagues, asked.letters).slice(0, MOST) : [];
  const isOpen = combobox.dropdownOpened && found.length > 0;
  const look = () => {
    const { value: text = "", selectionStart = 0 } = field.current ?? {};
    const next = askedAt(text, selectionStart);
    setAsked(next);
    if (!next) return combobox.closeDropdown();
    combobox.openDropdown();
    combobox.selectFirstOption();
  };
  const pick = (id: string) => {
    const colleague = colleagues.find((one) => one.id === id);
    combobox.closeDropdown();
    if (!colleague || !asked) return;
    const { text, cursor } = withMention(value, asked, colleague.name);
    onChange(text);
    onMention(id);
    setAsked(null);
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(cursor, cursor);
    });
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      if (isOpen)
        event.stopPropagation(); // only the list closes
      else onEscape?.();
    }
    if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
    combobox.closeDropdown();
    event.preventDefault();
    onSend();
  };
  return (
    <Combobox store={combobox} position="bottom-start" width={280} withinPortal={false} onOptionSubmit={pick}>
      <Combobox.DropdownTarget>
        <div>
          <Combobox.EventsTarget withKeyboardNavigation={isOpen}>
            <Textarea
              ref={field}
              aria-label={label}
              autosize
              value={value}
              onChange={(event) => {
                onChange(event.currentTarget.value);
                look();
              }}
              onClick={look}
              onBlur={() => combobox.closeDropdown()}
              onKeyDown={press}
              {...rest}
            />
          </Combobox.EventsTarget>
        </div>
      </Combobox.DropdownTarget>
      <Combobox.Dropdown hidden={!isOpen}>
        <Combobox.Options aria-label={t("Teammates")}>
          {found.map(({ id, name }) => (
            <Combobox.Option key={id} value={id} className={classes.colleague}>
              {name}
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
