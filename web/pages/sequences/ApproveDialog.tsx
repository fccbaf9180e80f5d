import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Dialog } from "../../parts/Dialog.tsx";
import { count, figure } from "../../parts/figures.ts";
import { Trouble } from "../../parts/Trouble.tsx";
import { toast } from "../../parts/toast.tsx";
import { api } from "../../session.ts";
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
    toast(`“${sequence.name}” is on.`, { undo: () => abort.mutateAsync(sequence.id) });
    onClose();
  };
  return (
    <Dialog title={`Approve “${sequence.name}”?`} onClose={onClose}>
      <div className="stack">
        {after && <p>{sayWhat(sequence, goOn)}</p>}
        {after && goOn > 0 && (
          <p className="soft">Mails go out when their step is due, in the hours of the schedule.</p>
        )}
        <Trouble error={tried.error ?? approve.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            Not yet
          </Button>
          <Button
            data-autofocus
            disabled={!after}
            loading={approve.isPending || tried.isPending}
            onClick={() => void go().catch(() => {})}
          >
            {goOn > 0 ? `Approve, and let ${figure(goOn)} go on` : "Approve"}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function sayWhat({ contact_statuses: before, num_contacts }: Sequence, goOn: number) {
  if (num_contacts === 0) return "Nobody is in it yet. Contacts you add from now on begin with step 1.";
  if (goOn === 0) return "Nobody in it waits to go on. Contacts you add from now on begin with step 1.";
  const stays = before.paused - goOn;
  const rest =
    stays > 0 ? ` ${count(stays, "other stays", "others stay")} paused, because somebody paused them.` : "";
  return `${count(goOn, "contact goes", "contacts go")} on where they stopped.${rest}`;
}
