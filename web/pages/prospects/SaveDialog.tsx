import { Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Dialog } from "../../parts/Dialog.tsx";
import { figure } from "../../parts/figures.ts";
import { Trouble } from "../../parts/Trouble.tsx";
import { accountFor } from "../../parts/trouble.ts";
import { creditsQuery, priceQuery, type Saved, type SaveWish, useSaveProspects } from "./queries.ts";

type Props = {
  wish: SaveWish;
  /** They go on into a sequence. */
  goesOn: boolean;
  onClose: () => void;
  onSaved: (saved: Saved) => void;
};

const count = (n: number, [one, many]: readonly [string, string]) => `${figure(n)} ${n === 1 ? one : many}`;

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
    <Dialog title={goesOn ? "Save, and add to a sequence" : "Save as contacts"} onClose={onClose}>
      <form onSubmit={submit} className="stack" aria-label="Save as contacts">
        <Trouble error={error} />
        <div aria-live="polite" aria-busy={isPending}>
          {isPending && <p className="soft">Looking who is new …</p>}
          {price && <Check price={price} />}
        </div>
        <TextInput
          label="List"
          description="They are put on it too; a new name makes a new list"
          value={list}
          maxLength={200}
          onChange={(event) => setList(event.currentTarget.value)}
        />
        {save.error && <p role="alert">{accountFor(save.error, "writing").happened}</p>}
        <div className="row">
          <Button type="submit" loading={save.isPending} disabled={!price || total === 0}>
            {goesOn ? `Save ${count(total, PEOPLE)} and go on` : `Save ${count(total, PEOPLE)}`}
          </Button>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

const PEOPLE = ["person", "people"] as const;

function Check({ price }: { price: Saved }) {
  const { data: left } = useQuery(creditsQuery);
  const { counts, credits } = price;
  return (
    <>
      <p>
        <strong>{count(counts.created, ["new contact", "new contacts"])}</strong>
        {counts.saved_already > 0 && <> · {figure(counts.saved_already)} saved already</>}
        {counts.linked > 0 && <> · {figure(counts.linked)} whom you know by their address or name</>}
        {counts.without_email > 0 && <> · {figure(counts.without_email)} without an address</>}
      </p>
      <p>
        {credits.most === 0
          ? "Costs nothing: nobody new has a verified address that is still to be paid for."
          : `Costs ${count(credits.expected, ["credit", "credits"])}: one for each new person whose address is verified and not paid for yet${sayLeft(left)}.`}
      </p>
      <LeftOut price={price} />
      {price.partial_results_only && (
        <p className="soft">More match than can be saved at once: these are the first 5,000.</p>
      )}
    </>
  );
}

/** Nobody is left out in silence: saving goes on without them only because it was read here. */
function LeftOut({ price: { left_out_person_ids, contacts } }: { price: Saved }) {
  const left = left_out_person_ids.length;
  if (left === 0) return null;
  return (
    <p role="status">
      {contacts.length === 0
        ? `There are no credits left for ${left === 1 ? "the address of this person" : `the addresses of these ${figure(left)} people`}. An admin can raise the allowance.`
        : `There are no credits for ${count(left, ["further person", "further people"])}: the last of those with a verified address are left out.`}
    </p>
  );
}

/** Undefined until it is known, null where there is no limit. */
function sayLeft(left: number | null | undefined) {
  return typeof left === "number" ? `, of ${figure(left)} that are left` : "";
}
