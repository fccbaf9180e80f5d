import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Confirm } from "../../parts/Confirm.tsx";
import { Dialog } from "../../parts/Dialog.tsx";
import { figure } from "../../parts/figures.ts";
import { toast } from "../../parts/toast.tsx";
import { dayAndTime, endOfToday } from "../../parts/when.ts";
import { api } from "../../session.ts";

/** A person's word that no other Cadenza sends from a copy of this database. It cannot be taken back. */
export function ConfirmSending({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient();
  const { data, error } = useQuery({
    queryKey: ["installation"],
    queryFn: async () => (await api.installation.show()).installation.sending,
  });
  const { data: waiting } = useQuery({
    queryKey: ["waiting", "held back"],
    queryFn: async () =>
      (await api.today.counts({ due_before: endOfToday(new Date()).toISOString() })).counts.mails.scheduled,
  });
  const confirm = useMutation({
    mutationFn: () => api.installation.confirmSending(),
    onSuccess: async () => {
      await queries.invalidateQueries();
      toast("Mail goes out from here.");
      onClose();
    },
  });
  const why = (
    <>
      <p>
        Mail has been held back since{" "}
        {data?.held_since ? dayAndTime(data.held_since, new Date()) : "a moment ago"}, because this may be a
        copy:
      </p>
      <ul className="bullets">
        {data?.reasons.map(({ code, says }) => (
          <li key={code}>{says}</li>
        ))}
      </ul>
      <p aria-live="polite">{sayWaiting(waiting)}</p>
      <p>
        If another Cadenza still sends from the original, people get everything twice. What was sent elsewhere
        since the copy was made is not known here, and goes out once more.
      </p>
    </>
  );
  if (data?.may_confirm === false)
    return (
      <Dialog title="No mail leaves from this database" onClose={onClose} size="md">
        <div className="stack">
          {why}
          <p>
            Several teams live here, so only whoever runs this Cadenza can say that it is no copy, with{" "}
            <code>POST /api/v1/installation/sending/confirm</code> and the operator's key.
          </p>
          <div className="row end">
            <Button variant="default" onClick={onClose} data-autofocus>
              Close
            </Button>
          </div>
        </div>
      </Dialog>
    );
  return (
    <Confirm
      title="Send mail from this database?"
      verb="Nobody else sends: send from here"
      isBusy={confirm.isPending || !data}
      error={confirm.error ?? error}
      onConfirm={() => confirm.mutate()}
      onClose={onClose}
    >
      {why}
      <p className="soft">This cannot be undone.</p>
    </Confirm>
  );
}

/** Nobody counts beyond a thousand. */
function sayWaiting(scheduled: number | undefined) {
  if (scheduled === undefined) return "\u00a0";
  if (scheduled === 0) return "No mail of your team waits right now; the next ones would go out from here.";
  const many = scheduled >= 1000 ? "1,000 mails or more" : `${figure(scheduled)} mails`;
  return scheduled === 1
    ? "One mail of your team waits, and would go out from here. No webhook is called either."
    : `${many} of your team wait, and would go out from here. No webhook is called either.`;
}
