import { MultiSelect } from "@mantine/core";
import type { ReactNode } from "react";
import { InlineField } from "../InlineField.tsx";
import type { Fact, FactInput, FactValue } from "./fact.ts";
import { type FactSource, saveFact } from "./save-fact.ts";
import { sayValue } from "./say-value.ts";
import { useChoosing } from "./useChoosing.tsx";

type Props<Row, Change> = {
  fact: Fact<Row, Change>;
  of: Row & { id: string };
  /** Where the record is read again and written: a teammate may have changed it. */
  source: FactSource<Row, Change>;
  beside?: ReactNode;
};

/** A fact on its record's page. */
export function FactField<Row, Change>({ fact, of, source, beside }: Props<Row, Change>) {
  const { label } = fact;
  const input = fact.input(of);
  const onSave = (value: FactValue, shown: FactValue) => saveFact(fact, source, value, shown);
  switch (input.kind) {
    case "choices":
      return <SomeOfSeveral label={label} input={input} onSave={onSave} />;
    case "yesNo":
      return <InlineField kind="yesNo" label={label} value={input.value} onSave={onSave} />;
    case "names":
      return null; // a page has a line for each
    case "choice":
      return <InlineField label={label} beside={beside} {...input} onSave={onSave} />;
    default:
      return <InlineField recordId={of.id} label={label} beside={beside} {...input} onSave={onSave} />;
  }
}

type SeveralProps = {
  label: string;
  input: Extract<FactInput, { kind: "choices" }>;
  onSave: (value: FactValue, shown: FactValue) => ReturnType<typeof saveFact>;
};

function SomeOfSeveral({ label, input, onSave }: SeveralProps) {
  const { shown, choose, note } = useChoosing({
    saved: input.value,
    onSave,
    say: (value) => sayValue(input, value),
  });
  return (
    <div>
      <MultiSelect
        label={label}
        size="xs"
        data={[...input.choices]}
        value={Array.isArray(shown) ? [...shown] : []}
        onChange={choose}
        clearable
      />
      {note}
    </div>
  );
}
