import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import type { Deal } from "./queries.ts";

type Props = { deal: Pick<Deal, "name">; onLost: (reason: string) => void; onClose: () => void };

/** Why a deal was lost is what one learns from. It may stay unsaid. */
export function LostDialog({ deal, onLost, onClose }: Props) {
  const [reason, setReason] = useState("");
  return (
    <Dialog title={t("Mark {name} as lost", { name: deal.name })} onClose={onClose} size="md">
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          onLost(reason.trim());
        }}
      >
        <TextInput
          label={t("Reason")}
          description={t("Optional.")}
          data-autofocus
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            {t("Cancel")}
          </Button>
          <Button type="submit">{t("Mark as lost")}</Button>
        </div>
      </form>
    </Dialog>
  );
}
