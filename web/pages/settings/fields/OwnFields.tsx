import { MultiSelect } from "@mantine/core";
import { InlineField } from "../../../parts/InlineField.tsx";
import { type CustomField, useOwnFields } from "./queries.ts";
import { sayFieldValue } from "./value.ts";

type Values = Readonly<Record<string, unknown>>;

type Props = {
  modality: CustomField["modality"];
  values: Values;
  onSave: (label: string, next: Record<string, unknown>, before: Record<string, unknown>) => void;
};

/** The team's custom fields of a record, each edited in place. */
export function OwnFields({ modality, values, onSave }: Props) {
  const { data: fields = [] } = useOwnFields();
  return fields
    .filter((field) => field.modality === modality)
    .map((field) => (
      <OwnField
        key={field.id}
        field={field}
        value={values[field.id]}
        onSave={(next) => onSave(field.name, { [field.id]: next }, { [field.id]: values[field.id] ?? null })}
      />
    ));
}

type OneProps = { field: CustomField; value: unknown; onSave: (value: unknown) => void };

function OwnField({ field, value, onSave }: OneProps) {
  const { name: label, type, picklist_values } = field;
  const choices = picklist_values.map(({ id, name }) => ({ value: id, label: name }));
  const text = value === null || value === undefined ? "" : String(value);
  switch (type) {
    case "boolean":
      return <InlineField kind="yesNo" label={label} value={value === true} onSave={onSave} />;
    case "picklist":
      return (
        <InlineField
          kind="choice"
          mayClear
          label={label}
          value={text || null}
          choices={choices}
          onSave={onSave}
        />
      );
    case "multipicklist":
      return (
        <MultiSelect
          label={label}
          size="xs"
          data={choices}
          value={Array.isArray(value) ? value.map(String) : []}
          onChange={onSave}
          clearable
        />
      );
    case "date":
      return (
        <InlineField
          kind="date"
          label={label}
          value={text.slice(0, 10)}
          says={sayFieldValue(field, value)}
          onSave={onSave}
        />
      );
    case "textarea":
      return <InlineField kind="lines" label={label} value={text} onSave={onSave} />;
    default:
      return (
        <InlineField
          kind={type === "number" ? "number" : "text"}
          label={label}
          value={text}
          says={sayFieldValue(field, value)}
          onSave={onSave}
        />
      );
  }
}
