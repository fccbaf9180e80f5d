import { Button, Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { t } from "../../../language/t.ts";
import type { Selection } from "../../../parts/records/useSelection.ts";
import type { Member } from "./queries.ts";
import { useActions } from "./useActions.tsx";
import { type EnrollmentTargets, VERBS, type VerbName } from "./verbs.ts";

type Props = { sequenceId: string; selection: Selection<Member>; total: number; whom: EnrollmentTargets };

const IN_VIEW: readonly VerbName[] = ["pause", "resume", "finish"];
const IN_MENU: readonly VerbName[] = ["move", "retry", "restart", "remove"];

/** The actions for the chosen contacts. */
export function ManageBar({ sequenceId, selection, total, whom }: Props) {
  const actions = useActions({
    sequenceId,
    whom,
    count: selection.count(total),
    onDone: selection.clear,
  });
  return (
    <>
      {IN_VIEW.map((name) => (
        <Button key={name} variant="default" loading={actions.isWorking} onClick={() => actions.begin(name)}>
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
            <Menu.Item key={name} onClick={() => actions.begin(name)}>
              {VERBS[name].name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {actions.dialog}
    </>
  );
}
