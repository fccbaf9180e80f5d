import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { count } from "../../parts/figures.ts";
import { Trouble } from "../../parts/Trouble.tsx";
import { toast } from "../../parts/toast.tsx";
import classes from "./AddContactsDialog.module.css";
import { giveAddresses } from "./fixes.ts";
import { useMend, useNames } from "./queries.ts";

const AT_ONCE = 20;

type Props = { ids: readonly string[]; onClose: () => void; lookAgain: () => void };

/** Those without an address are given one where they stand, as many as one types at once. */
export function AddAddresses({ ids, onClose, lookAgain }: Props) {
  const shown = ids.slice(0, AT_ONCE);
  const names = useNames(shown);
  const mend = useMend();
  const [typed, setTyped] = useState<ReadonlyMap<string, string>>(new Map());
  const given = shown.flatMap((id) => {
    const email = typed.get(id)?.trim();
    return email ? [{ id, email }] : [];
  });
  const save = () =>
    mend.mutate(() => giveAddresses(given), {
      onSuccess: () => {
        toast(`${count(given.length, "contact")} can be mailed now.`);
        onClose();
        lookAgain();
      },
    });
  return (
    // No form of its own: it stands in the dialog's.
    <fieldset
      className={classes.addresses}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
        event.preventDefault();
        if (given.length > 0) save();
      }}
    >
      <legend className="soft small">Their addresses</legend>
      {shown.map((id, place) => (
        <TextInput
          key={id}
          type="email"
          label={names?.get(id) ?? "Somebody"}
          placeholder="name@company.com"
          autoFocus={place === 0}
          value={typed.get(id) ?? ""}
          onChange={({ currentTarget: { value } }) => setTyped((now) => new Map(now).set(id, value))}
        />
      ))}
      <p className="soft small">
        An address that you give counts as verified. Who is left empty stays as they are.
        {ids.length > shown.length && ` These are the first ${shown.length} of ${ids.length}.`}
      </p>
      <Trouble error={mend.error} doing="writing" />
      <div className="row end">
        <Button variant="default" onClick={onClose}>
          Leave it
        </Button>
        <Button onClick={save} loading={mend.isPending} disabled={given.length === 0}>
          Save {count(given.length, "address", "addresses")}
        </Button>
      </div>
    </fieldset>
  );
}
