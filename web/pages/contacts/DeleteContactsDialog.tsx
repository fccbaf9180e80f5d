import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { Confirm } from "../../parts/Confirm.tsx";
import { figure } from "../../parts/figures.ts";
import { toast } from "../../parts/toast.tsx";
import { deleteContacts, idsOf, type Target, useDeleteContacts } from "./bulk.ts";
import { nameOf, sayContacts } from "./words.tsx";

type Named = {
  name: string | null;
  email: string | null;
  contact_campaign_statuses: readonly { status: string }[];
};

type Props = {
  /** Those that are known by name; more may be meant. */
  names: readonly Named[];
  find: () => Promise<readonly Target[]>;
  onClose: () => void;
  onDeleted: () => void;
};

const NAMED = 5;

/** Shows who would go before anybody does: it cannot be taken back. */
export function DeleteContactsDialog({ names, find, onClose, onDeleted }: Props) {
  const key = useId();
  const rehearsed = useQuery({
    queryKey: ["rehearsals", "deletion", key],
    queryFn: async () => deleteContacts(idsOf(await find()), { dryRun: true }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const remove = useDeleteContacts();
  const ids = rehearsed.data;
  const active = names.filter((one) =>
    one.contact_campaign_statuses.some(({ status }) => status === "active"),
  );
  const go = () =>
    remove.mutate(ids ?? [], {
      onSuccess: (gone) => {
        toast(`${sayContacts(gone.length)} deleted.`);
        onDeleted();
        onClose();
      },
    });
  return (
    <Confirm
      title={ids ? `Delete ${sayContacts(ids.length)}?` : "Delete contacts?"}
      verb={ids ? `Delete ${sayContacts(ids.length)}` : "Delete"}
      isBusy={remove.isPending || rehearsed.isPending}
      error={rehearsed.error ?? remove.error}
      onConfirm={go}
      onClose={onClose}
    >
      {names.length > 0 && (
        <ul className="bullets">
          {names.slice(0, NAMED).map((one) => (
            <li key={nameOf(one)}>{nameOf(one)}</li>
          ))}
          {ids && ids.length > NAMED && <li>and {ids.length - Math.min(NAMED, names.length)} more</li>}
        </ul>
      )}
      {active.length > 0 && (
        <p>
          {active.length === 1 ? "One of them is" : `${figure(active.length)} of them are`} active in a
          sequence and will get no more mails from it.
        </p>
      )}
      <p className="soft">
        With them go their places in sequences, their tasks and logged calls. This cannot be undone.
      </p>
    </Confirm>
  );
}
