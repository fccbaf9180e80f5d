import { MultiSelect } from "@mantine/core";
import type { ReactNode } from "react";
import { factNotSent } from "../fact-saved.ts";
import { InlineField } from "../InlineField.tsx";
import type { Fact, FactValue } from "./fact.ts";

type Props<Row, Change> = {
  fact: Fact<Row, Change>;
  of: Row;
  /** With what stood there before, for taking it back. */
  save: (label: string, next: Change, before: Change) => void;
  beside?: ReactNode;
};

/** A fact on its record's page. */
export function FactField<Row, Change>({ fact, of, save, beside }: Props<Row, Change>) {
  const { label } = fact;
  const input = fact.input(of);
  const onSave = (value: FactValue) => {
    const why = fact.refuses?.(value);
    if (why) factNotSent(why);
    else save(label, fact.change(value, of), fact.change(input.value, of));
  };
  switch (input.kind) {
    case "choices":
      return (
        <MultiSelect
          label={label}
          size="xs"
          data={[...input.choices]}
          value={[...input.value]}
          onChange={onSave}
          clearable
        />
      );
    case "yesNo":
      return <InlineField kind="yesNo" label={label} value={input.value === true} onSave={onSave} />;
    case "names":
      return null; // a page has a line for each
    default:
      return <InlineField label={label} beside={beside} {...input} onSave={onSave} />;
  }
}
