import { ActionIcon, Button, Combobox, ScrollArea, TextInput, useCombobox } from "@mantine/core";
import { IconBraces } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { Segmented } from "../../../parts/Segmented.tsx";
import { variablesQuery } from "./queries.ts";
import classes from "./VariablePicker.module.css";
import { asWritten, type Form, GROUPS, type TemplateVariable } from "./variable-forms.ts";

type Props = { into: string; onPick: (text: string) => void; isSmall?: boolean };

/** What a mail can name, found by a word, and written plainly, with something to say instead, or only where it is known. */
export function VariablePicker({ into, onPick, isSmall = false }: Props) {
  const combobox = useCombobox({ onDropdownClose: () => setWords("") });
  const { data } = useQuery({ ...variablesQuery, enabled: combobox.dropdownOpened });
  const [words, setWords] = useState("");
  const [form, setForm] = useState<Form>("plain");
  const [instead, setInstead] = useState("");
  const fits = ({ name, meaning }: TemplateVariable) =>
    words
      .toLowerCase()
      .split(/\s+/)
      .every((word) => `${name} ${meaning}`.toLowerCase().includes(word));
  const found = data?.variables.filter(fits) ?? [];
  const pick = (name: string) => {
    onPick(asWritten(name, form, instead));
    combobox.closeDropdown();
  };
  return (
    <Combobox
      store={combobox}
      width={340}
      position="bottom-end"
      withinPortal
      keepMounted={false}
      onOptionSubmit={pick}
    >
      <Combobox.Target targetType="button">
        {isSmall ? (
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("Insert a variable into {into}", { into })}
            onClick={() => combobox.toggleDropdown()}
          >
            <IconBraces size="1rem" stroke={1.75} />
          </ActionIcon>
        ) : (
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            leftSection={<IconBraces size="0.875rem" aria-hidden />}
            onClick={() => combobox.toggleDropdown()}
          >
            {t("Variable")}
          </Button>
        )}
      </Combobox.Target>
      <Combobox.Dropdown className={classes.dropdown}>
        <div className={classes.top}>
          <Combobox.Search
            value={words}
            onChange={(event) => {
              setWords(event.currentTarget.value);
              combobox.selectFirstOption();
            }}
            placeholder={t("Name, company, weekday …")}
            aria-label={t("Find a variable")}
          />
          <Segmented
            fullWidth
            size="xs"
            aria-label={t("If empty")}
            value={form}
            onChange={(value) => setForm(value as Form)}
            data={[
              { value: "plain", label: t("Plain") },
              { value: "instead", label: t("With fallback") },
              { value: "if", label: t("Only if set") },
            ]}
          />
          {form === "instead" && (
            <TextInput
              aria-label={t("Fallback text")}
              placeholder={t("Fallback text, for example: there")}
              value={instead}
              onChange={(event) => setInstead(event.currentTarget.value)}
            />
          )}
          <p className="soft small">{SAYS[form]}</p>
          <p className="soft small">
            {t("You can also write {alternatives} in the text: each contact gets one of them.", {
              alternatives: `{${t("Hi|Hello")}}`,
            })}
          </p>
        </div>
        <Combobox.Options aria-label={t("Variables")}>
          <ScrollArea.Autosize mah={260} type="scroll">
            {GROUPS.map(({ source, label }) => {
              const own = found.filter((variable) => variable.source === source);
              if (own.length === 0) return null;
              return (
                <Combobox.Group key={source} label={label}>
                  {own.map(({ name, meaning, example }) => (
                    <Combobox.Option key={name} value={name} className={classes.option}>
                      <span>{meaning}</span>
                      <span className={classes.example}>{example ?? `{{${name}}}`}</span>
                    </Combobox.Option>
                  ))}
                </Combobox.Group>
              );
            })}
            {data && found.length === 0 && <Combobox.Empty>{t("No variable found.")}</Combobox.Empty>}
          </ScrollArea.Autosize>
        </Combobox.Options>
        <Combobox.Footer>
          <a href="/help/guides/variables" className="small">
            {t("All variables and filters")}
          </a>
        </Combobox.Footer>
      </Combobox.Dropdown>
    </Combobox>
  );
}

const SAYS: Record<Form, string> = perLanguage(() => ({
  plain: t("If empty, the email is held and you're notified."),
  instead: t("If empty, the fallback text is used."),
  if: t("If empty, nothing is inserted."),
}));
