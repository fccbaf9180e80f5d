import { Button, Menu } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { t } from "../../../language/t.ts";
import type { ShownColumn } from "./export.ts";

/** Null for the columns: everything that an import understands. */
export type Export = (shown?: readonly ShownColumn[]) => void;

type Props = { onExport: Export; shown: readonly ShownColumn[]; isEmpty?: boolean };

/** All records that match, as a file. */
export function ExportMenu({ isEmpty = false, ...props }: Props) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          disabled={isEmpty}
          leftSection={<IconDownload size="0.875rem" stroke={1.75} />}
        >
          {t("Export")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <ExportItems {...props} />
      </Menu.Dropdown>
    </Menu>
  );
}

export function ExportItems({ onExport, shown }: Omit<Props, "isEmpty">) {
  return (
    <>
      {shown.length > 0 && (
        <Menu.Item onClick={() => onExport(shown)}>{t("Export the columns shown (CSV)")}</Menu.Item>
      )}
      <Menu.Item onClick={() => onExport()}>{t("Export all columns (CSV)")}</Menu.Item>
    </>
  );
}
