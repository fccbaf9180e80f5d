import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { t } from "../../../language/t.ts";
import { Confirm } from "../../../parts/Confirm.tsx";
import { toast } from "../../../parts/toast.tsx";
import { type BulkContact, deleteContacts, idsOf, useDeleteContacts } from "./bulk.ts";
import { nameOf, sayContacts } from "./words.tsx";

type Named = {
  name: string | null;
  email: string | null;
  contact_campaign_statuses: readonly { status: string }[];
};

type Props = {
  /** Those that are known by name; more may be meant. */
  names: readonly Named[];
  find: () => Promise<readonly BulkContact[]>;
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
        toast(t("{gone} deleted.", { gone: sayContacts(gone.length) }));
        onDeleted();
        onClose();
      },
    });
  return (
    <Confirm
      title={ids ? t("Delete {ids}?", { ids: sayContacts(ids.length) }) : t("Delete contacts?")}
      verb={ids ? t("Delete {ids}", { ids: sayContacts(ids.length) }) : t("Delete")}
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
          {ids && ids.length > NAMED && (
            <li>{t("and {ids} more", { ids: ids.length - Math.min(NAMED, names.length) })}</li>
          )}
        </ul>
      )}
      {active.length > 0 && (
        <p>
          {t(
            "{active, plural, one {# of them is} other {# of them are}} active in a sequence and will get no more emails from it.",
            { active: active.length },
          )}
        </p>
      )}
      <p className="soft">
        {t("Their sequence memberships, tasks and logged calls will be deleted too. This cannot be undone.")}
      </p>
    </Confirm>
  );
}
