import { Button, Radio, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Dialog } from "../../parts/Dialog.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { toast } from "../../parts/toast.tsx";
import { api } from "../../session.ts";
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
        toast(`${contacts.length} contacts are now one: ${nameOf(contact)}.`);
        onMerged(contact.id);
        onClose();
      },
    });
  return (
    <Dialog title={`Merge ${contacts.length} contacts`} onClose={onClose} size="xl">
      <div className="stack">
        <Radio.Group label="Who stays" value={winnerId} onChange={setWinnerId}>
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
          Whoever stays keeps what they have and gets what they lack, with all lists, sequences, tasks, deals
          and notes. The others are gone; this cannot be undone.
        </p>
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button loading={merge.isPending} disabled={!after.data} onClick={go}>
            Merge into {winner ? nameOf(winner) : "one"}
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

const ROWS: readonly (readonly [name: string, say: (contact: Compared) => string])[] = [
  ["Name", ({ name }) => name ?? ""],
  ["Title", ({ title }) => title ?? ""],
  ["Company", ({ organization_name }) => organization_name ?? ""],
  ["Addresses", ({ contact_emails }) => contact_emails.map(({ email }) => email).join(", ")],
  ["Phones", ({ phone_numbers }) => phone_numbers.map(({ raw_number }) => raw_number).join(", ")],
  ["Place", ({ city, country }) => [city, country].filter(Boolean).join(", ")],
  ["LinkedIn", ({ linkedin_url }) => linkedin_url ?? ""],
  ["Lists", ({ label_ids }) => String(label_ids.length || "")],
  ["Sequences", ({ contact_campaign_statuses }) => String(contact_campaign_statuses.length || "")],
];

function BeforeAfter({ before, after }: { before: Compared; after: Compared | undefined }) {
  return (
    <table className={classes.table} aria-label="What changes">
      <thead>
        <tr>
          <td />
          <th scope="col">Now</th>
          <th scope="col">After</th>
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
