import { FactField } from "../../../parts/facts/FactField.tsx";
import type { FactSource } from "../../../parts/facts/save-fact.ts";
import { type OwnValues, ownFact } from "./own-fact.ts";
import { type CustomField, useOwnFields } from "./queries.ts";

type Props = {
  modality: CustomField["modality"];
  of: OwnValues & { id: string };
  source: FactSource<OwnValues, OwnValues>;
};

/** The team's custom fields of a record, each edited in place. */
export function OwnFields({ modality, of, source }: Props) {
  const { data: fields = [] } = useOwnFields();
  return fields
    .filter((field) => field.modality === modality)
    .map((field) => <FactField key={field.id} fact={ownFact(field)} of={of} source={source} />);
}
