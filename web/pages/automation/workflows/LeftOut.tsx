import { t } from "../../../language/t.ts";
import { EntityLink } from "./EntityLink.tsx";
import { sayReason } from "./look-back.ts";
import type { Entity, LookedBack } from "./queries.ts";
import { useFilterNames } from "./useFilterNames.ts";
import classes from "./Workflows.module.css";
import { people } from "./words.tsx";

type Group = LookedBack["left_out"][number];

/** Who would have been left out, by the condition or the rule that leaves them out. */
export function LeftOut({ groups, entity }: { groups: readonly Group[]; entity: Entity }) {
  const nameOf = useFilterNames(entity);
  if (groups.length === 0) return null;
  return (
    <section aria-label={t("Left out")}>
      <p className={classes.subtitle}>{t("Left out")}</p>
      <ul className={classes.groups}>
        {groups.map(({ code, filter, count, count_alone, sample }) => (
          <li key={`${code} ${filter ?? ""}`}>
            <p>
              {filter === null
                ? sayReason(code)
                : t("Condition “{name}” does not match", { name: nameOf(filter) })}
              <span className="soft">
                {" "}
                {people(count, entity)}
                {filter !== null &&
                  count_alone < count &&
                  `, ${t("{count, number} only by this condition", { count: count_alone })}`}
              </span>
            </p>
            <p className={classes.names}>
              {sample.map(({ entity_id, name }) => (
                <EntityLink key={entity_id} entity={entity} id={entity_id} name={name} />
              ))}
              {count > sample.length && (
                <span className="soft small">
                  {t("And {all, number} more.", { all: count - sample.length })}
                </span>
              )}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
