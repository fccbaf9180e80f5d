import { MultiSelect } from "@mantine/core";
import type { ReactNode } from "react";
import { factNotSent, type WhyNotSaved } from "../fact-saved.ts";
import { InlineField } from "../InlineField.tsx";
import { type Fact, type FactValue, wordsIn } from "./fact.ts";

type Props<Row, Change> = {
  fact: Fact<Row, Change>;
  of: Row & { id: string };
  /** Reads the record again: a teammate may have changed it. */
  read: () => Promise<Row>;
  /** With what stood there before, for taking it back. */
  save: (label: string, next: Change, before: Change) => Promise<WhyNotSaved>;
  beside?: ReactNode;
};

/** A fact on its record's page. */
export function FactField<Row, Change>({ fact, of, read, save, beside }: Props<Row, Change>) {
  const { label } = fact;
  const input = fact.input(of);
  const onSave = async (value: FactValue) =>
    fact.refuses?.(value) ?? save(label, fact.change(value, of), fact.change(input.value, of));
  switch (input.kind) {
    case "choices":
      return (
        <MultiSelect
          label={label}
          size="xs"
          data={[...input.choices]}
          value={[...input.value]}
          onChange={async (value) => {
            const why = await onSave(value);
            if (why) factNotSent(why);
          }}
          clearable
        />
      );
    case "yesNo":
      return <InlineField kind="yesNo" label={label} value={input.value === true} onSave={onSave} />;
    case "names":
      return null; // a page has a line for each
    case "choice":
      return <InlineField label={label} beside={beside} {...input} onSave={onSave} />;
    default:
      return (
        <InlineField
          recordId={of.id}
          label={label}
          beside={beside}
          {...input}
          read={async () => wordsIn(fact.input(await read()).value)}
          onSave={onSave}
        />
      );
  }
}
