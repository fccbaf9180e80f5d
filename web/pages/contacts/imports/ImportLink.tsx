import { Button } from "@mantine/core";
import { IconUpload } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { t } from "../../../language/t.ts";
import type { ImportKind } from "./queries.ts";

/** A link to the import of such records. */
export function ImportLink({ kind, says = t("Import") }: { kind: ImportKind; says?: string }) {
  return (
    <Button
      variant="default"
      leftSection={<IconUpload size="0.875rem" />}
      renderRoot={(props) => <Link to="/imports" search={{ kind }} {...props} />}
    >
      {says}
    </Button>
  );
}
