import { listFormat } from "../../../language/formats.ts";
import { t } from "../../../language/t.ts";
import { toast } from "../../../parts/toast.tsx";
import { accountFor } from "../../../parts/trouble.ts";
import { api } from "../../../session.ts";
import { startWork } from "../../insight/progress/work.ts";
import { type Managed, useManage, useRefreshMembers } from "./queries.ts";
import {
  type ActionResult,
  type EnrollmentActionInput,
  type EnrollmentTargets,
  readManaged,
  type Verb,
} from "./verbs.ts";

const LIST = listFormat({ type: "conjunction" });

/** Does what was asked for contacts of a sequence, and says what became of it, with a way back. */
export function useCarryOut(sequenceId: string, onDone: () => void) {
  const manage = useManage();
  const refresh = useRefreshMembers();
  const run = (verb: Verb, whom: EnrollmentTargets, said: EnrollmentActionInput) =>
    manage.mutate(() => verb.call(sequenceId, whom, said, {}), {
      onSuccess: (answer) => {
        onDone();
        tell(verb, sequenceId, answer, refresh);
      },
      onError: (error) => toast(accountFor(error, "writing").happened),
    });
  return { run, isBusy: manage.isPending, error: manage.error };
}

/** With the reasons: what was not done must not look done. */
function outcomeWords({ done }: Verb, going: number, left: ActionResult["left"]) {
  const leftAlone = left.reduce((sum, { count }) => sum + count, 0);
  const reasons = LIST.format(left.map(({ says }) => says));
  if (going === 0 && leftAlone > 0) return t("Not {done}: {reasons}.", { done, reasons });
  const says = t("{going, plural, one {# contact} other {# contacts}} {done}.", { going, done });
  return leftAlone > 0
    ? t("{says} {leftAlone, number} skipped: {reasons}.", { says, leftAlone, reasons })
    : says;
}

function tell(verb: Verb, sequenceId: string, answer: Managed, refresh: () => Promise<unknown>) {
  const { going, left, isLong } = readManaged(answer);
  if (isLong && !("contacts" in answer))
    return startWork({
      id: answer.entity_progress_job.id,
      says: t("{name}: {going, number} contacts", { name: verb.name, going }),
      href: `/sequences/${sequenceId}?tab=contacts`,
    });
  const { change } = answer;
  toast(outcomeWords(verb, going, left), {
    ...(change?.undo_until && {
      undo: async () => {
        await api.changes.undo({ id: change.id });
        await refresh();
      },
    }),
  });
}
