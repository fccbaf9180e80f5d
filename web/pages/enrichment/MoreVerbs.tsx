import { Button, Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";

type Props = { onEnrich: () => void; onOpen: (what: "task" | "deal" | "delete") => void };

/** What a contact and a company have in common beside their main verbs. */
export function MoreVerbs({ onEnrich, onOpen }: Props) {
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default" px={8} aria-label="More">
          <IconDots size="1rem" />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={onEnrich}>Look up what is missing</Menu.Item>
        <Menu.Item onClick={() => onOpen("task")}>New task …</Menu.Item>
        <Menu.Item onClick={() => onOpen("deal")}>New deal …</Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => onOpen("delete")}>Delete …</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
