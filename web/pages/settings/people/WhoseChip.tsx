import { CloseButton } from "@mantine/core";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import classes from "../../../parts/filters/FilterBar.module.css";
import { usePeople } from "./queries.ts";

/** Whose work a list is narrowed to, which it is from the start; the cross shows everybody's. */
export function WhoseChip() {
  const [{ owner = "me" }, change] = useAddress();
  const { data: people = [] } = usePeople();
  if (owner === "all") return null;
  const name = owner === "me" ? t("Mine") : (people.find(({ id }) => id === owner)?.name ?? t("One user"));
  return (
    <div className="row">
      <span className={classes.chip}>
        {name}
        <CloseButton
          size="xs"
          aria-label={t("Show everybody's")}
          onClick={() => change({ owner: "all", open: undefined })}
        />
      </span>
    </div>
  );
}
