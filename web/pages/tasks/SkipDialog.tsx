import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { Dialog } from "../../parts/Dialog.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import type { TaskShown } from "./queries.ts";

type Props = {
  task: TaskShown;
  isBusy: boolean;
  error: unknown;
  onSkip: (reason: string) => void;
  onClose: () => void;
};

const COMMON = ["No number or profile", "Wrong person", "Not needed any more"];

/** Asks why, because whoever reads it later will. It may stay unsaid. */
export function SkipDialog({ task, isBusy, error, onSkip, onClose }: Props) {
  const [reason, setReason] = useState("");
  return (
    <Dialog title="Skip this task" onClose={onClose} size="md">
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          onSkip(reason.trim());
        }}
      >
        {task.emailer_campaign_id && (
          <p>
            {task.contact?.name ?? "The contact"} goes on to the next step of{" "}
            {task.campaign_name ?? "the sequence"}.
          </p>
        )}
        <TextInput
          label="Why"
          description="If you like. It stands in the task's note."
          data-autofocus
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <div className="row">
          {COMMON.map((one) => (
            <Button key={one} variant="default" onClick={() => setReason(one)}>
              {one}
            </Button>
          ))}
        </div>
        <Trouble error={error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={isBusy}>
            Skip it
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
