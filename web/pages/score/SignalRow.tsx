import { ActionIcon, MultiSelect, NumberInput, Select, TagsInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { capital } from "../../parts/capital.ts";
import { DayField } from "../../parts/dates/DayField.tsx";
import { useLists } from "../lists/queries.ts";
import { usePeople } from "../people/queries.ts";
import { useStages } from "../stages/queries.ts";
import type { Field } from "./queries.ts";
import classes from "./Score.module.css";
import { askedBy, keyOf, newSignal, type Operator, type Signal, sayOperator, withOperator } from "./words.ts";

type Props = {
  signal: Signal;
  position: number;
  fields: readonly Field[];
  isReadOnly: boolean;
  onChange: (signal: Signal) => void;
  onRemove: () => void;
};

const GROUPS = { contact: "Contact", company: "Company", activity: "Activity" } as const;

/** One signal: what it looks at, what it asks of it, and the points for it. */
export function SignalRow({ signal, position, fields, isReadOnly, onChange, onRemove }: Props) {
  const field = fields.find((one) => keyOf(one) === keyOf(signal));
  const of = `of signal ${position}`;
  return (
    <li className={classes.signal}>
      <Select
        aria-label={`Field ${of}`}
        data={(["contact", "company", "activity"] as const).map((group) => ({
          group: GROUPS[group],
          items: fields
            .filter((one) => one.of === group)
            .map((one) => ({ value: keyOf(one), label: one.name })),
        }))}
        value={keyOf(signal)}
        searchable
        allowDeselect={false}
        disabled={isReadOnly}
        onChange={(key) => {
          const next = fields.find((one) => keyOf(one) === key);
          if (next) onChange({ ...newSignal(next), weight: signal.weight });
        }}
      />
      <Select
        aria-label={`Question ${of}`}
        data={(field?.operators ?? [signal.operator]).map((one) => ({
          value: one,
          label: sayOperator(one, field ?? { operators: [] }),
        }))}
        value={signal.operator}
        allowDeselect={false}
        disabled={isReadOnly}
        onChange={(operator) => operator && onChange(withOperator(signal, operator as Operator))}
      />
      <Value {...{ signal, of, isReadOnly, onChange }} field={field} />
      <NumberInput
        aria-label={`Points ${of}`}
        min={-100}
        max={100}
        allowDecimal={false}
        value={signal.weight}
        disabled={isReadOnly}
        onChange={(weight) => typeof weight === "number" && onChange({ ...signal, weight })}
      />
      {!isReadOnly && (
        <ActionIcon variant="subtle" color="gray" aria-label={`Remove signal ${position}`} onClick={onRemove}>
          <IconTrash size="1rem" stroke={1.75} />
        </ActionIcon>
      )}
    </li>
  );
}

type ValueProps = Pick<Props, "signal" | "isReadOnly" | "onChange"> & {
  field: Field | undefined;
  of: string;
};

function Value({ signal, field, of, isReadOnly, onChange }: ValueProps) {
  const choices = useChoices(field);
  const label = `Value ${of}`;
  const set = (value: Signal["value"]) => onChange({ ...signal, value });
  const texts = Array.isArray(signal.value) ? signal.value : [];
  switch (askedBy(signal.operator)) {
    case "nothing":
      return <span />;
    case "number":
      return (
        <NumberInput
          aria-label={label}
          value={typeof signal.value === "number" ? signal.value : ""}
          disabled={isReadOnly}
          onChange={(value) => set(typeof value === "number" ? value : null)}
        />
      );
    case "date":
      return (
        <DayField
          aria-label={label}
          clearable
          value={typeof signal.value === "string" && signal.value !== "" ? signal.value : null}
          disabled={isReadOnly}
          onChange={set}
        />
      );
    case "texts":
      return choices ? (
        <MultiSelect
          aria-label={label}
          data={choices}
          value={texts}
          searchable
          disabled={isReadOnly}
          onChange={set}
        />
      ) : (
        <TagsInput
          aria-label={label}
          placeholder={texts.length === 0 ? "Type, then Enter" : ""}
          value={texts}
          disabled={isReadOnly}
          acceptValueOnBlur
          onChange={set}
        />
      );
  }
}

/** Ranks are kept in small letters: "vp", "c suite". */
function sayChoice(name: string) {
  return name.length < 3 ? name.toUpperCase() : capital(name);
}

/** The values there are to choose from; null where anything may be typed. */
function useChoices(field: Field | undefined) {
  const contactLists = useLists("contacts").data ?? [];
  const companyLists = useLists("accounts").data ?? [];
  const contactStages = useStages("contact").data ?? [];
  const companyStages = useStages("account").data ?? [];
  const people = usePeople().data ?? [];
  if (!field) return null;
  const of = {
    labels: contactLists,
    account_labels: companyLists,
    contact_stages: contactStages,
    account_stages: companyStages,
    users: people,
  };
  if (field.ids_of) return of[field.ids_of].map(({ id, name }) => ({ value: id, label: name }));
  return field.choices?.map(({ value, name }) => ({ value, label: sayChoice(name) })) ?? null;
}
