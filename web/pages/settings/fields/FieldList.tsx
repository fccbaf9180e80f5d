import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { type Column, DataTable } from "../../../parts/DataTable.tsx";
import { Empty } from "../../../parts/Empty.tsx";
import { Page } from "../../../parts/Page.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { FieldDialog } from "./FieldDialog.tsx";
import { FieldForm } from "./FieldForm.tsx";
import { type CustomField, useOwnFields } from "./queries.ts";
import { countFields, isPicklist, sayModality, sayType } from "./words.ts";

export function FieldList() {
  const fields = useOwnFields();
  const [address, change] = useAddress();
  const opened = fields.data?.find(({ id }) => id === address.open);
  return (
    <Page
      title={t("Fields")}
      state={fields.data && countFields(fields.data)}
      action={
        <Button leftSection={<IconPlus size="0.875rem" />} onClick={() => change({ do: "create" })}>
          {t("Add a field")}
        </Button>
      }
    >
      {fields.error ? (
        <Trouble error={fields.error} onRetry={() => void fields.refetch()} />
      ) : fields.data?.length === 0 ? (
        <Empty
          says={t(
            "No custom fields yet. Add fields to contacts, companies and deals, for example a plan or a region. Emails can use them.",
          )}
        />
      ) : (
        <DataTable
          label={t("Fields")}
          columns={COLUMNS}
          rows={fields.data}
          rowKey={({ id }) => id}
          onOpen={({ id }) => change({ open: id })}
        />
      )}
      {address.do === "create" && <FieldForm onClose={() => change({ do: undefined })} />}
      {opened && <FieldDialog key={opened.id} field={opened} onClose={() => change({ open: undefined })} />}
    </Page>
  );
}

const COLUMNS: Column<CustomField>[] = perLanguage(() => [
  { header: t("Name"), width: "34%", cell: ({ name }) => name },
  { header: t("Record type"), cell: ({ modality }) => sayModality(modality) },
  { header: t("Field type"), cell: ({ type }) => sayType(type) },
  {
    header: t("Choices"),
    width: "30%",
    cell: ({ type, picklist_values }) =>
      isPicklist(type) ? picklist_values.map(({ name }) => name).join(", ") : <span className="soft">–</span>,
  },
]);
