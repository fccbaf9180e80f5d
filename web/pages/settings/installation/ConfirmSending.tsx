import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Trans } from "../../../language/Trans.tsx";
import { t } from "../../../language/t.ts";
import { Confirm } from "../../../parts/Confirm.tsx";
import { currentTime } from "../../../parts/current-time.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { toast } from "../../../parts/toast.tsx";
import { dayAndTime, endOfToday } from "../../../parts/when.ts";
import { api } from "../../../session.ts";
import { installationQuery } from "./queries.ts";

/** A person's word that no other Cadenza sends from a copy of this database. It cannot be taken back. */
export function ConfirmSending({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient();
  const { data: shown, error } = useQuery(installationQuery);
  const data = shown?.sending;
  const { data: waiting } = useQuery({
    queryKey: ["waiting", "held back"],
    queryFn: async () =>
      (await api.today.counts({ due_before: endOfToday(currentTime()).toISOString() })).counts.mails
        .scheduled,
  });
  const confirm = useMutation({
    mutationFn: () => api.installation.confirmSending(),
    onSuccess: async () => {
      await queries.invalidateQueries();
      toast(t("Sending resumed."));
      onClose();
    },
  });
  const why = (
    <>
      <p>
        {t("Sending has been paused since {value}, because this database may be a copy:", {
          value: data?.held_since ? dayAndTime(data.held_since, currentTime()) : t("a moment ago"),
        })}
      </p>
      <ul className="bullets">
        {data?.reasons.map(({ code, says }) => (
          <li key={code}>{says}</li>
        ))}
      </ul>
      <p aria-live="polite">{sayWaiting(waiting)}</p>
      <p>
        {t(
          "If another Cadenza still sends from the original, contacts get every email twice. Emails sent there since the copy was made will be sent again.",
        )}
      </p>
    </>
  );
  if (data?.may_confirm === false)
    return (
      <Dialog title={t("Sending is paused")} onClose={onClose} size="md">
        <div className="stack">
          {why}
          <p>
            <Trans
              text="This server has several teams. Only its operator can confirm that this is not a copy, with <code>POST /api/v1/installation/sending/confirm</code> and the operator's key."
              tags={{ code: <code /> }}
            />
          </p>
          <div className="row end">
            <Button variant="default" onClick={onClose} data-autofocus>
              {t("Close")}
            </Button>
          </div>
        </div>
      </Dialog>
    );
  return (
    <Confirm
      title={t("Resume sending from this database?")}
      verb={t("Resume sending")}
      isBusy={confirm.isPending || !data}
      error={confirm.error ?? error}
      onConfirm={() => confirm.mutate()}
      onClose={onClose}
    >
      {why}
      <p className="soft">{t("You can't undo this.")}</p>
    </Confirm>
  );
}

/** The server counts up to 1,000. */
function sayWaiting(scheduled: number | undefined) {
  if (scheduled === undefined) return "\u00a0";
  if (scheduled === 0) return t("No emails of your team are waiting.");
  const many = scheduled >= 1000 ? t("1,000 or more emails") : t("{scheduled, number} emails", { scheduled });
  return scheduled === 1
    ? t("1 email of your team is waiting and will be sent. Webhooks are paused too.")
    : t("{many} of your team are waiting and will be sent. Webhooks are paused too.", { many });
}
