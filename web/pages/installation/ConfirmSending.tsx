import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Confirm } from "../../parts/Confirm.tsx";
import { Moment } from "../../parts/Moment.tsx";
import { toast } from "../../parts/toast.tsx";
import { api } from "../../session.ts";

/** A person's word that no other Cadenza sends from a copy of this database. It cannot be taken back. */
export function ConfirmSending({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient();
  const { data, error } = useQuery({
    queryKey: ["installation"],
    queryFn: async () => (await api.installation.show()).installation.sending,
  });
  const confirm = useMutation({
    mutationFn: () => api.installation.confirmSending(),
    onSuccess: async () => {
      await queries.invalidateQueries();
      toast("Mail goes out from here.");
      onClose();
    },
  });
  return (
    <Confirm
      title="Send mail from this database?"
      verb="Nobody else sends: send from here"
      isBusy={confirm.isPending}
      error={confirm.error ?? error}
      onConfirm={() => confirm.mutate()}
      onClose={onClose}
    >
      <p>
        Mail has been held back since <Moment at={data?.held_since ?? null} />, because this may be a copy:
      </p>
      <ul className="bullets">
        {data?.reasons.map(({ code, says }) => (
          <li key={code}>{says}</li>
        ))}
      </ul>
      <p>
        If another Cadenza still sends from the original, people get everything twice. What was sent elsewhere
        since the copy was made is not known here, and goes out once more.
      </p>
      <p className="soft">This cannot be undone.</p>
    </Confirm>
  );
}
