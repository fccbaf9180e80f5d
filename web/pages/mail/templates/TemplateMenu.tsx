import { Button, Combobox, ScrollArea, useCombobox } from "@mantine/core";
import { IconTemplate } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useEffect, useEffectEvent, useRef, useState } from "react";
import { t } from "../../../language/t.ts";
import { useMe } from "../../../session.ts";
import { type Template, templatesQuery } from "./queries.ts";
import classes from "./TemplateMenu.module.css";

type Props = {
  /** Opens it, each time it grows. */
  slashes: number;
  isAsked: () => boolean;
  onPick: (template: Template) => void;
  /** Back to writing: a slash was meant as a slash. */
  onResume: (typed: string) => void;
};

/**
 * A prop of the popover, which the types of the combobox leave out. The search field answers Escape: the popover would give focus back
 * before that, with the cursor before the first letter.
 */
const KEEPS_FOCUS = { closeOnEscape: false };

/** The saved texts, found by a word. Opened by its button, or by a slash in the text. */
export function TemplateMenu({ slashes, isAsked, onPick, onResume }: Props) {
  const combobox = useCombobox({ onDropdownClose: () => setWords("") });
  const [words, setWords] = useState("");
  const { data } = useQuery({ ...templatesQuery(), enabled: combobox.dropdownOpened });
  const { user } = useMe();
  const { openDropdown, closeDropdown, focusSearchInput } = combobox;
  const search = useRef<HTMLInputElement>(null);
  const answered = useRef(slashes);
  const isBySlash = useRef(false);
  useEffect(() => {
    if (slashes === answered.current) return; // only another slash opens it
    answered.current = slashes;
    isBySlash.current = true;
    openDropdown();
  }, [slashes, openDropdown]);
  const takeKeys = useEffectEvent(() => {
    if (isBySlash.current && !isAsked()) return closeDropdown();
    if (search.current) search.current.focus();
    else focusSearchInput(); // in the next turn, when it is drawn
  });
  useEffect(() => {
    if (combobox.dropdownOpened) takeKeys();
  }, [combobox.dropdownOpened]);
  const found = data?.emailer_templates.filter((template) => fits(template, words)) ?? [];
  const starred = found.filter(({ starred_by_user_ids: by }) => by.includes(user.id));
  const groups = [
    { key: "starred", label: t("Starred"), templates: starred },
    ...groupsOf(
      found.filter((one) => !starred.includes(one)),
      data?.folders ?? [],
    ),
  ];
  const resume = (typed: string) => {
    combobox.closeDropdown();
    onResume(typed);
  };
  const pick = (id: string) => {
    const template = found.find((one) => one.id === id);
    combobox.closeDropdown();
    if (template) onPick(template);
  };
  return (
    <Combobox
      store={combobox}
      width={340}
      position="bottom-end"
      // Beside its button, so that screen readers find it in the same part of the page.
      withinPortal={false}
      keepMounted={false}
      {...KEEPS_FOCUS}
      onOptionSubmit={pick}
    >
      <Combobox.Target targetType="button">
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<IconTemplate size="0.875rem" aria-hidden />}
          onClick={() => {
            isBySlash.current = false;
            combobox.toggleDropdown();
          }}
        >
          {t("Template")}
        </Button>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          ref={search}
          value={words}
          onChange={({ currentTarget: { value } }) => {
            if (words === "" && value === " ") return resume(value); // "5 / month"
            setWords(value);
            combobox.selectFirstOption();
          }}
          placeholder={t("Find a template")}
          aria-label={t("Find a template")}
          onKeyDown={(event) => {
            keepEnter(event);
            if (event.key === "Escape") {
              event.stopPropagation(); // only the menu closes
              resume(isBySlash.current ? words : ""); // "/month", after a pause: its letters were meant for the text
            }
          }}
        />
        {found.length > 0 && (
          <Combobox.Options aria-label={t("Templates")}>
            <ScrollArea.Autosize mah={260} type="scroll">
              {groups.map(
                ({ key, label, templates }) =>
                  templates.length > 0 && (
                    <Combobox.Group key={key} label={label}>
                      {templates.map((template) => (
                        <Combobox.Option key={template.id} value={template.id}>
                          <span className={classes.name}>{template.name}</span>
                          <span className={classes.text}>{template.subject || template.body_text}</span>
                        </Combobox.Option>
                      ))}
                    </Combobox.Group>
                  ),
              )}
            </ScrollArea.Autosize>
          </Combobox.Options>
        )}
        {data && found.length === 0 && (
          <Combobox.Empty>
            {words ? t("No template found.") : t("No templates yet. Save texts here that you often write.")}
          </Combobox.Empty>
        )}
        <Combobox.Footer>
          <a href="/settings/templates" className="small">
            {t("Edit templates")}
          </a>
        </Combobox.Footer>
      </Combobox.Dropdown>
    </Combobox>
  );
}

/** It chooses here, and must not send the form that the menu stands in. */
function keepEnter(event: KeyboardEvent) {
  if (event.key !== "Enter") return;
  event.preventDefault();
  event.stopPropagation();
}

function fits({ name, subject, body_text }: Template, words: string) {
  const text = `${name} ${subject ?? ""} ${body_text ?? ""}`.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** By folder, in the order of their names; those in none come last. */
function groupsOf(templates: readonly Template[], folders: readonly { id: string; name: string }[]) {
  const known = new Set(folders.map(({ id }) => id));
  return [
    ...folders.map(({ id, name }) => ({
      key: id,
      label: name,
      templates: templates.filter(({ folder_id }) => folder_id === id),
    })),
    {
      key: "none",
      label: folders.length > 0 ? t("Without a folder") : t("Templates"),
      templates: templates.filter(({ folder_id }) => folder_id === null || !known.has(folder_id)),
    },
  ];
}
