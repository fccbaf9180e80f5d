import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
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
        toast(t("{given, plural, one {# address} other {# addresses}} saved.", { given: given.length }));
        onClose();
        lookAgain();
      },
    });
  return (
    // No form of its own: it is inside the dialog's form.
    <fieldset
      className={classes.addresses}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
        event.preventDefault();
        if (given.length > 0) save();
      }}
    >
      <legend className="soft small">{t("Email addresses")}</legend>
      {shown.map((id, place) => (
        <TextInput
          key={id}
          type="email"
          label={names?.get(id) ?? t("Unnamed contact")}
          placeholder="name@company.com"
          autoFocus={place === 0}
          value={typed.get(id) ?? ""}
          onChange={({ currentTarget: { value } }) => setTyped((now) => new Map(now).set(id, value))}
        />
      ))}
      <p className="soft small">
        {t("Addresses you enter count as verified. Contacts left empty do not change.{ids}", {
          ids:
            ids.length > shown.length &&
            t(" Showing the first {shown} of {ids}.", { shown: shown.length, ids: ids.length }),
        })}
      </p>
      <Trouble error={mend.error} doing="writing" />
      <div className="row end">
        <Button variant="default" onClick={onClose}>
          {t("Cancel")}
        </Button>
        <Button onClick={save} loading={mend.isPending} disabled={given.length === 0}>
          {t("Save {given, plural, one {# address} other {# addresses}}", { given: given.length })}
        </Button>
      </div>
    </fieldset>
  );
}
