import { ActionIcon, Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { t } from "../../../language/t.ts";
import { useMayEdit } from "../sequences/access.ts";
import { useCarryOut } from "./useCarryOut.ts";
import { NOTHING_SAID, VERBS, type Verb, type VerbName } from "./verbs.ts";

const ManageDialog = lazy(async () => ({ default: (await import("./ManageDialog.tsx")).ManageDialog }));

type Props = {
  sequenceId: string;
  /** As it is read out: "Actions in Nordic plants". */
  sequenceName: string;
  contactId: string;
  status: string;
};

const FITTING: Record<string, readonly VerbName[]> = {
  active: ["pause", "finish", "move", "remove"],
  paused: ["resume", "finish", "move", "remove"],
  failed: ["retry", "restart", "remove"],
  finished: ["restart", "remove"],
};

/** What can be done with one contact in one sequence, where the contact is looked at. */
export function MemberActions({ sequenceId, sequenceName, contactId, status }: Props) {
  const { mayEdit } = useMayEdit(sequenceId);
  const [asked, setAsked] = useState<VerbName | null>(null);
  const { run, isBusy, error } = useCarryOut(sequenceId, () => setAsked(null));
  const whom = { contact_ids: [contactId] };
  const begin = (name: VerbName) => {
    const verb: Verb = VERBS[name];
    if (verb.alwaysAsks) setAsked(name);
    else run(verb, whom, NOTHING_SAID);
  };
  const names = FITTING[status] ?? [];
  if (!mayEdit || names.length === 0) return null;
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            loading={isBusy && !asked}
            aria-label={t("Actions in {name}", { name: sequenceName })}
          >
            <IconDots size="1rem" stroke={1.75} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {names.map((name) => (
            <Menu.Item key={name} onClick={() => begin(name)}>
              {VERBS[name].name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {asked && (
        <Suspense fallback={null}>
          <ManageDialog
            sequenceId={sequenceId}
            verb={VERBS[asked]}
            whom={whom}
            isBusy={isBusy}
            error={error}
            onConfirm={(said) => run(VERBS[asked], whom, said)}
            onClose={() => setAsked(null)}
          />
        </Suspense>
      )}
    </>
  );
}
