import { ActionIcon, Tooltip } from "@mantine/core";
import { IconStar, IconStarFilled } from "@tabler/icons-react";
import { t } from "../../../language/t.ts";
import { useMe } from "../../../session.ts";
import { type Sequence, useStar } from "./queries.ts";

/** One's own mark on a sequence; others do not see it. */
export function Star({ sequence }: { sequence: Pick<Sequence, "id" | "name" | "starred_by_user_ids"> }) {
  const me = useMe().user.id;
  const star = useStar();
  const is = star.isPending ? star.variables.isStarred : sequence.starred_by_user_ids.includes(me);
  const Icon = is ? IconStarFilled : IconStar;
  return (
    <Tooltip label={is ? t("Remove star") : t("Add star")}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-pressed={is}
        aria-label={t("Star {name}", { name: sequence.name })}
        onClick={(event) => {
          event.stopPropagation();
          star.mutate({ id: sequence.id, isStarred: !is });
        }}
      >
        <Icon size="1rem" stroke={1.75} style={{ color: is ? "var(--wait)" : "var(--soft)" }} />
      </ActionIcon>
    </Tooltip>
  );
}
