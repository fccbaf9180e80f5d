// What belongs to the answer beside the sentence: a mailbox's day, who waits for what in a sequence, where a
// contact is, which variant somebody gets.

import { Progress } from "@mantine/core";
import { figure } from "../../parts/figures.ts";
import { Told } from "../../parts/Told.tsx";
import type { Why } from "./queries.ts";
import { StatusWord } from "./StatusWord.tsx";
import classes from "./WhyPanel.module.css";

export function Around({ why }: { why: Why }) {
  return (
    <>
      {why.variant && <Variant sentence={why.variant.sentence} />}
      {why.sending && <Budget sending={why.sending} />}
      {why.waiting && why.waiting.length > 0 && <Waiting waiting={why.waiting} />}
      {why.contact_campaign_statuses && why.contact_campaign_statuses.length > 0 && (
        <Places places={why.contact_campaign_statuses} />
      )}
      {why.cannot_be_added && why.cannot_be_added.length > 0 && <KeptOut against={why.cannot_be_added} />}
    </>
  );
}

function Variant({ sentence }: { sentence: string }) {
  return (
    <section aria-labelledby="why-variant">
      <h3 id="why-variant" className={classes.heading}>
        Which variant
      </h3>
      <p>{sentence}</p>
    </section>
  );
}

function Budget({ sending }: { sending: NonNullable<Why["sending"]> }) {
  const { sent_last_day: sent, sent_elsewhere_last_day: elsewhere, email_daily_threshold: limit } = sending;
  return (
    <section aria-labelledby="why-budget">
      <h3 id="why-budget" className={classes.heading}>
        The last 24 hours
      </h3>
      <p className={classes.numbers}>
        <span>
          {figure(sent)} sent{limit === null ? "" : ` of ${figure(limit)}`}
          {elsewhere > 0 && `, ${figure(elsewhere)} of them elsewhere`}
        </span>
        <span className="soft">
          {figure(sending.waiting)}
          {sending.at_least && "+"} wait, {figure(sending.due)} due now
        </span>
      </p>
      {limit !== null && limit > 0 && (
        <Progress
          value={Math.min(100, (sent / limit) * 100)}
          size="sm"
          aria-label="Of the day's mails, sent"
        />
      )}
    </section>
  );
}

function Waiting({ waiting }: { waiting: NonNullable<Why["waiting"]> }) {
  return (
    <section aria-labelledby="why-waiting">
      <h3 id="why-waiting" className={classes.heading}>
        Who waits for what
      </h3>
      <ul className={classes.buckets}>
        {waiting.map(({ code, count, at_least, sentence }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: one code may stand there for several steps
          <li key={`${code} ${place}`}>
            <span className={classes.count}>
              {figure(count)}
              {at_least && "+"}
            </span>
            <span>
              <Told>{sentence}</Told>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Places({ places }: { places: NonNullable<Why["contact_campaign_statuses"]> }) {
  return (
    <section aria-labelledby="why-places">
      <h3 id="why-places" className={classes.heading}>
        In {places.length === 1 ? "one sequence" : `${places.length} sequences`}
      </h3>
      <ul className={classes.holds}>
        {places.map(({ contact_campaign_status_id: id, emailer_campaign_name: name, ...place }) => (
          <li key={id} className={classes.hold}>
            <p className={classes.numbers}>
              <a href={`/sequences/${place.emailer_campaign_id}`}>{name}</a>
              <StatusWord of={{ type: "enrollment", id }} state={place.state} />
            </p>
            <p className="soft">
              <Told>{place.sentence}</Told>
            </p>
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
        Would be left out of other sequences
      </h3>
      <ul className="bullets">
        {against.map(({ code, flag, sentence }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a reason may hold more than once
          <li key={`${code} ${place}`}>
            {sentence} {!flag && <span className="soft">Nothing lets them in.</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
