import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { CopyButton } from "../../../parts/CopyText.tsx";
import { DialLink } from "../../../parts/DialLink.tsx";
import { useDraftPlace } from "../../../parts/draft-place.ts";
import type { NotSaved } from "../../../parts/fact-saved.ts";
import type { Fact, FactValue } from "../../../parts/facts/fact.ts";
import { saveFact } from "../../../parts/facts/save-fact.ts";
import { InlineField } from "../../../parts/InlineField.tsx";
import { readBegun } from "../../../parts/kept-storage.ts";
import { FactGroup } from "../../../parts/RecordPage.tsx";
import { LogCallDialog } from "../../work/calls/LogCallDialog.tsx";
import type { ContactSource } from "./ContactFacts.tsx";
import type { ContactValues } from "./contact-facts.ts";
import type { Contact } from "./queries.ts";
import classes from "./Reach.module.css";

type Props = { contact: Contact; source: ContactSource };

const TYPES: Record<PhoneType, string> = perLanguage(() => ({
  work_direct: t("Work"),
  work_hq: t("Company"),
  mobile: t("Mobile"),
  home: t("Home"),
  other: t("Phone"),
}));

/** Addresses and numbers: each is edited in place, removed when emptied, and added below. */
export function Reach({ contact, source }: Props) {
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
  const saveEmails = (next: readonly string[]) => saveList(EMAILS(), source, next, emails);
  const phones = contact.phone_numbers.map(({ raw_number, type }) => ({ raw_number, type }));
  const savePhones = (next: typeof phones) =>
    saveList(PHONES(), source, next.map(asWords), phones.map(asWords));
  const added = async (saving: Promise<NotSaved>) => {
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

const EMAILS = (): Fact<Contact, ContactValues> => ({
  label: t("Emails"),
  input: ({ contact_emails }) => inputOf(contact_emails.map(({ email }) => email)),
  change: (value) => {
    const next = listIn(value);
    return { contact_emails: asEmails(next), ...(next.length === 0 && { email: "" }) };
  },
});

const PHONES = (): Fact<Contact, ContactValues> => ({
  label: t("Phones"),
  input: ({ phone_numbers }) => inputOf(phone_numbers.map(asWords)),
  change: (value) => ({
    phone_numbers: listIn(value).map((words) => {
      const [type, ...number] = words.split(" ");
      return { type: type as PhoneType, raw_number: number.join(" ") };
    }),
  }),
});

type PhoneType = Contact["phone_numbers"][number]["type"];

const asWords = ({ type, raw_number }: { type: PhoneType; raw_number: string }) => `${type} ${raw_number}`;
const inputOf = (value: string[]) => ({ kind: "names", value, labels: [] }) as const;
const listIn = (value: FactValue) => (Array.isArray(value) ? value.map(String) : []);

/** A field has one of them: where a teammate has changed another, it says so, and the next look sees theirs. */
async function saveList(
  fact: Fact<Contact, ContactValues>,
  source: ContactSource,
  next: readonly string[],
  shown: readonly string[],
): Promise<NotSaved> {
  const why = await saveFact(fact, source, next, shown);
  return why && typeof why === "object" ? { changedTo: listIn(why.changedTo).join(", ") } : why;
}

function asEmails(emails: readonly string[]) {
  return emails.map((email, position) => ({ email, position }));
}

/** Null takes it away. */
function replaced<T>(all: readonly T[], place: number, next: T | null) {
  return all.flatMap((one, index) => (index === place ? (next === null ? [] : [next]) : [one]));
}
