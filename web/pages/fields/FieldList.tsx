import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useAddress } from "../../parts/address.ts";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { Empty } from "../../parts/Empty.tsx";
import { Page } from "../../parts/Page.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { FieldDialog } from "./FieldDialog.tsx";
import { FieldForm } from "./FieldForm.tsx";
import { type Field, useOwnFields } from "./queries.ts";
import { countFields, isPicklist, sayModality, sayType } from "./words.ts";

export function FieldList() {
  const fields = useOwnFields();
  const [address, change] = useAddress();
  const opened = fields.data?.find(({ id }) => id === address.open);
  return (
    <Page
      title="Fields"
      state={fields.data && countFields(fields.data)}
      action={
        <Button leftSection={<IconPlus size="0.875rem" />} onClick={() => change({ do: "create" })}>
          Add a field
        </Button>
      }
    >
      {fields.error ? (
        <Trouble error={fields.error} onRetry={() => void fields.refetch()} />
      ) : fields.data?.length === 0 ? (
        <Empty says="Contacts, companies and deals can carry whatever else you know of them: a plan, a renewal date, a region. Mails may use it too." />
      ) : (
        <DataTable
          label="Fields"
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

const COLUMNS: Column<Field>[] = [
  { header: "Name", width: "34%", cell: ({ name }) => name },
  { header: "Of", cell: ({ modality }) => sayModality(modality) },
  { header: "Kind", cell: ({ type }) => sayType(type) },
  {
    header: "Choices",
    width: "30%",
    cell: ({ type, picklist_values }) =>
      isPicklist(type) ? picklist_values.map(({ name }) => name).join(", ") : <span className="soft">–</span>,
  },
];
