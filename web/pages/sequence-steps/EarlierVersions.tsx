import { IconChevronRight } from "@tabler/icons-react";
import { count } from "../../parts/figures.ts";
import { Moment } from "../../parts/Moment.tsx";
import type { Whole } from "../sequences/queries.ts";
import classes from "./EarlierVersions.module.css";
import { KeptStep } from "./KeptStep.tsx";

type Version = Whole["earlier_versions"][number];

/** What people still go through since an edit that was not for them. */
export function EarlierVersions({ versions, mayEdit }: { versions: readonly Version[]; mayEdit: boolean }) {
  if (versions.length === 0) return null;
  const people = versions.reduce((sum, { num_contacts }) => sum + num_contacts, 0);
  return (
    <section className={classes.versions} aria-label="Earlier versions">
      <p className="soft">
        {count(people, "contact is", "contacts are")} on their way through steps as they were before. They go
        through these to the end; whoever joins goes through the ones above.
      </p>
      {versions.map((version) => (
        <details key={version.id} className={classes.version}>
          <summary>
            <IconChevronRight size="0.875rem" aria-hidden />
            <strong>{count(version.num_contacts, "contact")}</strong>
            <span className="soft small">
              as it was until <Moment at={version.kept_at} />
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
