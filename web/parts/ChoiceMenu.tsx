import { Button, type ButtonProps, Combobox, useCombobox } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { t } from "../language/t.ts";
import { usePageKeys } from "./pageKeys.ts";

type Choice = { value: string; label: string };

type Props = {
  label: string;
  choices: readonly Choice[];
  /** What making a new one by the typed name is called, where that may be done. */
  newName?: string;
  isBusy?: boolean;
  onChoose: (value: string, label: string) => void;
  button?: ButtonProps;
  /** Opens it, from anywhere on the page. */
  pageKey?: string;
  /** The key beside the label. */
  hint?: ReactNode;
  /** Where there is room above and below: bars at the foot of a list open upwards. */
  position?: "top-start" | "bottom-start";
};

const NEW = "\u0000new";

/** A verb that asks for one of several things: pressed, chosen, done. */
export function ChoiceMenu(props: Props) {
  const {
    label,
    choices,
    newName,
    isBusy = false,
    onChoose,
    button,
    pageKey,
    hint,
    position = "top-start",
  } = props;
  const [typed, setTyped] = useState("");
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption();
      setTyped("");
    },
    onDropdownOpen: () => combobox.focusSearchInput(),
  });
  usePageKeys(pageKey ? { [pageKey]: () => combobox.openDropdown() } : {});
  const words = typed.trim().toLowerCase();
  const shown = choices.filter((choice) => choice.label.toLowerCase().includes(words));
  const isNew = newName && words && !choices.some((choice) => choice.label.toLowerCase() === words);
  const choose = (value: string) => {
    combobox.closeDropdown();
    if (value === NEW) onChoose("", typed.trim());
    else onChoose(value, choices.find((choice) => choice.value === value)?.label ?? "");
  };
  const find = newName ? t("Find, or type a new name") : t("Find");
  return (
    <Combobox
      store={combobox}
      width={248}
      position={position}
      // Lists that are closed would be in the page, and in the way of keys.
      keepMounted={false}
      // Beside its button, so that screen readers find it in the same part of the page.
      withinPortal={false}
      onOptionSubmit={choose}
    >
      <Combobox.Target withAriaAttributes={false}>
        <Button variant="default" loading={isBusy} onClick={() => combobox.toggleDropdown()} {...button}>
          {label}
          {hint}
        </Button>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          aria-label={find}
          placeholder={find}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            combobox.updateSelectedOptionIndex();
          }}
        />
        <Combobox.Options aria-label={label} mah="min(18rem, 45vh)" style={{ overflowY: "auto" }}>
          {shown.map((choice) => (
            <Combobox.Option key={choice.value} value={choice.value}>
              {choice.label}
            </Combobox.Option>
          ))}
          {isNew && (
            <Combobox.Option value={NEW}>
              {newName} “{typed.trim()}”
            </Combobox.Option>
          )}
          {shown.length === 0 && !isNew && <Combobox.Empty>{t("No results.")}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
