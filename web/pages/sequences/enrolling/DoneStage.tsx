import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { figure } from "../../../parts/figures.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { api } from "../../../session.ts";
import { sequenceQuery } from "../sequences/queries.ts";
import classes from "./AddContactsDialog.module.css";
import { readCheck } from "./check.ts";
import { type Added, useRefresh } from "./queries.ts";
import { downloadReport } from "./report.ts";
import { reasonWords } from "./words.ts";

type Props = { added: Added; sequenceId: string; onClose: () => void };

/** What became of everybody. It can be read again under Activity, and taken along as a file. */
export function DoneStage({ added, sequenceId, onClose }: Props) {
  const { data } = useQuery(sequenceQuery(sequenceId));
  const { joining, leftOut, groups } = readCheck(added);
  const name = data?.emailer_campaign.name ?? t("the sequence");
  useUndo(added, sequenceId, name);
  const file = useMutation({ mutationFn: () => downloadReport(sequenceId, added.request_id) });
  return (
    <Dialog
      onClose={onClose}
      title={
        joining === 0
          ? t("No contacts added")
          : t("{joining, plural, one {# contact} other {# contacts}} added", { joining })
      }
    >
      <div className={classes.done}>
        <p role="status">
          {joining > 0 &&
            t("{joining, plural, one {# contact} other {# contacts}} added to {name}. ", { joining, name })}
          {leftOut > 0
            ? t("{leftOut, plural, one {# contact} other {# contacts}} skipped:", { leftOut })
            : t("No contacts skipped.")}
        </p>
        {groups.length > 0 && (
          <ul className="bullets">
            {groups.map(({ code, people }) => (
              <li key={code}>
                {figure(people.length)} · {reasonWords(code, people.length).says}
              </li>
            ))}
          </ul>
        )}
        <Trouble error={file.error} />
        <div className="row end">
          <Button
            variant="default"
            leftSection={<IconDownload size="0.875rem" aria-hidden />}
            loading={file.isPending}
            onClick={() => file.mutate()}
            mr="auto"
          >
            {t("Download report (CSV)")}
          </Button>
          <Button
            component="a"
            variant="default"
            href={`/sequences/${sequenceId}?tab=activity&open=${added.request_id}`}
          >
            {t("View report")}
          </Button>
          <Button data-autofocus onClick={onClose}>
            {t("Done")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

/** Undo takes the added contacts out again, and no contact who was in before. */
function useUndo(added: Added, sequenceId: string, name: string) {
  const refresh = useRefresh();
  const offer = useEffectEvent(() => {
    const contact_ids = "enrollments" in added ? added.enrollments.map(({ contact_id }) => contact_id) : [];
    if (contact_ids.length === 0) return;
    toast(
      t("{contact_ids, plural, one {# contact} other {# contacts}} added to {name}.", {
        contact_ids: contact_ids.length,
        name,
      }),
      {
        undo: async () => {
          await api.enrollments.remove({ id: sequenceId, contact_ids });
          await refresh();
        },
      },
    );
  });
  useEffect(() => offer(), []);
}
