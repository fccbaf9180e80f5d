import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";
import { Dialog } from "../../parts/Dialog.tsx";
import { count, figure } from "../../parts/figures.ts";
import { Trouble } from "../../parts/Trouble.tsx";
import { toast } from "../../parts/toast.tsx";
import { api } from "../../session.ts";
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
  const name = data?.emailer_campaign.name ?? "the sequence";
  useUndo(added, sequenceId, name);
  const file = useMutation({ mutationFn: () => downloadReport(sequenceId, added.request_id) });
  return (
    <Dialog
      onClose={onClose}
      title={joining === 0 ? "Nobody was added" : `${count(joining, "contact")} added`}
    >
      <div className={classes.done}>
        <p role="status">
          {joining > 0 && `${count(joining, "contact")} joined ${name}. `}
          {leftOut > 0 ? `${count(leftOut, "contact")} did not:` : "Nobody was left out."}
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
            Report as CSV
          </Button>
          <Button
            component="a"
            variant="default"
            href={`/sequences/${sequenceId}?tab=activity&open=${added.request_id}`}
          >
            Read the report
          </Button>
          <Button data-autofocus onClick={onClose}>
            Done
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

/** Taking it back takes them out again, and nobody who was in before. */
function useUndo(added: Added, sequenceId: string, name: string) {
  const refresh = useRefresh();
  const offer = useEffectEvent(() => {
    const contact_ids = "enrollments" in added ? added.enrollments.map(({ contact_id }) => contact_id) : [];
    if (contact_ids.length === 0) return;
    toast(`${count(contact_ids.length, "contact")} added to ${name}.`, {
      undo: async () => {
        await api.enrollments.remove({ id: sequenceId, contact_ids });
        await refresh();
      },
    });
  });
  useEffect(() => offer(), []);
}
