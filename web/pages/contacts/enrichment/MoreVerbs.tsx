import { Button, Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { t } from "../../../language/t.ts";

type Props = {
  onEnrich: () => void;
  onOpen: (what: "task" | "deal" | "delete") => void;
  /** What only one of the two has. */
  children?: ReactNode;
};

/** What a contact and a company have in common beside their main verbs. */
export function MoreVerbs({ onEnrich, onOpen, children }: Props) {
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default" px={8} aria-label={t("More")}>
          <IconDots size="1rem" />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={onEnrich}>{t("Find missing data")}</Menu.Item>
        <Menu.Item onClick={() => onOpen("task")}>{t("New task …")}</Menu.Item>
        <Menu.Item onClick={() => onOpen("deal")}>{t("New deal …")}</Menu.Item>
        {children}
        <Menu.Divider />
        <Menu.Item onClick={() => onOpen("delete")}>{t("Delete …")}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
