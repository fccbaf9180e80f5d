import { IconChevronRight } from "@tabler/icons-react";
import { t } from "../../../language/t.ts";
import { Moment } from "../../../parts/Moment.tsx";
import type { FullSequence } from "../sequences/queries.ts";
import classes from "./EarlierVersions.module.css";
import { KeptStep } from "./KeptStep.tsx";

type Version = FullSequence["earlier_versions"][number];

/** What people still go through since an edit that was not for them. */
export function EarlierVersions({ versions, mayEdit }: { versions: readonly Version[]; mayEdit: boolean }) {
  if (versions.length === 0) return null;
  const people = versions.reduce((sum, { num_contacts }) => sum + num_contacts, 0);
  return (
    <section className={classes.versions} aria-label={t("Earlier versions")}>
      <p className="soft">
        {t(
          "{people, plural, one {# contact follows} other {# contacts follow}} an earlier version of the steps until they finish. New contacts get the steps above.",
          { people },
        )}
      </p>
      {versions.map((version) => (
        <details key={version.id} className={classes.version}>
          <summary>
            <IconChevronRight size="0.875rem" aria-hidden />
            <strong>
              {t("{num_contacts, plural, one {# contact} other {# contacts}}", {
                num_contacts: version.num_contacts,
              })}
            </strong>
            <span className="soft small">
              {t("version until")} <Moment at={version.kept_at} />
            </span>
          </summary>
          <ol className={classes.list}>
            {version.emailer_steps.map((step) => (
              <KeptStep key={step.id} step={step} mayEdit={mayEdit} />
            ))}
          </ol>
        </details>
      ))}
    </section>
  );
}
