import { Button, Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import type { Selection } from "../../../parts/records/useSelection.ts";
import { toast } from "../../../parts/toast.tsx";
import { accountFor } from "../../../parts/trouble.ts";
import { api } from "../../../session.ts";
import { startWork } from "../../insight/progress/work.ts";
import { ManageDialog } from "./ManageDialog.tsx";
import { type Managed, type Member, useManage, useRefreshMembers } from "./queries.ts";
import {
  type EnrollmentActionInput,
  type EnrollmentTargets,
  readManaged,
  VERBS,
  type Verb,
  type VerbName,
} from "./verbs.ts";

type Props = { sequenceId: string; selection: Selection<Member>; total: number; whom: EnrollmentTargets };

const IN_VIEW: readonly VerbName[] = ["pause", "resume", "finish"];
const IN_MENU: readonly VerbName[] = ["move", "retry", "restart", "remove"];
const NOTHING_SAID: EnrollmentActionInput = { until: null, mailboxId: null };

/** The actions for the chosen contacts. One contact is changed at a click, with undo; many get a dry run first. */
export function ManageBar({ sequenceId, selection, total, whom }: Props) {
  const [asked, setAsked] = useState<VerbName | null>(null);
  const count = selection.count(total);
  const carryOut = useCarryOut(sequenceId, () => {
    setAsked(null);
    selection.clear();
  });
  const begin = (name: VerbName) => {
    const verb: Verb = VERBS[name];
    if (count > 1 || verb.alwaysAsks) return setAsked(name);
    carryOut.run(verb, whom, NOTHING_SAID);
  };
  return (
    <>
      {IN_VIEW.map((name) => (
        <Button key={name} variant="default" loading={carryOut.isBusy && !asked} onClick={() => begin(name)}>
          {VERBS[name].name}
        </Button>
      ))}
      <Menu position="top-end">
        <Menu.Target>
          <Button variant="default" aria-label={t("More actions for the selection")}>
            <IconDots size="1rem" aria-hidden />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {IN_MENU.map((name) => (
            <Menu.Item key={name} onClick={() => begin(name)}>
              {VERBS[name].name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {asked && (
        <ManageDialog
          sequenceId={sequenceId}
          verb={VERBS[asked]}
          whom={whom}
          isBusy={carryOut.isBusy}
          error={carryOut.error}
          onConfirm={(said) => carryOut.run(VERBS[asked], whom, said)}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}

function useCarryOut(sequenceId: string, onDone: () => void) {
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

function tell(verb: Verb, sequenceId: string, answer: Managed, refresh: () => Promise<unknown>) {
  const { going, left, isLong } = readManaged(answer);
  if (isLong && !("contacts" in answer))
    return startWork({
      id: answer.entity_progress_job.id,
      says: t("{name}: {going, number} contacts", { name: verb.name, going }),
      href: `/sequences/${sequenceId}?tab=contacts`,
    });
  const { change } = answer;
  const leftAlone = left.reduce((sum, { count }) => sum + count, 0);
  const says = t("{going, plural, one {# contact} other {# contacts}} {done}.", { going, done: verb.done });
  toast(leftAlone > 0 ? t("{says} {leftAlone, number} skipped.", { says, leftAlone }) : says, {
    ...(change?.undo_until && {
      undo: async () => {
        await api.changes.undo({ id: change.id });
        await refresh();
      },
    }),
  });
}
