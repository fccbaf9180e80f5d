import { Button, Radio, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { api } from "../../../session.ts";
import { useBulk } from "./bulk.ts";
import classes from "./MergeContacts.module.css";
import type { Contact, FoundContact } from "./queries.ts";
import { nameOf } from "./words.tsx";

type Props = { contacts: readonly FoundContact[]; onClose: () => void; onMerged: (id: string) => void };

/** One contact of several: who stays is chosen, and what becomes of them is shown before it is done. */
export function MergeContactsDialog({ contacts, onClose, onMerged }: Props) {
  const [winnerId, setWinnerId] = useState(fullest(contacts).id);
  const winner = contacts.find(({ id }) => id === winnerId);
  const wish = {
    winner_id: winnerId,
    loser_ids: contacts.map(({ id }) => id).filter((id) => id !== winnerId),
  };
  const after = useQuery({
    queryKey: ["rehearsals", "merging", wish],
    queryFn: async () => (await api.contacts.merge(wish, { dryRun: true })).contact,
    gcTime: 0,
  });
  const merge = useBulk(() => api.contacts.merge(wish));
  const go = () =>
    merge.mutate(undefined, {
      onSuccess: ({ contact }) => {
        toast(
          t("{contacts} contacts merged into {contact}.", {
            contacts: contacts.length,
            contact: nameOf(contact),
          }),
        );
        onMerged(contact.id);
        onClose();
      },
    });
  return (
    <Dialog title={t("Merge {contacts} contacts", { contacts: contacts.length })} onClose={onClose} size="xl">
      <div className="stack">
        <Radio.Group label={t("Contact to keep")} value={winnerId} onChange={setWinnerId}>
          <div className={classes.choices}>
            {contacts.map((one) => (
              <Radio
                key={one.id}
                value={one.id}
                label={nameOf(one)}
                description={[one.title, one.organization_name, one.email].filter(Boolean).join(" · ")}
              />
            ))}
          </div>
        </Radio.Group>
        <Trouble error={after.error ?? merge.error} doing="writing" />
        {winner && <BeforeAfter before={winner} after={after.data} />}
        <p className="soft small">
          {t(
            "The contact you keep gets all lists, sequences, tasks, deals and notes. Its empty fields will be filled. The other contacts will be deleted. This cannot be undone.",
          )}
        </p>
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            {t("Cancel")}
          </Button>
          <Button loading={merge.isPending} disabled={!after.data} onClick={go}>
            {t("Merge into {value}", { value: winner ? nameOf(winner) : t("contact") })}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function fullest(contacts: readonly FoundContact[]) {
  const filled = (one: FoundContact) =>
    Object.values(one).filter((value) => value !== null && value !== "").length;
  return contacts.toSorted((one, other) => filled(other) - filled(one))[0] as FoundContact;
}

type Compared = Pick<
  Contact,
  "contact_emails" | "phone_numbers" | "label_ids" | "contact_campaign_statuses"
> &
  FactsOf;
type FactsOf = Pick<Contact, "name" | "title" | "organization_name" | "city" | "country" | "linkedin_url">;

const ROWS: readonly (readonly [name: string, say: (contact: Compared) => string])[] = perLanguage(() => [
  [t("Name"), ({ name }) => name ?? ""],
  [t("Title"), ({ title }) => title ?? ""],
  [t("Company"), ({ organization_name }) => organization_name ?? ""],
  [t("Emails"), ({ contact_emails }) => contact_emails.map(({ email }) => email).join(", ")],
  [t("Phones"), ({ phone_numbers }) => phone_numbers.map(({ raw_number }) => raw_number).join(", ")],
  [t("Location"), ({ city, country }) => [city, country].filter(Boolean).join(", ")],
  ["LinkedIn", ({ linkedin_url }) => linkedin_url ?? ""],
  [t("Lists"), ({ label_ids }) => String(label_ids.length || "")],
  [t("Sequences"), ({ contact_campaign_statuses }) => String(contact_campaign_statuses.length || "")],
]);

function BeforeAfter({ before, after }: { before: Compared; after: Compared | undefined }) {
  return (
    <table className={classes.table} aria-label={t("What changes")}>
      <thead>
        <tr>
          <td />
          <th scope="col">{t("Now")}</th>
          <th scope="col">{t("After")}</th>
        </tr>
      </thead>
      <tbody>
        {ROWS.map(([name, say]) => {
          const [was, becomes] = [say(before), after && say(after)];
          return (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{was || "–"}</td>
              <td data-new={(becomes !== undefined && becomes !== was) || undefined}>
                {becomes === undefined ? <Skeleton height={10} width="60%" /> : becomes || "–"}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
