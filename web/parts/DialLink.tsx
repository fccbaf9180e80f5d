import { ActionIcon, Tooltip } from "@mantine/core";
import { IconPhone } from "@tabler/icons-react";
import { t } from "../language/t.ts";
import { useMe } from "../session.ts";
import { dialProps } from "./dial.ts";

type Props = { number: string; onDialed?: () => void };

/** Calls a number with the user's dial link, or the telephone of the machine. */
export function DialLink({ number, onDialed }: Props) {
  const dial = dialProps(useMe().user.dial_link, number);
  const label = t("Call {number}", { number });
  return (
    <Tooltip label={label}>
      <ActionIcon
        component="a"
        variant="subtle"
        color="gray"
        size="sm"
        {...dial}
        aria-label={label}
        onClick={onDialed}
      >
        <IconPhone size="0.875rem" />
      </ActionIcon>
    </Tooltip>
  );
}
