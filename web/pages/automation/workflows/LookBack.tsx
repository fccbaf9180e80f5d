import { Button } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { sayEvent } from "../../../parts/event-words.ts";
import { LinesSkeleton } from "../../../parts/LinesSkeleton.tsx";
import { Moment } from "../../../parts/Moment.tsx";
import { Section } from "../../../parts/Page.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { EntityLink } from "./EntityLink.tsx";
import { LeftOut } from "./LeftOut.tsx";
import { sayCut, sayLookBack } from "./look-back.ts";
import { type Entity, type LookBackWish, type LookedBack, lookBackQuery } from "./queries.ts";
import { type Trigger, triggerLacks } from "./trigger.ts";
import { useSettled } from "./useSettled.ts";
import classes from "./Workflows.module.css";

type Props = { entity: Entity; trigger: Trigger; wish: LookBackWish };

/** Whom the workflow would have taken lately, as it stands in the form; before it is turned on. */
export function LookBack({ entity, trigger, wish }: Props) {
  const isSchedule = trigger.type === "schedule";
  const lacks = triggerLacks(trigger);
  return (
    <Section
      title={isSchedule ? t("A run now") : t("The last 30 days")}
      note={t("Conditions are checked on records as they are now, because earlier values are not kept.")}
    >
      {lacks === null ? (
        <Asked entity={entity} trigger={trigger} wish={wish} />
      ) : (
        <p className="soft">{t("The trigger needs {lacks} first.", { lacks })}</p>
      )}
    </Section>
  );
}

function Asked({ entity, trigger, wish }: Props) {
  const settled = useSettled(wish);
  const { data, error, refetch } = useQuery({ ...lookBackQuery(settled), placeholderData: keepPreviousData });
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!data) return <LinesSkeleton lines={4} />;
  return (
    <div className="stack">
      <div role="status">
        <p className={classes.result}>{sayLookBack(data, entity, trigger)}</p>
        {data.complete_from && (
          <p className="soft">
            {sayCut()} <Moment at={data.complete_from} />
          </p>
        )}
      </div>
      {data.taken.length > 0 && <Taken lookedBack={data} entity={entity} />}
      <LeftOut groups={data.left_out} entity={entity} />
    </div>
  );
}

const SHOWN = 10;

function Taken({ lookedBack: { taken, num_taken }, entity }: { lookedBack: LookedBack; entity: Entity }) {
  const [isWhole, setIsWhole] = useState(false);
  const lines = isWhole ? taken : taken.slice(0, SHOWN);
  const more = num_taken - lines.length;
  return (
    <section aria-label={t("Would have been included")}>
      <ul className={classes.lines}>
        {lines.map(({ entity_id, name, at, event }) => (
          <li key={`${entity_id} ${event?.id ?? at}`}>
            <span>
              <EntityLink entity={entity} id={entity_id} name={name} />
              {event && <span className="soft small"> {sayEvent(event.type)}</span>}
            </span>
            {at && (
              <span className="soft small">
                <Moment at={at} />
              </span>
            )}
          </li>
        ))}
      </ul>
      {more > 0 && (isWhole || taken.length <= SHOWN) && (
        <p className="soft small">{t("And {all, number} more.", { all: more })}</p>
      )}
      {!isWhole && taken.length > SHOWN && (
        <Button variant="subtle" color="gray" size="compact-sm" onClick={() => setIsWhole(true)}>
          {t("Show {count, number} more", { count: taken.length - SHOWN })}
        </Button>
      )}
    </section>
  );
}
