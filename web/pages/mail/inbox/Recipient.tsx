import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { api } from "../../../session.ts";
import { ContactPicker } from "../../contacts/contacts/ContactPicker.tsx";
import classes from "./Recipient.module.css";

/** A contact, or an address that no contact has yet. */
export type RecipientChoice = { contactId: string | null; email: string };

export const NOBODY: RecipientChoice = { contactId: null, email: "" };

export function isNobody({ contactId, email }: RecipientChoice) {
  return contactId === null && email.trim() === "";
}

type Props = { value: RecipientChoice; isMissing: boolean; onChange: (next: RecipientChoice) => void };

export function Recipient({ value, isMissing, onChange }: Props) {
  const [isNew, setIsNew] = useState(false);
  const error = isMissing && t("Choose who gets this email.");
  const other = (next: boolean) => {
    onChange(NOBODY);
    setIsNew(next);
  };
  return (
    <div className={classes.recipient}>
      {isNew ? (
        <TextInput
          aria-label={t("Email address")}
          placeholder="name@company.com"
          type="email"
          maxLength={254}
          variant="unstyled"
          autoFocus
          required
          description={t("A new address becomes a contact of your team.")}
          inputWrapperOrder={["input", "description", "error"]}
          value={value.email}
          onChange={(event) => onChange({ contactId: null, email: event.currentTarget.value })}
          error={error}
        />
      ) : (
        <ContactPicker
          label={null}
          aria-label={t("Contact")}
          variant="unstyled"
          data-autofocus
          value={value.contactId}
          onChange={(contactId) => onChange({ contactId, email: "" })}
          error={error}
        />
      )}
      <Button variant="subtle" color="gray" size="compact-xs" onClick={() => other(!isNew)}>
        {isNew ? t("Choose a contact") : t("Another address")}
      </Button>
    </div>
  );
}

/** Of the contact that has the address, or of a new one. */
export async function contactFor({ contactId, email }: RecipientChoice) {
  if (contactId !== null) return contactId;
  return (await api.contacts.create({ email: email.trim(), run_dedupe: true })).contact.id;
}
