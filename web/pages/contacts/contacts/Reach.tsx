import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { CopyButton } from "../../../parts/CopyText.tsx";
import { DialLink } from "../../../parts/DialLink.tsx";
import { useDraftPlace } from "../../../parts/draft-place.ts";
import { InlineField } from "../../../parts/InlineField.tsx";
import { readBegun } from "../../../parts/kept-storage.ts";
import { FactGroup } from "../../../parts/RecordPage.tsx";
import { LogCallDialog } from "../../work/calls/LogCallDialog.tsx";
import type { SaveFact } from "./ContactFacts.tsx";
import type { Contact } from "./queries.ts";
import classes from "./Reach.module.css";

type Props = { contact: Contact; save: SaveFact };

const TYPES: Record<Contact["phone_numbers"][number]["type"], string> = perLanguage(() => ({
  work_direct: t("Work"),
  work_hq: t("Company"),
  mobile: t("Mobile"),
  home: t("Home"),
  other: t("Phone"),
}));

/** Addresses and numbers: each is edited in place, removed when emptied, and added below. */
export function Reach({ contact, save }: Props) {
  const emails = contact.contact_emails.map(({ email }) => email);
  const [emailDraft, phoneDraft] = [
    useDraftPlace(contact.id, t("Email")),
    useDraftPlace(contact.id, t("Phone")),
  ];
  const [isAdding, setIsAdding] = useState<"email" | "phone" | null>(() => {
    if (readBegun(emailDraft)) return "email";
    return readBegun(phoneDraft) && "phone";
  });
  // Once it is over, how it went is written down.
  const [dialed, setDialed] = useState<string | null>(null);
  const saveEmails = (next: readonly string[]) =>
    save(
      t("Emails"),
      { contact_emails: asEmails(next), ...(next.length === 0 && { email: "" }) },
      { contact_emails: asEmails(emails) },
    );
  const phones = contact.phone_numbers.map(({ raw_number, type }) => ({ raw_number, type }));
  const savePhones = (next: typeof phones) =>
    save(t("Phones"), { phone_numbers: next }, { phone_numbers: phones });
  const added = async (saving: ReturnType<SaveFact>) => {
    const why = await saving;
    if (!why) setIsAdding(null);
    return why;
  };
  return (
    <FactGroup title={t("Contact details")}>
      <dl>
        {emails.map((email, place) => (
          <InlineField
            key={email}
            recordId={`${contact.id}-${email}`}
            label={place === 0 ? t("Email") : t("Other email")}
            value={email}
            onSave={(next) => saveEmails(replaced(emails, place, next || null))}
            beside={<CopyButton text={email} label={t("Copy {email}", { email })} />}
          />
        ))}
        {(emails.length === 0 || isAdding === "email") && (
          <InlineField
            recordId={contact.id}
            label={t("Email")}
            value=""
            onSave={(next) => added(saveEmails([...emails, next]))}
          />
        )}
        {phones.map(({ raw_number, type }, place) => (
          <InlineField
            key={`${type} ${raw_number}`}
            recordId={`${contact.id}-${raw_number}`}
            label={TYPES[type]}
            value={raw_number}
            onSave={(next) => savePhones(replaced(phones, place, next ? { raw_number: next, type } : null))}
            beside={
              <>
                <DialLink number={raw_number} onDialed={() => setDialed(raw_number)} />
                <CopyButton text={raw_number} label={t("Copy {raw_number}", { raw_number })} />
              </>
            }
          />
        ))}
        {(phones.length === 0 || isAdding === "phone") && (
          <InlineField
            recordId={contact.id}
            label={t("Phone")}
            value=""
            onSave={(next) => added(savePhones([...phones, { raw_number: next, type: "other" }]))}
          />
        )}
      </dl>
      <div className={classes.adding}>
        {emails.length > 0 && isAdding !== "email" && (
          <Adding name={t("Add email")} onAdd={() => setIsAdding("email")} />
        )}
        {phones.length > 0 && isAdding !== "phone" && (
          <Adding name={t("Add phone")} onAdd={() => setIsAdding("phone")} />
        )}
      </div>
      {dialed !== null && (
        <LogCallDialog
          contactId={contact.id}
          name={contact.name}
          number={dialed}
          onClose={() => setDialed(null)}
        />
      )}
    </FactGroup>
  );
}

function Adding({ name, onAdd }: { name: string; onAdd: () => void }) {
  return (
    <Button
      variant="subtle"
      color="gray"
      size="compact-xs"
      leftSection={<IconPlus size="0.75rem" />}
      onClick={onAdd}
    >
      {name}
    </Button>
  );
}

function asEmails(emails: readonly string[]) {
  return emails.map((email, position) => ({ email, position }));
}

/** Null takes it away. */
function replaced<T>(all: readonly T[], place: number, next: T | null) {
  return all.flatMap((one, index) => (index === place ? (next === null ? [] : [next]) : [one]));
}
