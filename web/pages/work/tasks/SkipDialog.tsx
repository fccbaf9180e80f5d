import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import type { TaskShown } from "./queries.ts";

type Props = {
  task: TaskShown;
  isBusy: boolean;
  error: unknown;
  onSkip: (reason: string) => void;
  onClose: () => void;
};

const COMMON = perLanguage(() => [t("No number or profile"), t("Wrong person"), t("No longer needed")]);

/** Asks for the reason, for later readers. It may be left empty. */
export function SkipDialog({ task, isBusy, error, onSkip, onClose }: Props) {
  const [reason, setReason] = useState("");
  return (
    <Dialog title={t("Skip this task")} onClose={onClose} size="md">
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          onSkip(reason.trim());
        }}
      >
        {task.emailer_campaign_id && (
          <p>
            {t("{name} will continue with the next step of {campaign_name}.", {
              name: task.contact?.name ?? t("The contact"),
              campaign_name: task.campaign_name ?? t("the sequence"),
            })}
          </p>
        )}
        <TextInput
          label={t("Reason")}
          description={t("Optional. Saved in the task's note.")}
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
            {t("Cancel")}
          </Button>
          <Button type="submit" loading={isBusy}>
            {t("Skip task")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
