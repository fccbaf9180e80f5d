import { t } from "../../../language/t.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { Facts } from "../../../parts/Facts.tsx";
import { State } from "../../../parts/State.tsx";
import { dayAndTime } from "../../../parts/when.ts";
import type { Backups } from "./queries.ts";

type Archive = NonNullable<Backups["wal_archive"]>;

/** To which times the embedded database can be recovered. */
export function WalArchiveFacts({ archive }: { archive: Archive }) {
  return (
    <section className="stack" aria-label={t("Point-in-time recovery")}>
      <h3 className="small" style={{ fontWeight: 600 }}>
        {t("Point-in-time recovery")}
      </h3>
      <Facts facts={factsOf(archive)} />
      {archive.error && (
        <State kind="bad" isSentence>
          {archive.error}
        </State>
      )}
    </section>
  );
}

function factsOf({ trouble, from, until, last_base_at, base_running, folder, keep_days: many }: Archive) {
  const when = (at: string | null) => (at ? dayAndTime(at, currentTime()) : "–");
  return [
    [t("State"), stateOf(trouble, from)],
    [t("Recoverable from"), when(from)],
    [t("Recoverable to"), when(from && until)],
    [t("Last base backup"), base_running ? t("Running") : when(last_base_at)],
    [t("Folder"), <code key="folder">{folder}</code>],
    [t("Kept"), t("{many, plural, one {# day} other {# days}}", { many })],
  ] as const;
}

function stateOf(trouble: Archive["trouble"], from: string | null) {
  if (trouble === "archive_failed") return <State kind="bad">{t("Archiving failed")}</State>;
  if (trouble === "base_failed") return <State kind="bad">{t("The last base backup failed")}</State>;
  if (from === null) return <State kind="waiting">{t("Not made yet")}</State>;
  return <State kind="good">{t("In order")}</State>;
}
