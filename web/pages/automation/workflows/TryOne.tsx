import { IconCheck, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { LinesSkeleton } from "../../../parts/LinesSkeleton.tsx";
import { Section } from "../../../parts/Page.tsx";
import { Told } from "../../../parts/Told.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { ContactPicker } from "../../contacts/contacts/ContactPicker.tsx";
import { CompanyPicker } from "../../work/deals/CompanyPicker.tsx";
import { kindOf } from "./kinds.ts";
import { sayReason } from "./look-back.ts";
import { ProspectPicker } from "./ProspectPicker.tsx";
import { type Entity, type TrialWish, type Tried, trialQuery } from "./queries.ts";
import { sayStep } from "./tree.ts";
import { useFilterNames } from "./useFilterNames.ts";
import { useSettled } from "./useSettled.ts";
import classes from "./Workflows.module.css";

type Props = { entity: Entity; wish: Omit<TrialWish, "entity_id"> };

/** The workflow tried with one record, as it stands in the form. Nothing is done. */
export function TryOne({ entity, wish }: Props) {
  const [chosen, choose] = useState<string | null>(null);
  const label = t("Record to test");
  return (
    <Section
      title={t("Test with one record")}
      note={t("Shows each condition and what each action would do. Nothing is saved or sent.")}
    >
      {entity === "contact" && <ContactPicker label={label} value={chosen} onChange={choose} />}
      {entity === "account" && <CompanyPicker label={label} value={chosen} onChange={choose} />}
      {entity === "person" && <ProspectPicker label={label} value={chosen} onChange={choose} />}
      {chosen && <Trial entity={entity} wish={{ ...wish, entity_id: chosen }} />}
    </Section>
  );
}

function Trial({ entity, wish }: { entity: Entity; wish: TrialWish }) {
  const { data, error, refetch } = useQuery(trialQuery(useSettled(wish)));
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!data) return <LinesSkeleton lines={3} />;
  return (
    <div className="stack">
      <p className={classes.result} role="status">
        {sayTrial(data)}
      </p>
      <Filters trial={data} entity={entity} />
      <Actions trial={data} />
    </div>
  );
}

function sayTrial({ taken, code }: Tried) {
  if (taken) return t("The workflow would run for this record.");
  if (code === "filter_not_met") return t("The workflow would skip this record: not all conditions match.");
  return t("The workflow would skip this record: {reason}.", { reason: sayReason(code ?? "") });
}

function Filters({ trial: { filters }, entity }: { trial: Tried; entity: Entity }) {
  const nameOf = useFilterNames(entity);
  if (filters.length === 0) return null;
  return (
    <section aria-label={t("Conditions of the test")}>
      <p className={classes.subtitle}>{t("Conditions")}</p>
      <ul className={classes.lines}>
        {filters.map(({ filter, holds, value }) => (
          <li key={filter} className={classes.verdict} data-holds={holds}>
            {holds ? <IconCheck size="1rem" aria-hidden /> : <IconX size="1rem" aria-hidden />}
            <span>
              {nameOf(filter)} <span className="soft">{holds ? t("matches") : t("does not match")}</span>
              {value !== null && <span className="soft">: {value}</span>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const OUTCOMES: Record<Tried["actions"][number]["outcome"], string> = perLanguage(() => ({
  done: t("Would be done"),
  skipped: t("Would be skipped"),
  failed: t("Would fail"),
  waiting: t("Would wait"),
  not_tried: t("Asks another server, so it is not tried"),
}));

function Actions({ trial: { actions, taken } }: { trial: Tried }) {
  if (actions.length === 0) return null;
  return (
    <section aria-label={t("Actions of the test")}>
      <p className={classes.subtitle}>{taken ? t("Actions") : t("Actions, if it were included")}</p>
      <ul className={classes.lines}>
        {actions.map(({ step, type, outcome, code, sentence }) => (
          <li key={step}>
            <span>
              {sayStep(step)} {kindOf(type).name}
              <span className={outcome === "failed" ? classes.lacks : "soft"}> {OUTCOMES[outcome]}.</span>
              {code !== null && (
                <span className="soft">
                  {" "}
                  <Told>{sentence}</Told>
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
