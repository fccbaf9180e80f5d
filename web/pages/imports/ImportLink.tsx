import { Button } from "@mantine/core";
import { IconUpload } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ImportKind } from "./queries.ts";

/** To where a file of these is brought in. */
export function ImportLink({ kind, says = "Import" }: { kind: ImportKind; says?: string }) {
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
