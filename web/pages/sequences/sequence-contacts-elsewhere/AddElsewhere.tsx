import { Button } from "@mantine/core";
import { IconSend } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { t } from "../../../language/t.ts";
import { ChoiceMenu } from "../../../parts/ChoiceMenu.tsx";
import { toast } from "../../../parts/toast.tsx";
import { accountFor } from "../../../parts/trouble.ts";
import { putOnList, takeOffList, useBulk } from "../../contacts/contacts/bulk.ts";
import { sayContacts } from "../../contacts/contacts/words.tsx";
import { useLists } from "../../contacts/lists/queries.ts";

const AddContactsDialog = lazy(async () => ({
  default: (await import("../enrolling/AddContactsDialog.tsx")).AddContactsDialog,
}));

type Props = {
  /** How many are chosen. */
  count: number;
  /** Their contacts' ids. */
  find: () => Promise<readonly string[]>;
  onDone: () => void;
};

const MOST = 1000;

/** The chosen contacts of a sequence go to another sequence too, or on a list. They stay in this one. */
export function AddElsewhere({ count, find, onDone }: Props) {
  const [adding, setAdding] = useState<readonly string[] | null>(null);
  const { data: lists = [] } = useLists("contacts");
  const finding = useBulk(() => find());
  const listing = useBulk(async (list: { id: string | null; name: string }) => ({
    list,
    added: await putOnList(await find(), list),
  }));
  const undoing = useBulk((undo: () => Promise<void>) => undo());
  const onError = (error: unknown) => void toast(accountFor(error, "writing").happened);
  const putThem = (id: string, name: string) =>
    listing.mutate(
      { id: id || null, name },
      {
        onError,
        onSuccess: ({ added }) => {
          onDone();
          toast(t("{added} added to {name}.", { added: sayContacts(added.length), name }), {
            undo: () => undoing.mutateAsync(() => takeOffList(added, name)),
          });
        },
      },
    );
  if (count > MOST)
    return (
      <p className="soft small">
        {t("Select {most, number} or fewer to add them to another sequence or a list", { most: MOST })}
      </p>
    );
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconSend size="0.875rem" aria-hidden />}
        loading={finding.isPending}
        onClick={() => finding.mutate(undefined, { onError, onSuccess: setAdding })}
      >
        {t("Add to sequence")}
      </Button>
      <ChoiceMenu
        label={t("Add to list")}
        choices={lists.map(({ id, name }) => ({ value: id, label: name }))}
        newName={t("Create list")}
        isBusy={listing.isPending}
        onChoose={putThem}
      />
      {adding && (
        <Suspense fallback={null}>
          <AddContactsDialog contactIds={adding} onClose={() => setAdding(null)} />
        </Suspense>
      )}
    </>
  );
}
