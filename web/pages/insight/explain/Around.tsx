// The details beside the sentence: a mailbox's day, the waiting contacts of a sequence, a contact's sequences, the variant
// of an enrollment.

import { Button, Progress } from "@mantine/core";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { figure } from "../../../parts/figures.ts";
import { Told } from "../../../parts/Told.tsx";
import type { Why } from "./queries.ts";
import { StatusWord } from "./StatusWord.tsx";
import { writeSubject } from "./subject.ts";
import classes from "./WhyPanel.module.css";

export function Around({ why }: { why: Why }) {
  return (
    <>
      {why.variant && <Variant sentence={why.variant.sentence} />}
      {why.sending && <Budget sending={why.sending} />}
      {why.waiting && why.waiting.length > 0 && <Waiting sequenceId={why.subject.id} waiting={why.waiting} />}
      {why.contact_campaign_statuses && why.contact_campaign_statuses.length > 0 && (
        <Places places={why.contact_campaign_statuses} said={why.sentence} />
      )}
      {why.cannot_be_added && why.cannot_be_added.length > 0 && <KeptOut against={why.cannot_be_added} />}
    </>
  );
}

function Variant({ sentence }: { sentence: string }) {
  return (
    <section aria-labelledby="why-variant">
      <h3 id="why-variant" className={classes.heading}>
        {t("Variant")}
      </h3>
      <p>{sentence}</p>
    </section>
  );
}

function Budget({ sending }: { sending: NonNullable<Why["sending"]> }) {
  const { sent_last_day: sent, sent_elsewhere_last_day: elsewhere, limit_today: limit } = sending;
  return (
    <section aria-labelledby="why-budget">
      <h3 id="why-budget" className={classes.heading}>
        {t("Last 24 hours")}
      </h3>
      <p className={classes.numbers}>
        <span>
          {limit === null
            ? t("{sent, number} sent", { sent })
            : t("{sent, number} sent of {limit, number}", { sent, limit })}
          {elsewhere > 0 && <> {t("({elsewhere, number} with other programs)", { elsewhere })}</>}
        </span>
        <span className="soft">
          {t("Contacts waiting: {waiting, number}{at_least}, due now: {due, number}", {
            waiting: sending.waiting,
            at_least: sending.at_least && "+",
            due: sending.due,
          })}
        </span>
      </p>
      {limit !== null && limit > 0 && (
        <Progress
          value={Math.min(100, (sent / limit) * 100)}
          size="sm"
          aria-label={t("Share of the daily limit used")}
        />
      )}
    </section>
  );
}

type Bucket = NonNullable<Why["waiting"]>[number];

function Waiting({ sequenceId, waiting }: { sequenceId: string; waiting: readonly Bucket[] }) {
  return (
    <section aria-labelledby="why-waiting">
      <h3 id="why-waiting" className={classes.heading}>
        {t("Waiting contacts")}
      </h3>
      <ul className={classes.buckets}>
        {waiting.map((bucket, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: one code may stand there for several steps
          <li key={`${bucket.code} ${place}`}>
            <span className={classes.count}>
              {figure(bucket.count)}
              {bucket.at_least && "+"}
            </span>
            <div>
              <Told>{bucket.sentence}</Told>
              <Named sequenceId={sequenceId} bucket={bucket} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The list is narrowed by the status alone: it knows no filter for what holds a contact. */
function Named({ sequenceId, bucket: { people, count, statuses } }: { sequenceId: string; bucket: Bucket }) {
  const [status, second] = statuses;
  const isOne = status !== undefined && second === undefined;
  const narrowed = isOne ? `&status=${status}` : "";
  return (
    <p className={classes.print}>
      {people.map(({ id, name }) => (
        <a key={id} href={`/contacts/${id}`}>
          {name ?? t("Unnamed contact")}
        </a>
      ))}
      {count > people.length && (
        <a href={`/sequences/${sequenceId}?tab=contacts${narrowed}`}>
          {isOne ? t("Show contacts with this status") : t("Show all contacts")}
        </a>
      )}
    </p>
  );
}

type Place = NonNullable<Why["contact_campaign_statuses"]>[number];

/** `said`: the sentence above, which is not said a second time. */
function Places({ places, said }: { places: readonly Place[]; said: string }) {
  const [, change] = useAddress();
  return (
    <section aria-labelledby="why-places">
      <h3 id="why-places" className={classes.heading}>
        {t("In {places, plural, one {one sequence} other {# sequences}}", { places: places.length })}
      </h3>
      <ul className={classes.holds}>
        {places.map(({ contact_campaign_status_id: id, emailer_campaign_name: name, ...place }) => (
          <li key={id} className={classes.hold}>
            <p className={classes.numbers}>
              <a href={`/sequences/${place.emailer_campaign_id}`}>{name}</a>
              <StatusWord of={{ type: "enrollment", id }} state={place.state} />
            </p>
            {place.sentence !== said && (
              <p className="soft">
                <Told>{place.sentence}</Told>
              </p>
            )}
            <div>
              <Button
                variant="default"
                size="compact-sm"
                onClick={() => change({ why: writeSubject({ type: "enrollment", id }) })}
              >
                {place.held_by_codes.length > 0 ? t("Show reasons and fixes") : t("Show details")}
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function KeptOut({ against }: { against: NonNullable<Why["cannot_be_added"]> }) {
  return (
    <section aria-labelledby="why-out">
      <h3 id="why-out" className={classes.heading}>
        {t("Cannot be added to other sequences")}
      </h3>
      <ul className="bullets">
        {against.map(({ code, flag, sentence }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a reason may hold more than once
          <li key={`${code} ${place}`}>
            {sentence} {!flag && <span className="soft">{t("No override is possible.")}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
