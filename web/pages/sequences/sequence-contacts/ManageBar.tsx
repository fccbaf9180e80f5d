import { Button, Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import type { Selection } from "../../../parts/records/useSelection.ts";
import { ManageDialog } from "./ManageDialog.tsx";
import type { Member } from "./queries.ts";
import { useCarryOut } from "./useCarryOut.ts";
import { type EnrollmentTargets, NOTHING_SAID, VERBS, type Verb, type VerbName } from "./verbs.ts";

type Props = { sequenceId: string; selection: Selection<Member>; total: number; whom: EnrollmentTargets };

const IN_VIEW: readonly VerbName[] = ["pause", "resume", "finish"];
const IN_MENU: readonly VerbName[] = ["move", "retry", "restart", "remove"];

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
