import { ActionIcon, Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { useMayEdit } from "../sequences/access.ts";
import { sequenceQuery } from "../sequences/queries.ts";
import { useActions } from "./useActions.tsx";
import { VERBS, type VerbName } from "./verbs.ts";

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

/** In an archived sequence nobody begins again. */
const ALSO_IN_ARCHIVED: readonly VerbName[] = ["finish", "remove"];

/** What can be done with one contact in one sequence, where the contact is looked at. */
export function MemberActions({ sequenceId, sequenceName, contactId, status }: Props) {
  const { mayEdit } = useMayEdit(sequenceId);
  const actions = useActions({ sequenceId, whom: { contact_ids: [contactId] }, count: 1 });
  const { data: sequence } = useQuery({ ...sequenceQuery(sequenceId), enabled: status !== "active" });
  const isArchived = sequence?.emailer_campaign.archived === true;
  const names = (FITTING[status] ?? []).filter((name) => !isArchived || ALSO_IN_ARCHIVED.includes(name));
  if (!mayEdit || names.length === 0) return null;
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            loading={actions.isWorking}
            aria-label={t("Actions in {name}", { name: sequenceName })}
          >
            <IconDots size="1rem" stroke={1.75} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {names.map((name) => (
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
