import { Button, Menu } from "@mantine/core";
import { IconBell } from "@tabler/icons-react";
import { t } from "../../../language/t.ts";

type Props = { days: number | null; onChange: (days: number | null) => void };

const CHOICES = [1, 2, 3, 5, 7, 14, 30];

/** A task for the writer where there is no reply after so many days. */
export function Reminder({ days, onChange }: Props) {
  return (
    <Menu position="top-start" width={240} withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button variant="default" size="compact-sm" leftSection={<IconBell size="0.875rem" aria-hidden />}>
          {days === null ? t("Remind me") : sayDays(days)}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t("Task if there is no reply")}</Menu.Label>
        {CHOICES.map((choice) => (
          <Menu.Item key={choice} onClick={() => onChange(choice)}>
            {sayDays(choice)}
          </Menu.Item>
        ))}
        {days !== null && <Menu.Item onClick={() => onChange(null)}>{t("No reminder")}</Menu.Item>}
      </Menu.Dropdown>
    </Menu>
  );
}

function sayDays(days: number) {
  return t("No reply in {days, plural, one {# day} other {# days}}", { days });
}
