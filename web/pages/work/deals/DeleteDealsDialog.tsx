import { useMutation } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { Confirm } from "../../../parts/Confirm.tsx";
import { useDeleteDeals } from "./queries.ts";

type Props = {
  count: number;
  /** Of one deal. */
  name?: string | undefined;
  find: () => Promise<readonly string[]>;
  onClose: () => void;
  onDeleted: () => void;
};

/** Asks before deals are deleted. */
export function DeleteDealsDialog({ count, name, find, onClose, onDeleted }: Props) {
  const remove = useDeleteDeals();
  const all = useMutation({
    mutationFn: async () => remove.mutateAsync(await find()),
    onSuccess: onDeleted,
  });
  return (
    <Confirm
      title={
        name
          ? t("Delete {name}?", { name })
          : t("Delete {count, plural, one {# deal} other {# deals}}?", { count })
      }
      verb={t("Delete")}
      isBusy={all.isPending}
      error={all.error}
      onConfirm={() => all.mutate()}
      onClose={onClose}
    >
      <p>{t("Contacts, the company, tasks and notes stay.")}</p>
      <p className="soft">{t("This cannot be undone.")}</p>
    </Confirm>
  );
}
