import { Button, Select } from "@mantine/core";
import { useState } from "react";
import { Dialog } from "../../parts/Dialog.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { toast } from "../../parts/toast.tsx";
import { useReplay, type Webhook } from "./queries.ts";

const SPANS = [
  { value: "1", label: "the last hour" },
  { value: "24", label: "the last 24 hours" },
  { value: "72", label: "the last 3 days" },
  { value: "168", label: "the last 7 days" },
  { value: "720", label: "the last 30 days" },
];

export function ReplayForm({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const [hours, setHours] = useState("24");
  const replay = useReplay();
  const send = () => {
    const since = new Date(Date.now() - Number(hours) * 3_600_000).toISOString();
    replay.mutate(
      { id: webhook.id, since },
      {
        onSuccess: ({ replayed }) => {
          toast(replayed === 0 ? "It had missed nothing." : `${replayed} events are sent again.`);
          onClose();
        },
      },
    );
  };
  return (
    <Dialog onClose={onClose} title="Send again what it missed">
      <div className="stack">
        <p>What it has answered with success is left alone, so nothing comes twice that arrived.</p>
        <Select label="Of" data={SPANS} value={hours} onChange={(value) => setHours(value ?? "24")} />
        <Trouble error={replay.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button onClick={send} loading={replay.isPending}>
            Send again
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
