import { Button, Select } from "@mantine/core";
import { useState } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { currentTimeMs } from "../../../parts/current-time.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { useReplay, type Webhook } from "./queries.ts";

const SPANS = perLanguage(() => [
  { value: "1", label: t("the last hour") },
  { value: "24", label: t("the last 24 hours") },
  { value: "72", label: t("the last 3 days") },
  { value: "168", label: t("the last 7 days") },
  { value: "720", label: t("the last 30 days") },
]);

export function ReplayForm({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const [hours, setHours] = useState("24");
  const replay = useReplay();
  const send = () => {
    const since = new Date(currentTimeMs() - Number(hours) * 3_600_000).toISOString();
    replay.mutate(
      { id: webhook.id, since },
      {
        onSuccess: ({ replayed }) => {
          toast(
            replayed === 0
              ? t("No missed events.")
              : t("{replayed} events will be sent again.", { replayed }),
          );
          onClose();
        },
      },
    );
  };
  return (
    <Dialog onClose={onClose} title={t("Resend missed events")}>
      <div className="stack">
        <p>{t("Only events without a successful response are sent again.")}</p>
        <Select
          label={t("Period")}
          data={SPANS}
          value={hours}
          onChange={(value) => setHours(value ?? "24")}
        />
        <Trouble error={replay.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            {t("Cancel")}
          </Button>
          <Button onClick={send} loading={replay.isPending}>
            {t("Resend")}{" "}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
