import type { WhyNotSaved } from "../../../parts/fact-saved.ts";
import { FactField } from "../../../parts/facts/FactField.tsx";
import { type OwnValues, ownFact } from "./own-fact.ts";
import { type CustomField, useOwnFields } from "./queries.ts";

type Props = {
  modality: CustomField["modality"];
  of: OwnValues & { id: string };
  read: () => Promise<OwnValues>;
  save: (label: string, next: OwnValues, before: OwnValues) => Promise<WhyNotSaved>;
};

/** The team's custom fields of a record, each edited in place. */
export function OwnFields({ modality, of, read, save }: Props) {
  const { data: fields = [] } = useOwnFields();
  return fields
    .filter((field) => field.modality === modality)
    .map((field) => <FactField key={field.id} fact={ownFact(field)} of={of} read={read} save={save} />);
}
