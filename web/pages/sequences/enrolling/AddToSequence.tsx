import { Button, type ButtonProps } from "@mantine/core";
import { IconSend } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { t } from "../../../language/t.ts";
import type { ContactSearch } from "./wish.ts";

const AddContactsDialog = lazy(async () => ({
  default: (await import("./AddContactsDialog.tsx")).AddContactsDialog,
}));

type Props = Pick<ButtonProps, "variant"> & {
  contactIds?: readonly string[];
  labelIds?: readonly string[];
  /** All that a search finds, in the body of contacts.search. */
  filter?: ContactSearch;
};

/** From wherever contacts are chosen: the same dialog, with the choice made. */
export function AddToSequence({ variant = "default", ...chosen }: Props) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button
        variant={variant}
        leftSection={<IconSend size="0.875rem" aria-hidden />}
        onClick={() => setIsOpen(true)}
      >
        {t("Add to sequence")}
      </Button>
      {isOpen && (
        <Suspense fallback={null}>
          <AddContactsDialog {...chosen} onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
