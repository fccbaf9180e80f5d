import { Button, CloseButton, Menu, Popover } from "@mantine/core";
import { IconFilter } from "@tabler/icons-react";
import { useState } from "react";
import { t } from "../../language/t.ts";
import classes from "./FilterBar.module.css";
import { FilterEditor } from "./FilterEditor.tsx";
import { type FilterField, type FilterValues, isFiltered, isHeld, sayFilter } from "./filter.ts";

type Props = {
  fields: readonly FilterField[];
  value: FilterValues;
  onChange: (next: FilterValues) => void;
};

/** What the list is narrowed to, as chips that can each be changed or taken off. */
export function FilterBar({ fields, value, onChange }: Props) {
  const [opened, setOpened] = useState<string | null>(null);
  // One that was just chosen has no value yet, and stands there all the same while it gets one.
  const shown = fields.filter(({ key }) => isHeld(value[key]) || key === opened);
  const rest = fields.filter((field) => !shown.includes(field));
  return (
    <fieldset className={classes.bar} aria-label={t("Filters")}>
      {shown.map((field) => (
        <Chip
          key={field.key}
          field={field}
          value={value[field.key]}
          isOpen={opened === field.key}
          onOpen={(isOpen) => setOpened(isOpen ? field.key : null)}
          onChange={(next) => onChange({ ...value, [field.key]: next })}
        />
      ))}
      <AddFilter fields={rest} isFirst={shown.length === 0} onAdd={setOpened} />
      {isFiltered(value) && (
        <Button variant="subtle" color="gray" size="compact-sm" onClick={() => onChange({})}>
          {t("Clear")}
        </Button>
      )}
    </fieldset>
  );
}

type ChipProps = {
  field: FilterField;
  value: unknown;
  isOpen: boolean;
  onOpen: (isOpen: boolean) => void;
  onChange: (value: unknown) => void;
};

function Chip({ field, value, isOpen, onOpen, onChange }: ChipProps) {
  return (
    <span className={classes.chip}>
      <Popover opened={isOpen} onChange={onOpen} position="bottom-start" trapFocus returnFocus width={312}>
        <Popover.Target>
          <button type="button" className={classes.words} onClick={() => onOpen(!isOpen)}>
            <span className="soft">{field.name}</span> {isHeld(value) ? sayFilter(field, value) : "…"}
          </button>
        </Popover.Target>
        <Popover.Dropdown aria-label={field.name}>
          <FilterEditor field={field} value={value} onChange={onChange} onDone={() => onOpen(false)} />
        </Popover.Dropdown>
      </Popover>
      <CloseButton
        size="xs"
        aria-label={t("Remove filter {name}", { name: field.name })}
        onClick={() => {
          onChange(undefined);
          onOpen(false);
        }}
      />
    </span>
  );
}

type AddProps = { fields: readonly FilterField[]; isFirst: boolean; onAdd: (key: string) => void };

function AddFilter({ fields, isFirst, onAdd }: AddProps) {
  if (fields.length === 0) return null;
  return (
    <Menu position="bottom-start" width={224} returnFocus={false}>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<IconFilter size="0.875rem" stroke={1.75} />}
        >
          {isFirst ? t("Filter") : t("Add filter")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={classes.fields}>
        {fields.map(({ key, name }) => (
          <Menu.Item key={key} onClick={() => onAdd(key)}>
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
