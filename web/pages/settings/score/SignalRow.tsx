import { ActionIcon, MultiSelect, NumberInput, Select, TagsInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { capital } from "../../../parts/capital.ts";
import { DayField } from "../../../parts/dates/DayField.tsx";
import { useLists } from "../../contacts/lists/queries.ts";
import { usePeople } from "../people/queries.ts";
import { useStages } from "../stages/queries.ts";
import type { ScoreField } from "./queries.ts";
import classes from "./Score.module.css";
import {
  askedBy,
  keyOf,
  newSignal,
  type Operator,
  type SignalDraft,
  sayOperator,
  withOperator,
} from "./words.ts";

type Props = {
  signal: SignalDraft;
  position: number;
  fields: readonly ScoreField[];
  isReadOnly: boolean;
  onChange: (signal: SignalDraft) => void;
  onRemove: () => void;
};

const GROUPS = perLanguage(
  () => ({ contact: t("Contact"), company: t("Company"), activity: t("Activity") }) as const,
);

/** One signal: what it looks at, what it asks of it, and the points for it. */
export function SignalRow({ signal, position, fields, isReadOnly, onChange, onRemove }: Props) {
  const field = fields.find((one) => keyOf(one) === keyOf(signal));
  const of = t("of signal {position}", { position });
  return (
    <li className={classes.signal}>
      <Select
        aria-label={t("Field {of}", { of })}
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
        aria-label={t("Condition {of}", { of })}
        data={(field?.operators ?? [signal.operator]).map((one) => ({
          value: one,
          label: sayOperator(one, field ?? { operators: [] }),
        }))}
        value={signal.operator}
        allowDeselect={false}
        disabled={isReadOnly}
        onChange={(operator) => operator && onChange(withOperator(signal, operator as Operator))}
      />
      <Value signal={signal} of={of} isReadOnly={isReadOnly} onChange={onChange} field={field} />
      <NumberInput
        aria-label={t("Points {of}", { of })}
        min={-100}
        max={100}
        allowDecimal={false}
        value={signal.weight}
        disabled={isReadOnly}
        onChange={(weight) => typeof weight === "number" && onChange({ ...signal, weight })}
      />
      {!isReadOnly && (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t("Remove signal {position}", { position })}
          onClick={onRemove}
        >
          <IconTrash size="1rem" stroke={1.75} />
        </ActionIcon>
      )}
    </li>
  );
}

type ValueProps = Pick<Props, "signal" | "isReadOnly" | "onChange"> & {
  field: ScoreField | undefined;
  of: string;
};

function Value({ signal, field, of, isReadOnly, onChange }: ValueProps) {
  const choices = useChoices(field);
  const label = t("Value {of}", { of });
  const set = (value: SignalDraft["value"]) => onChange({ ...signal, value });
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
          placeholder={texts.length === 0 ? t("Type and press Enter") : ""}
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
function useChoices(field: ScoreField | undefined) {
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
