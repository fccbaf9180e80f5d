import { Button, Select } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { Section } from "../../../parts/Page.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { api } from "../../../session.ts";
import { ownFieldsQuery } from "../fields/queries.ts";
import type { ProcessingRecord } from "./queries.ts";

type Props = { fieldId: string | null; onChosen: (record: ProcessingRecord) => void };

/** A field of contacts says why each may be written to. It is filtered, imported and changed like any other field. */
export function LawfulBasis({ fieldId, onChosen }: Props) {
  const { data: all, error } = useQuery(ownFieldsQuery);
  const queries = useQueryClient();
  const choose = useMutation({
    mutationFn: (id: string | null) => api.processingRecords.update({ lawful_basis_field_id: id }),
    onSuccess: ({ processing_record }) => {
      onChosen(processing_record);
      toast(t("Lawful basis saved."));
    },
  });
  const add = useMutation({
    mutationFn: async () => {
      const { typed_custom_fields } = await api.customFields.create({
        label: t("Lawful basis"),
        modality: "contact",
        type: "picklist",
        meta: { picklist_values: BASES().map((name) => ({ name })) },
      });
      await queries.invalidateQueries({ queryKey: ownFieldsQuery.queryKey });
      const [field] = typed_custom_fields;
      if (field) await choose.mutateAsync(field.id);
    },
  });
  const fitting = (all ?? []).filter(({ modality, type }) => modality === "contact" && type === "picklist");
  return (
    <Section
      title={t("Lawful basis")}
      note={t("The field of contacts that says why you may process their data (GDPR article 6).")}
    >
      <Select
        label={t("Field")}
        placeholder={t("None")}
        clearable
        data={fitting.map(({ id, name }) => ({ value: id, label: name }))}
        value={fieldId}
        onChange={(id) => choose.mutate(id)}
        nothingFoundMessage={t("No picklist field of contacts.")}
      />
      {fieldId === null && all && (
        <div>
          <Button variant="default" loading={add.isPending} onClick={() => add.mutate()}>
            {t("Add a field “Lawful basis”")}
          </Button>
        </div>
      )}
      <Trouble error={error ?? choose.error ?? add.error} doing="writing" />
    </Section>
  );
}

/** As article 6 of the GDPR lists them. */
const BASES = () => [
  t("Consent"),
  t("Contract"),
  t("Legal obligation"),
  t("Vital interests"),
  t("Public interest"),
  t("Legitimate interests"),
];
