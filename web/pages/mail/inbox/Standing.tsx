import { Button } from "@mantine/core";
import { t } from "../../../language/t.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { toast } from "../../../parts/toast.tsx";
import { dayAndTime } from "../../../parts/when.ts";
import { usePeople } from "../../settings/people/queries.ts";
import classes from "./IncomingView.module.css";
import { type Incoming, useInboxChanges } from "./queries.ts";
import { isSnoozed } from "./words.ts";

/** Until when the email is out of the inbox, and who is to answer it. */
export function Standing({ mail, onLeave }: { mail: Incoming; onLeave: () => void }) {
  const { snooze } = useInboxChanges();
  const { data: people = [] } = usePeople();
  const now = currentTime();
  const assignee = people.find(({ id }) => id === mail.assigned_to_user_id);
  const undo = () =>
    snooze.mutateAsync({ ids: [mail.id], until: mail.snoozed_until ? new Date(mail.snoozed_until) : null });
  const putBack = () =>
    snooze.mutate(
      { ids: [mail.id], until: null },
      {
        onSuccess: () => {
          toast(t("Moved back to the inbox."), { undo });
          onLeave();
        },
      },
    );
  return (
    <>
      {assignee && <p className={classes.because}>{t("Assigned to {name}.", { name: assignee.name })}</p>}
      {isSnoozed(mail, now) && (
        <p className={classes.because}>
          {t("Snoozed until {when}.", { when: dayAndTime(mail.snoozed_until ?? "", now) })}{" "}
          <Button variant="subtle" size="compact-sm" loading={snooze.isPending} onClick={putBack}>
            {t("Move back to inbox")}
          </Button>
        </p>
      )}
    </>
  );
}
