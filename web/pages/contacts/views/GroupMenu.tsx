import { Button, Menu } from "@mantine/core";
import { IconCheck, IconLayoutRows } from "@tabler/icons-react";
import { t } from "../../../language/t.ts";
import type { GroupChoice } from "./groups.ts";

type Props = {
  choices: readonly GroupChoice[];
  group: string | undefined;
  onChoose: (group: string | undefined) => void;
};

/** By what the rows of a table are grouped. */
export function GroupMenu({ choices, group, onChoose }: Props) {
  const chosen = choices.find(({ value }) => value === group);
  const check = (isChosen: boolean) => (isChosen ? <IconCheck size="0.875rem" /> : null);
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button variant="default" leftSection={<IconLayoutRows size="0.875rem" stroke={1.75} />}>
          {chosen ? t("Group: {name}", { name: chosen.label }) : t("Group")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item rightSection={check(!chosen)} onClick={() => onChoose(undefined)}>
          {t("No groups")}
        </Menu.Item>
        {choices.map(({ value, label }) => (
          <Menu.Item key={value} rightSection={check(value === group)} onClick={() => onChoose(value)}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
