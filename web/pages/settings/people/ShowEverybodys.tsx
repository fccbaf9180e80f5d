import { Button } from "@mantine/core";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";

/** Where a list holds one's own work only, and is empty: what colleagues have may be what one looks for. */
export function ShowEverybodys() {
  const [{ owner }, change] = useAddress();
  if (owner && owner !== "me") return null;
  return (
    <Button variant="default" onClick={() => change({ owner: "all", open: undefined })}>
      {t("Show everybody's")}
    </Button>
  );
}
