import { Button, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { Told } from "../../../parts/Told.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { accountFor } from "../../../parts/trouble.ts";
import { RowsTable } from "../../contacts/imports/Outcome.tsx";
import type { ImportTrial } from "../../contacts/imports/queries.ts";
import { say } from "../../contacts/imports/words.ts";
import { PromiseNote } from "../promises/PromiseNote.tsx";
import { filePromiseQuery } from "../promises/queries.ts";
import classes from "./AddContactsDialog.module.css";
import { type FileRequest, FLAG_OF, fileRehearsalQuery, useBringInto } from "./file.ts";
import { useBeginsWithMail } from "./queries.ts";
import { SurgeWarnings } from "./SurgeWarnings.tsx";
import type { EnrollmentForm } from "./wish.ts";
import { FLAG_WORDS } from "./words.ts";

type Props = { wish: EnrollmentForm; change: (part: Partial<EnrollmentForm>) => void; request: FileRequest };
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
          {t("Preparing the preview …")}
        </p>
        <Skeleton height={120} />
      </div>
    );
  const { import: tried } = data;
  return (
    <div className="stack">
      <div role="status">
        <p className={classes.result}>
          {t("{enrolled} will be added · {not_enrolled} will be skipped", {
            enrolled: say(tried.enrolled),
            not_enrolled: say(tried.not_enrolled),
          })}
        </p>
        <p className="soft small">
          {t(
            "{created, plural, one {# contact} other {# contacts}} will be created, {updated} updated; {skipped, plural, one {# row} other {# rows}} skipped.{at_least}",
            {
              created: tried.created,
              updated: say(tried.updated),
              skipped: tried.skipped,
              at_least:
                data.at_least &&
                t(" Only the first {say} rows were checked.", { say: say(data.num_tried ?? 0) }),
            },
          )}
        </p>
      </div>
      <SurgeWarnings surges={data.first_email_surges ?? []} />
      <Why tried={data} wish={wish} change={change} />
      {tried.enrolled > 0 && <PromiseNote asked={filePromiseQuery(request)} isMail={isMail} />}
      <RowsTable kind="contacts" rows={data.rows?.slice(0, SHOWN)} />
    </div>
  );
}

function Why({ tried, wish, change }: Omit<Props, "request"> & { tried: ImportTrial }) {
  if (tried.import.reasons.length === 0) return null;
  return (
    <ul className={classes.reasons} aria-label={t("Skipped contacts")}>
      {tried.import.reasons.map(({ code, count: rows, sentence }) => {
        const flag = FLAG_OF[code];
        return (
          <li key={code} className={classes.reason}>
            <span className={classes.count}>{say(rows)}</span>
            <div className={classes.says}>
              <p>
                <Told>{sentence ?? code}</Told>
              </p>
            </div>
            <div className={classes.offers}>
              {flag && !wish.waived.includes(flag) && (
                <Button
                  size="xs"
                  variant="default"
                  aria-label={t("Add anyway: {says}", { says: FLAG_WORDS[flag].says })}
                  onClick={() => change({ waived: [...wish.waived, flag] })}
                >
                  {t("Add anyway")}
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
            ? t("No contacts to add")
            : t("Import and add")
          : isAbout
            ? t("Import and add contacts")
            : t("Import and add {n, plural, one {# contact} other {# contacts}}", { n: joining })}
      </Button>
    </>
  );
}
