import { Button, Skeleton } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { useLate } from "../../../parts/late.ts";
import { Moment } from "../../../parts/Moment.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { reasonWords } from "../enrolling/words.ts";
import classes from "./ActivityTab.module.css";
import { type Addition, additionsQuery } from "./queries.ts";

type Props = { sequenceId: string; onOpen: (requestId: string) => void };

/** Each time a user added contacts: how many joined, and why the others did not. */
export function Additions({ sequenceId, onOpen }: Props) {
  const found = useInfiniteQuery(additionsQuery(sequenceId));
  const isLate = useLate(found.isPending);
  const additions = found.data?.pages.flatMap((page) => page.additions) ?? [];
  return (
    <section aria-labelledby="additions">
      <h2 id="additions" className={classes.heading}>
        {t("Contacts added")}
      </h2>
      <Trouble error={found.error} onRetry={() => void found.refetch()} />
      {found.isPending && <div className={classes.waiting}>{isLate && <Skeleton height={56} />}</div>}
      {found.data && additions.length === 0 && (
        <p className="soft">{t("Reports of added contacts appear here for 90 days.")}</p>
      )}
      <ul className={classes.additions}>
        {additions.map((addition) => (
          <li key={addition.request_id}>
            <button
              type="button"
              data-walk
              className={classes.addition}
              onClick={() => onOpen(addition.request_id)}
            >
              <span className={classes.main}>
                {sayAdded(addition)}
                <span className="soft">{sayLeftOut(addition)}</span>
              </span>
              <span className={classes.at}>
                <Moment at={addition.at} />
              </span>
            </button>
          </li>
        ))}
      </ul>
      {found.hasNextPage && (
        <Button
          variant="subtle"
          loading={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          {t("Show earlier")}
        </Button>
      )}
    </section>
  );
}

function sayAdded({ by, num_added }: Addition) {
  return (
    <strong>
      {t("{name} added {n, plural, =0 {no contacts} one {# contact} other {# contacts}}", {
        name: by?.name ?? t("An API key"),
        n: num_added,
      })}
    </strong>
  );
}

function sayLeftOut({ num_skipped, codes }: Addition) {
  if (num_skipped === 0) return t("No contacts skipped.");
  const reasons = codes.slice(0, 3).map(({ code, count: n }) => `${n} ${lower(reasonWords(code, n).says)}`);
  const others = codes.length > 3 ? t(" and more") : "";
  return t("{num_skipped, number} skipped: {reasons}{others}.", {
    num_skipped,
    reasons: reasons.join(", "),
    others,
  });
}

function lower(text: string) {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
