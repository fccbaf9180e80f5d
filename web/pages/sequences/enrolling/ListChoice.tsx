import { Checkbox, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import classes from "./AddContactsDialog.module.css";
import { listsQuery } from "./queries.ts";

type Props = { chosen: readonly string[]; onChange: (ids: string[]) => void };

/** Everybody who is on one of them when they are added. */
export function ListChoice({ chosen, onChange }: Props) {
  const { data: lists, error, refetch } = useQuery(listsQuery);
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!lists) return <Skeleton height={160} />;
  if (lists.length === 0) return <p className={classes.waiting}>{t("No contact lists yet.")}</p>;
  return (
    <Checkbox.Group aria-label={t("Lists")} value={[...chosen]} onChange={onChange}>
      <div className={classes.found}>
        {lists.map(({ id, name, cached_count }) => (
          <Checkbox
            key={id}
            value={id}
            className={classes.one}
            label={
              <span className={classes.who}>
                <span>{name}</span>
                <span className={classes.note}>
                  {t("{cached_count, plural, one {# contact} other {# contacts}}", { cached_count })}
                </span>
              </span>
            }
          />
        ))}
      </div>
    </Checkbox.Group>
  );
}
