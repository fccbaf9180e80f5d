import { Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { accountFor } from "../../../parts/trouble.ts";
import { priceQuery, type Saved, type SaveWish, useSaveProspects } from "./queries.ts";
import { SavePrice } from "./SavePrice.tsx";

type Props = {
  wish: SaveWish;
  /** They go on into a sequence. */
  goesOn: boolean;
  onClose: () => void;
  onSaved: (saved: Saved) => void;
};

/** Who becomes a contact and what that costs, before it is done. */
export function SaveDialog({ wish, goesOn, onClose, onSaved }: Props) {
  const [list, setList] = useState("");
  const save = useSaveProspects();
  const { data: price, error, isPending } = useQuery({ ...priceQuery(wish), enabled: !save.isPending });
  const isShort = (price?.left_out_person_ids.length ?? 0) > 0;
  const total = price?.contacts.length ?? 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const named = list.trim();
    const whole = {
      ...wish,
      ...(named && { label_names: [named] }),
      ...(isShort && { only_what_fits: true }),
    };
    save.mutate(whole, { onSuccess: onSaved });
  };
  return (
    <Dialog title={goesOn ? t("Save and add to sequence") : t("Save as contacts")} onClose={onClose}>
      <form onSubmit={submit} className="stack" aria-label={t("Save as contacts")}>
        <Trouble error={error} />
        <div aria-live="polite" aria-busy={isPending}>
          {isPending && <p className="soft">{t("Checking …")}</p>}
          {price && <SavePrice price={price} />}
        </div>
        <TextInput
          label={t("List")}
          description={t("Optional. A new name creates a new list.")}
          value={list}
          maxLength={200}
          onChange={(event) => setList(event.currentTarget.value)}
        />
        {save.error && <p role="alert">{accountFor(save.error, "writing").happened}</p>}
        <div className="row">
          <Button type="submit" loading={save.isPending} disabled={!price || total === 0}>
            {goesOn
              ? t("Save {total, plural, one {# person} other {# people}} and continue", { total })
              : t("Save {total, plural, one {# person} other {# people}}", { total })}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t("Cancel")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
