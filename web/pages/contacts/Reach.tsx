import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { CopyButton } from "../../parts/CopyText.tsx";
import { InlineField } from "../../parts/InlineField.tsx";
import { FactGroup } from "../../parts/RecordPage.tsx";
import type { SaveFact } from "./ContactFacts.tsx";
import type { Contact } from "./queries.ts";
import classes from "./Reach.module.css";

type Props = { contact: Contact; save: SaveFact };

const TYPES: Record<Contact["phone_numbers"][number]["type"], string> = {
  work_direct: "Work",
  work_hq: "Company",
  mobile: "Mobile",
  home: "Home",
  other: "Phone",
};

/** Addresses and numbers: each changed where it stands, emptied to take it away, added below. */
export function Reach({ contact, save }: Props) {
  const emails = contact.contact_emails.map(({ email }) => email);
  const [isAdding, setIsAdding] = useState<"email" | "phone" | null>(null);
  const saveEmails = (next: readonly string[]) =>
    save(
      "Addresses",
      { contact_emails: asEmails(next), ...(next.length === 0 && { email: "" }) },
      { contact_emails: asEmails(emails) },
    );
  const phones = contact.phone_numbers.map(({ raw_number, type }) => ({ raw_number, type }));
  const savePhones = (next: typeof phones) =>
    save("Phones", { phone_numbers: next }, { phone_numbers: phones });
  return (
    <FactGroup title="Reach">
      <dl>
        {emails.map((email, place) => (
          <InlineField
            key={email}
            label={place === 0 ? "Email" : "Also"}
            value={email}
            onSave={(next) => saveEmails(replaced(emails, place, next || null))}
            beside={<CopyButton text={email} label={`Copy ${email}`} />}
          />
        ))}
        {(emails.length === 0 || isAdding === "email") && (
          <InlineField
            label="Email"
            value=""
            onSave={(next) => {
              setIsAdding(null);
              saveEmails([...emails, next]);
            }}
          />
        )}
        {phones.map(({ raw_number, type }, place) => (
          <InlineField
            key={`${type} ${raw_number}`}
            label={TYPES[type]}
            value={raw_number}
            onSave={(next) => savePhones(replaced(phones, place, next ? { raw_number: next, type } : null))}
            beside={<CopyButton text={raw_number} label={`Copy ${raw_number}`} />}
          />
        ))}
        {(phones.length === 0 || isAdding === "phone") && (
          <InlineField
            label="Phone"
            value=""
            onSave={(next) => {
              setIsAdding(null);
              savePhones([...phones, { raw_number: next, type: "other" }]);
            }}
          />
        )}
      </dl>
      <div className={classes.adding}>
        {emails.length > 0 && isAdding !== "email" && (
          <Adding name="An address" onAdd={() => setIsAdding("email")} />
        )}
        {phones.length > 0 && isAdding !== "phone" && (
          <Adding name="A number" onAdd={() => setIsAdding("phone")} />
        )}
      </div>
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
