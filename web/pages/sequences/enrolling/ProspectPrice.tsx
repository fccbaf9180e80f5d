import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { accountFor } from "../../../parts/trouble.ts";
import { priceQuery, type Saved, type SaveWish, useSaveProspects } from "../../contacts/prospects/queries.ts";
import { SavePrice } from "../../contacts/prospects/SavePrice.tsx";
import { saySaved } from "../../contacts/prospects/saved-words.ts";
import classes from "./AddContactsDialog.module.css";

type Props = { wish: SaveWish; onSaved: (saved: Saved) => void };

/** What saving the chosen people costs, and the button that saves and selects them. */
export function ProspectPrice({ wish, onSaved }: Props) {
  const save = useSaveProspects();
  const { data: price, error, isPending } = useQuery({ ...priceQuery(wish), enabled: !save.isPending });
  const total = price?.contacts.length ?? 0;
  const isShort = (price?.left_out_person_ids.length ?? 0) > 0;
  const go = () =>
    save.mutate(
      { ...wish, ...(isShort && { only_what_fits: true }) },
      {
        onSuccess: (saved) => {
          toast(saySaved(saved));
          onSaved(saved);
        },
      },
    );
  return (
    <div className={classes.given}>
      <div className="small" aria-live="polite" aria-busy={isPending}>
        <Trouble error={error} />
        {isPending && <p className="soft">{t("Checking …")}</p>}
        {price && <SavePrice price={price} />}
        {save.error && <p role="alert">{accountFor(save.error, "writing").happened}</p>}
      </div>
      <Button variant="default" loading={save.isPending} disabled={total === 0} onClick={go}>
        {t("Save and select {total, plural, one {# person} other {# people}}", { total })}
      </Button>
    </div>
  );
}
