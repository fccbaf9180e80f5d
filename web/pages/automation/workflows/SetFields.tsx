import { ActionIcon, MultiSelect, NumberInput, Select, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { t } from "../../../language/t.ts";
import { DayField } from "../../../parts/dates/DayField.tsx";
import { type CustomField, useOwnFields } from "../../settings/fields/queries.ts";
import type { FieldProps } from "./ActionFields.tsx";
import classes from "./Workflows.module.css";

/** Values for fields of the team's own, by the field's id; an empty one clears the field. */
export function SetFields({ action, entity, onPut }: FieldProps) {
  const { data: fields = [] } = useOwnFields();
  const values = (action.typed_custom_fields ?? {}) as Readonly<Record<string, unknown>>;
  const own = fields.filter(({ modality }) => modality === (entity === "account" ? "account" : "contact"));
  const put = (next: Record<string, unknown>) => onPut({ ...action, typed_custom_fields: next });
  const rest = own.filter(({ id }) => !(id in values));
  return (
    <>
      {Object.entries(values).map(([id, value]) => {
        const field = fields.find((one) => one.id === id);
        const name = field?.name ?? t("a deleted field");
        return (
          <div key={id} className={classes.setField}>
            {field ? (
              <Value field={field} value={value} onChange={(next) => put({ ...values, [id]: next })} />
            ) : (
              <p className="soft">{name}</p>
            )}
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t("Don't change {name}", { name })}
              onClick={() => put(Object.fromEntries(Object.entries(values).filter(([key]) => key !== id)))}
            >
              <IconX size="1rem" stroke={1.75} />
            </ActionIcon>
          </div>
        );
      })}
      {own.length === 0 ? (
        <p className="soft small">{t("No custom fields yet.")}</p>
      ) : (
        rest.length > 0 && (
          <Select
            aria-label={t("Another field")}
            placeholder={t("Choose a field")}
            searchable
            data={rest.map(({ id, name }) => ({ value: id, label: name }))}
            value={null}
            onChange={(id) => id && put({ ...values, [id]: null })}
          />
        )
      )}
    </>
  );
}

type ValueProps = { field: CustomField; value: unknown; onChange: (value: unknown) => void };

function Value({ field: { name, type, picklist_values }, value, onChange }: ValueProps) {
  const choices = picklist_values.map((one) => ({ value: one.id, label: one.name }));
  const text = value === null || value === undefined ? "" : String(value);
  const common = { label: name, placeholder: t("Empty: clears the field") };
  switch (type) {
    case "boolean":
      return (
        <Select
          {...common}
          clearable
          data={[
            { value: "true", label: t("Yes") },
            { value: "false", label: t("No") },
          ]}
          value={text || null}
          onChange={(next) => onChange(next === null ? null : next === "true")}
        />
      );
    case "picklist":
      return <Select {...common} clearable data={choices} value={text || null} onChange={onChange} />;
    case "multipicklist":
      return (
        <MultiSelect
          {...common}
          data={choices}
          value={Array.isArray(value) ? value.map(String) : []}
          onChange={(next) => onChange(next.length > 0 ? next : null)}
        />
      );
    case "number":
      return (
        <NumberInput
          {...common}
          value={typeof value === "number" ? value : ""}
          onChange={(next) => onChange(typeof next === "number" ? next : null)}
        />
      );
    case "date":
      return <DayField {...common} clearable value={text || null} onChange={onChange} />;
    default:
      return (
        <TextInput
          {...common}
          value={text}
          onChange={({ currentTarget }) => onChange(currentTarget.value || null)}
        />
      );
  }
}
