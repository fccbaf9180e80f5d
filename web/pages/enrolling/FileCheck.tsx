import { Button, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { count } from "../../parts/figures.ts";
import { Trouble } from "../../parts/Trouble.tsx";
import { accountFor } from "../../parts/trouble.ts";
import { RowsTable } from "../imports/Outcome.tsx";
import type { Tried } from "../imports/queries.ts";
import { say } from "../imports/words.ts";
import { PromiseNote } from "../promises/PromiseNote.tsx";
import { filePromiseQuery } from "../promises/queries.ts";
import classes from "./AddContactsDialog.module.css";
import { type FileRequest, FLAG_OF, fileRehearsalQuery, useBringInto } from "./file.ts";
import { useBeginsWithMail } from "./queries.ts";
import type { Wish } from "./wish.ts";
import { FLAG_WORDS } from "./words.ts";

type Props = { wish: Wish; change: (part: Partial<Wish>) => void; request: FileRequest };
const SHOWN = 20;

/** The dry run of a file, told: who would join, who would not and what lets them in, and the first rows. */
export function FileCheck({ wish, change, request }: Props) {
  const { data, error, refetch } = useQuery(fileRehearsalQuery(request));
  const isMail = useBeginsWithMail(wish);
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!data)
    return (
      <div className="stack" aria-busy="true">
        <p role="status" className="soft">
          Trying it out …
        </p>
        <Skeleton height={120} />
      </div>
    );
  const { import: tried } = data;
  return (
    <div className="stack">
      <div role="status">
        <p className={classes.result}>
          {say(tried.enrolled)} {tried.enrolled === 1 ? "joins" : "join"} · {say(tried.not_enrolled)}{" "}
          {tried.not_enrolled === 1 ? "does" : "do"} not
        </p>
        <p className="soft small">
          {count(tried.created, "contact")} would be made, {say(tried.updated)} updated;{" "}
          {count(tried.skipped, "row")} left out.
          {data.at_least && ` The first ${say(data.num_tried ?? 0)} rows were tried.`}
        </p>
      </div>
      <Why tried={data} wish={wish} change={change} />
      {tried.enrolled > 0 && <PromiseNote asked={filePromiseQuery(request)} isMail={isMail} />}
      <RowsTable kind="contacts" rows={data.rows?.slice(0, SHOWN)} />
    </div>
  );
}

function Why({ tried, wish, change }: Omit<Props, "request"> & { tried: Tried }) {
  if (tried.import.reasons.length === 0) return null;
  return (
    <ul className={classes.reasons} aria-label="Who does not join, and why">
      {tried.import.reasons.map(({ code, count: rows, sentence }) => {
        const flag = FLAG_OF[code];
        return (
          <li key={code} className={classes.reason}>
            <span className={classes.count}>{say(rows)}</span>
            <div className={classes.says}>
              <p>{sentence ?? code}</p>
            </div>
            <div className={classes.offers}>
              {flag && !wish.waived.includes(flag) && (
                <Button
                  size="xs"
                  variant="default"
                  aria-label={`Add them too: ${FLAG_WORDS[flag].says}`}
                  onClick={() => change({ waived: [...wish.waived, flag] })}
                >
                  Add them too
                </Button>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

/** Says the number. */
export function FileButton({
  request,
  isRefused,
  onStarted,
}: {
  request: FileRequest;
  isRefused: boolean;
  onStarted: (importId: string) => void;
}) {
  const { data, isFetching } = useQuery(fileRehearsalQuery(request));
  const joining = data?.import.enrolled ?? 0;
  const { data: promise } = useQuery({ ...filePromiseQuery(request), enabled: joining > 0 });
  const bring = useBringInto();
  const isAbout = data?.at_least === true;
  return (
    <>
      {bring.error && <span role="alert">{accountFor(bring.error, "writing").happened}</span>}
      <Button
        loading={bring.isPending}
        disabled={!data || isFetching || joining === 0 || isRefused}
        onClick={() =>
          bring.mutate(
            { ...request, promiseId: promise?.id },
            { onSuccess: ({ import: { id } }) => onStarted(id) },
          )
        }
      >
        {joining === 0
          ? data
            ? "Nobody to add"
            : "Import and add"
          : `Import and add ${isAbout ? "these and more" : count(joining, "contact")}`}
      </Button>
    </>
  );
}
