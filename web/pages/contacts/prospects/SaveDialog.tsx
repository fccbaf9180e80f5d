import { Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { accountFor } from "../../../parts/trouble.ts";
import { creditsQuery, priceQuery, type Saved, type SaveWish, useSaveProspects } from "./queries.ts";

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
          {price && <Check price={price} />}
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

function Check({ price }: { price: Saved }) {
  const { data: left } = useQuery(creditsQuery);
  const { counts, credits } = price;
  return (
    <>
      <p>
        <strong>{t("{n, plural, one {# new contact} other {# new contacts}}", { n: counts.created })}</strong>
        {counts.saved_already > 0 && (
          <> {t("· {saved_already, number} already saved", { saved_already: counts.saved_already })}</>
        )}
        {counts.linked > 0 && (
          <> {t("· {linked, number} match existing contacts", { linked: counts.linked })}</>
        )}
        {counts.without_email > 0 && (
          <>
            {" "}
            {t("· {without_email, number} without an email address", { without_email: counts.without_email })}
          </>
        )}
      </p>
      <p>
        {credits.most === 0
          ? t("No credits needed: there are no new verified email addresses.")
          : t(
              "Costs {n, plural, one {# credit} other {# credits}}{left}: 1 for each new verified email address.",
              {
                n: credits.expected,
                left: sayLeft(left),
              },
            )}
      </p>
      <LeftOut price={price} />
      {price.partial_results_only && (
        <p className="soft">{t("Only the first 5,000 people can be saved at once.")}</p>
      )}
    </>
  );
}

/** People who are left out are always named here, before the rest are saved. */
function LeftOut({ price: { left_out_person_ids, contacts } }: { price: Saved }) {
  const left = left_out_person_ids.length;
  if (left === 0) return null;
  return (
    <p role="status">
      {contacts.length === 0
        ? t(
            "No credits left for {left, plural, one {# email address} other {# email addresses}}. An admin can raise the limit.",
            { left },
          )
        : t(
            "Not enough credits: {left, plural, one {# person} other {# people}} with a verified email address will be skipped.",
            { left },
          )}
    </p>
  );
}

/** Undefined until it is known, null where there is no limit. */
function sayLeft(left: number | null | undefined) {
  return typeof left === "number" ? t(" of {left, number} left", { left }) : "";
}
