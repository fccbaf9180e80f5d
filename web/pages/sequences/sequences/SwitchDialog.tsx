import { Button } from "@mantine/core";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { ApproveDialog } from "./ApproveDialog.tsx";
import { ASK_OWNER, useRights } from "./access.ts";
import { type Sequence, useAbort, useApprove, useSequence } from "./queries.ts";

type Props = { id: string; onClose: () => void };

/** Activates a sequence that is not active, and deactivates one that is, from anywhere. */
export function SwitchDialog({ id, onClose }: Props) {
  const { data, error, refetch } = useSequence(id);
  if (data) return <Known sequence={data.emailer_campaign} onClose={onClose} />;
  if (!error) return null;
  return (
    <Dialog title={t("Activate or deactivate")} onClose={onClose}>
      <Trouble error={error} onRetry={() => void refetch()} />
    </Dialog>
  );
}

type KnownProps = { sequence: Sequence; onClose: () => void };

function Known({ sequence, onClose }: KnownProps) {
  const { mayEdit } = useRights(sequence);
  if (mayEdit && !sequence.archived && !sequence.active)
    return <ApproveDialog sequence={sequence} onClose={onClose} />;
  if (mayEdit && sequence.active) return <Deactivate sequence={sequence} onClose={onClose} />;
  return (
    <Dialog title={sequence.name} onClose={onClose}>
      <p>{mayEdit ? t("This sequence is archived. Unarchive it first.") : ASK_OWNER.edit}</p>
    </Dialog>
  );
}

function Deactivate({ sequence, onClose }: KnownProps) {
  const approve = useApprove();
  const abort = useAbort();
  const { active } = sequence.contact_statuses;
  const says = t("{active, plural, one {# active contact} other {# active contacts}} will wait.", { active });
  const go = async () => {
    await abort.mutateAsync(sequence.id);
    toast(t("“{name}” deactivated.", { name: sequence.name }), {
      undo: () => approve.mutateAsync(sequence.id),
    });
    onClose();
  };
  return (
    <Dialog title={t("Deactivate “{name}”?", { name: sequence.name })} onClose={onClose}>
      <div className="stack">
        <p>{says}</p>
        <Trouble error={abort.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            {t("Cancel")}
          </Button>
          <Button loading={abort.isPending} onClick={() => void go().catch(() => {})} data-autofocus>
            {t("Deactivate")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
