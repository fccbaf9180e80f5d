import { Button } from "@mantine/core";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { MomentField } from "../../../parts/dates/MomentField.tsx";
import { morningIn } from "../../../parts/when.ts";
import type { TaskShown } from "./queries.ts";

type Props = { task: TaskShown; isBusy: boolean; onChoose: (at: Date) => void; onClose: () => void };

export function SnoozeDialog({ task, isBusy, onChoose, onClose }: Props) {
  const [at, setAt] = useState<Date | null>(morningIn(2, currentTime()));
  return (
    <Dialog title={t("Postpone task")} onClose={onClose} size="md">
      <div className="stack">
        <p className="soft">{task.title}</p>
        <MomentField label={t("Until")} data-autofocus value={at} from="today" onChange={setAt} />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            {t("Cancel")}
          </Button>
          <Button loading={isBusy} disabled={!at} onClick={() => at && onChoose(at)}>
            {t("Postpone")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
