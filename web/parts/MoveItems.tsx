import { Menu } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconCopy } from "@tabler/icons-react";
import { t } from "../language/t.ts";

type Props = {
  at: number;
  of: number;
  onMove: (by: 1 | -1) => void;
  onCopy: () => void;
};

/** In the menu of a card that stands in an order: up, down, once more. */
export function MoveItems({ at, of, onMove, onCopy }: Props) {
  return (
    <>
      <Menu.Item
        leftSection={<IconArrowUp size="1rem" stroke={1.75} />}
        rightSection={<span className="soft small">⌥↑</span>}
        disabled={at === 0}
        onClick={() => onMove(-1)}
      >
        {t("Move up")}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconArrowDown size="1rem" stroke={1.75} />}
        rightSection={<span className="soft small">⌥↓</span>}
        disabled={at === of - 1}
        onClick={() => onMove(1)}
      >
        {t("Move down")}
      </Menu.Item>
      <Menu.Item leftSection={<IconCopy size="1rem" stroke={1.75} />} onClick={onCopy}>
        {t("Duplicate")}
      </Menu.Item>
    </>
  );
}
