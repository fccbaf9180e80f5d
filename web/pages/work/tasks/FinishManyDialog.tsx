import { t } from "../../../language/t.ts";
import { TriedDialog } from "../../../parts/TriedDialog.tsx";
import { toast } from "../../../parts/toast.tsx";
import { completeMany, skipMany, type Task, useTaskChanges } from "./queries.ts";
import { sayTasks } from "./words.tsx";

type Props = {
  how: "complete" | "skip";
  tasks: readonly Task[];
  onDone: (ids: readonly string[]) => void;
  onBack: (...ids: readonly string[]) => void;
  onClose: () => void;
};

/** Their contacts go on in their sequences, so it is tried first. */
export function FinishManyDialog({ how, tasks, onDone, onBack, onClose }: Props) {
  const changes = useTaskChanges();
  const ids = tasks.map(({ id }) => id);
  const hasMails = tasks.some(({ type }) => type === "outreach_manual_email");
  const trial = async () => {
    const answers = await (how === "complete" ? completeMany : skipMany)(ids, { dryRun: true });
    return {
      going: answers.reduce((sum, { task_ids }) => sum + task_ids.length, 0),
      left: answers.flatMap(({ left }) => left),
    };
  };
  const go = async () => {
    const many = how === "complete" ? changes.completeMany : changes.skipMany;
    const changed = (await many.mutateAsync(ids)).flatMap(({ task_ids }) => task_ids);
    const count = sayTasks(changed.length);
    toast(how === "complete" ? t("{count} done.", { count }) : t("{count} skipped.", { count }), {
      undo: async () => {
        await changes.reopenMany.mutateAsync(changed);
        onBack(...changed);
      },
    });
    onDone(changed);
  };
  return (
    <TriedDialog
      title={how === "complete" ? t("Mark tasks as done") : t("Skip tasks")}
      trial={trial}
      says={(going) =>
        how === "complete"
          ? t("{going} will be marked as done.", { going: sayTasks(going) })
          : t("{going} will be skipped.", { going: sayTasks(going) })
      }
      verb={(going) =>
        how === "complete"
          ? t("Mark {going} as done", { going: sayTasks(going) })
          : t("Skip {going}", { going: sayTasks(going) })
      }
      go={go}
      onClose={onClose}
    >
      {tasks.some(({ emailer_campaign_id }) => emailer_campaign_id) && (
        <p>{t("Contacts in sequences continue with the next step.")}</p>
      )}
      {hasMails && <p>{t("Manual emails that are not sent yet will not be sent.")}</p>}
    </TriedDialog>
  );
}
