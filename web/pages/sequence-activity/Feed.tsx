import { Button, Select, Skeleton } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useAddress } from "../../parts/address.ts";
import { useLate } from "../../parts/late.ts";
import { Moment } from "../../parts/Moment.tsx";
import { Told } from "../../parts/Told.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { writeSubject } from "../explain/subject.ts";
import { causeWords } from "../explain/words.ts";
import { usePeople } from "../people/queries.ts";
import classes from "./ActivityTab.module.css";
import { activityQuery, type Happening, KINDS } from "./queries.ts";

/** Everything else that happened, newest first, a heading for each day. */
export function Feed({ sequenceId }: { sequenceId: string }) {
  const [{ kind, person }] = useAddress();
  const found = useInfiniteQuery(activityQuery(sequenceId, { kind, userId: person }));
  const isLate = useLate(found.isPending);
  const events = found.data?.pages.flatMap((page) => page.events) ?? [];
  const days = [...Map.groupBy(events, ({ at }) => dayOf(at))];
  return (
    <section aria-labelledby="feed">
      <div className={classes.top}>
        <h2 id="feed" className={classes.heading}>
          What happened
        </h2>
        <Narrowed />
      </div>
      <Trouble error={found.error} onRetry={() => void found.refetch()} />
      {found.isPending && <div className={classes.waiting}>{isLate && <Skeleton height={160} />}</div>}
      {found.data && events.length === 0 && (
        <p className="soft">{kind || person ? "Nothing of that kind." : "Nothing has happened yet."}</p>
      )}
      {days.map(([day, lines]) => (
        <div key={day} className={classes.day}>
          <h3 className={classes.date}>{day}</h3>
          <ul>
            {lines.map((line) => (
              <Line key={line.id} line={line} />
            ))}
          </ul>
        </div>
      ))}
      {found.hasNextPage && (
        <Button
          variant="subtle"
          loading={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          Show what was before
        </Button>
      )}
    </section>
  );
}

function Narrowed() {
  const [{ kind, person }, change] = useAddress();
  const { data: people = [] } = usePeople();
  return (
    <div className="row">
      <Select
        aria-label="Kind"
        placeholder="Every kind"
        clearable
        data={Object.entries(KINDS).map(([value, { says }]) => ({ value, label: says }))}
        value={kind ?? null}
        onChange={(next) => change({ kind: next ?? undefined })}
      />
      <Select
        aria-label="Who did it"
        placeholder="Anybody"
        clearable
        data={people.map(({ id, name }) => ({ value: id, label: name }))}
        value={person ?? null}
        onChange={(next) => change({ person: next ?? undefined })}
      />
    </div>
  );
}

function Line({ line }: { line: Happening }) {
  const [, change] = useAddress();
  const { contact } = line;
  return (
    <li className={classes.line}>
      <span className={classes.sentence}>
        <Told>{line.sentence}</Told>
        <span className={classes.print}>
          {causeWords(line.cause)} <code>{line.event}</code>
        </span>
      </span>
      {contact && (
        <Button
          variant="subtle"
          aria-label={`Why: ${contact.name ?? "this contact"}`}
          onClick={() => change({ why: writeSubject({ type: "contact", id: contact.id }) })}
        >
          Why?
        </Button>
      )}
      <span className={classes.at}>
        <Moment at={line.at} />
      </span>
    </li>
  );
}

function dayOf(at: string) {
  return new Intl.DateTimeFormat("en-GB", {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
  }).format(new Date(at));
}
