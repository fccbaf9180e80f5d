import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { Dialog } from "../../parts/Dialog.tsx";
import type { Deal } from "./queries.ts";

type Props = { deal: Pick<Deal, "name">; onLost: (reason: string) => void; onClose: () => void };

/** Why a deal was lost is what one learns from. It may stay unsaid. */
export function LostDialog({ deal, onLost, onClose }: Props) {
  const [reason, setReason] = useState("");
  return (
    <Dialog title={`${deal.name} is lost`} onClose={onClose} size="md">
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          onLost(reason.trim());
        }}
      >
        <TextInput
          label="Why"
          description="If you like."
          data-autofocus
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            Keep it as it is
          </Button>
          <Button type="submit">It is lost</Button>
        </div>
      </form>
    </Dialog>
  );
}
