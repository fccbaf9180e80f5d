import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { t } from "../language/t.ts";
import { useAddress } from "./address.ts";
import { type Column, DataTable } from "./DataTable.tsx";
import { Page } from "./Page.tsx";
import { Trouble } from "./Trouble.tsx";

type Shared = { id: string; name: string; default: boolean };

type Props<Row> = {
  title: string;
  /** What they are for, as soon as they are there. */
  state: string;
  /** "Add a schedule" */
  verb: string;
  found: { data: readonly Row[] | undefined; error: unknown; refetch: () => unknown };
  /** Beside the name. */
  columns: readonly Column<Row>[];
  /** For one that is there, or one that is to be. */
  dialog: (row: Row | null, onClose: () => void) => ReactNode;
};

/** What is said once for many sequences, which name it: one of them is the default. */
export function SharedList<Row extends Shared>({ title, state, verb, found, columns, dialog }: Props<Row>) {
  const [address, change] = useAddress();
  const opened = found.data?.find(({ id }) => id === address.open);
  return (
    <Page
      title={title}
      state={found.data && state}
      action={
        <Button leftSection={<IconPlus size="0.875rem" />} onClick={() => change({ do: "create" })}>
          {verb}
        </Button>
      }
    >
      {found.error ? (
        <Trouble error={found.error} onRetry={() => void found.refetch()} />
      ) : (
        <DataTable
          label={title}
          columns={[{ header: t("Name"), width: "26%", cell: Name }, ...columns]}
          rows={found.data}
          rowKey={({ id }) => id}
          onOpen={({ id }) => change({ open: id })}
        />
      )}
      {address.do === "create" && dialog(null, () => change({ do: undefined }))}
      {opened && dialog(opened, () => change({ open: undefined }))}
    </Page>
  );
}

function Name({ name, default: isDefault }: Shared) {
  return (
    <>
      {name}
      {isDefault && <span className="soft"> {t("(default)")}</span>}
    </>
  );
}
