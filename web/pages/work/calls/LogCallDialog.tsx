import { t } from "../../../language/t.ts";
import { AllAtOnce } from "../../../parts/AllAtOnce.tsx";
import { Dialog } from "../../../parts/Dialog.tsx";
import { toast } from "../../../parts/toast.tsx";
import { CallForm } from "./CallForm.tsx";
import { outcomesQuery, purposesQuery } from "./queries.ts";

type Props = {
  contactId: string | null;
  /** Whom it was with, for the title. */
  name?: string | null;
  number?: string | null;
  /** The task that is done by it. */
  taskId?: string;
  onClose: () => void;
};

/** Writes down a call that was made. */
export function LogCallDialog({ contactId, name, number, taskId, onClose }: Props) {
  const done = (undo: () => Promise<unknown>) => {
    toast(name ? t("Call with {name} logged.", { name }) : t("Call logged."), { undo });
    onClose();
  };
  return (
    <Dialog
      title={name ? t("Log a call with {name}", { name }) : t("Log a call")}
      onClose={onClose}
      size="lg"
    >
      <AllAtOnce asks={[outcomesQuery, purposesQuery]}>
        <CallForm
          contactId={contactId}
          taskId={taskId}
          {...(number && { number })}
          verb={t("Log call")}
          onLogged={done}
          onCancel={onClose}
        />
      </AllAtOnce>
    </Dialog>
  );
}
