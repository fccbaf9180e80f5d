import { Button, Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { useState } from "react";
import { figure } from "../../parts/figures.ts";
import type { Selection } from "../../parts/records/useSelection.ts";
import { toast } from "../../parts/toast.tsx";
import { accountFor } from "../../parts/trouble.ts";
import { api } from "../../session.ts";
import { startWork } from "../progress/work.ts";
import { ManageDialog } from "./ManageDialog.tsx";
import { type Managed, type Member, useManage, useRefreshMembers } from "./queries.ts";
import { readManaged, type Said, VERBS, type Verb, type VerbName, type Whom } from "./verbs.ts";

type Props = { sequenceId: string; selection: Selection<Member>; total: number; whom: Whom };

const IN_VIEW: readonly VerbName[] = ["pause", "resume", "finish"];
const IN_MENU: readonly VerbName[] = ["move", "retry", "restart", "remove"];
const NOTHING_SAID: Said = { until: null, mailboxId: null };

/** The verbs for whoever is chosen. One contact is done with at a click and can be taken back; many are tried first. */
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
          <Button variant="default" aria-label="More to do with the chosen">
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
  const run = (verb: Verb, whom: Whom, said: Said) =>
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
      says: `${verb.name}: ${figure(going)} contacts`,
      href: `/sequences/${sequenceId}?tab=contacts`,
    });
  const { change } = answer;
  const leftAlone = left.reduce((sum, { count }) => sum + count, 0);
  const says = `${figure(going)} ${going === 1 ? "contact" : "contacts"} ${verb.done}.`;
  toast(leftAlone > 0 ? `${says} ${figure(leftAlone)} left alone.` : says, {
    ...(change?.undo_until && {
      undo: async () => {
        await api.changes.undo({ id: change.id });
        await refresh();
      },
    }),
  });
}
