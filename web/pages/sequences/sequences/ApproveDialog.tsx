import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { api } from "../../../session.ts";
import { type Sequence, useAbort, useApprove } from "./queries.ts";

type Props = { sequence: Sequence; onClose: () => void };

/** What turning it on means, tried without doing it, and then done. */
export function ApproveDialog({ sequence, onClose }: Props) {
  const tried = useQuery({
    // Of its own: once it is done there is nothing left to try, and a refresh must not.
    queryKey: ["trying", "approve", sequence.id],
    gcTime: 0,
    queryFn: () => api.sequences.approve({ id: sequence.id }, { dryRun: true }),
    staleTime: 0,
  });
  const approve = useApprove();
  const abort = useAbort();
  const after = tried.data?.emailer_campaign.contact_statuses;
  const goOn = after ? after.active - sequence.contact_statuses.active : 0;
  // Not as the mutation's own onSuccess: once the sequence is on, this dialog's button is gone, and it with it.
  const go = async () => {
    await approve.mutateAsync(sequence.id);
    toast(t("“{name}” activated.", { name: sequence.name }), { undo: () => abort.mutateAsync(sequence.id) });
    onClose();
  };
  return (
    <Dialog title={t("Activate “{name}”?", { name: sequence.name })} onClose={onClose}>
      <div className="stack">
        {after && <p>{sayWhat(sequence, goOn)}</p>}
        {after && goOn > 0 && (
          <p className="soft">
            {t("Emails go out when their step is due, within the hours of the schedule.")}
          </p>
        )}
        <Trouble error={tried.error ?? approve.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            {t("Cancel")}
          </Button>
          <Button
            data-autofocus
            disabled={!after}
            loading={approve.isPending || tried.isPending}
            onClick={() => void go().catch(() => {})}
          >
            {goOn > 0
              ? t("Activate and resume {goOn, plural, one {# contact} other {# contacts}}", { goOn })
              : t("Activate")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function sayWhat({ contact_statuses: before, num_contacts }: Sequence, goOn: number) {
  if (num_contacts === 0) return t("No contacts yet. Contacts you add will start with step 1.");
  if (goOn === 0) return t("No contacts are waiting to continue. Contacts you add will start with step 1.");
  const stays = before.paused - goOn;
  const rest =
    stays > 0
      ? t(" {stays, plural, one {# contact} other {# contacts}} paused by a user will stay paused.", {
          stays,
        })
      : "";
  return t("{goOn, plural, one {# contact} other {# contacts}} will continue where they stopped.{rest}", {
    goOn,
    rest,
  });
}
