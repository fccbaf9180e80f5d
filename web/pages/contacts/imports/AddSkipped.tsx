import { Button } from "@mantine/core";
import { IconSend } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { t } from "../../../language/t.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { notEnrolledQuery } from "./queries.ts";

const AddContactsDialog = lazy(async () => ({
  default: (await import("../../sequences/enrolling/AddContactsDialog.tsx")).AddContactsDialog,
}));

/** The contacts that did not join go through the dialog again, where each reason has what lets them in. */
export function AddSkipped({ importId, sequenceId }: { importId: string; sequenceId: string }) {
  const [isOpen, setIsOpen] = useState(false);
  const { data, error, refetch } = useQuery(notEnrolledQuery(importId));
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!data || data.contactIds.length === 0) return null;
  return (
    <div className="row">
      <Button
        variant="default"
        leftSection={<IconSend size="0.875rem" aria-hidden />}
        onClick={() => setIsOpen(true)}
      >
        {t("Add skipped contacts …")}
      </Button>
      {isOpen && (
        <Suspense fallback={null}>
          <AddContactsDialog
            contactIds={data.contactIds}
            sequenceId={sequenceId}
            onClose={() => setIsOpen(false)}
          />
        </Suspense>
      )}
    </div>
  );
}
