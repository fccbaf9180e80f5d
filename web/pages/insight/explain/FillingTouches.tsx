import { useQuery } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { currentTimeMs } from "../../../parts/current-time.ts";
import { Moment } from "../../../parts/Moment.tsx";
import { api } from "../../../session.ts";
import classes from "./WhyPanel.module.css";

const DAY_MS = 86_400_000;
const MOST = 5;

type Props = { evidence: Record<string, unknown> };

/** Which touches of theirs fill the limit: those of the days it looks at, the latest first. */
export function FillingTouches({ evidence }: Props) {
  const { contact_id: id, scope, counts, days } = evidence;
  const told = useQuery({
    queryKey: ["story", "filling", id, counts],
    queryFn: async () => {
      const kinds: ("message" | "task")[] = counts === "emails" ? ["message"] : ["message", "task"];
      return (await api.contacts.timeline({ id: String(id), kinds, limit: 100 })).timeline;
    },
    enabled: typeof id === "string",
  });
  const from = currentTimeMs() - Number(days) * DAY_MS;
  const lines = (told.data ?? []).filter(({ at, kind, type, data }) => {
    const status = kind === "task" ? data.status : type;
    return Date.parse(at) >= from && status === "completed";
  });
  if (!told.data) return null;
  return (
    <>
      <ul className={classes.touches} aria-label={t("Counted toward the limit")}>
        {lines.slice(0, MOST).map(({ id: one, sentence, at }) => (
          <li key={`${one} ${at}`}>
            <span>{sentence}</span> <Moment at={at} />
          </li>
        ))}
      </ul>
      {(lines.length > MOST || scope !== "person") && (
        <p className="soft small">
          {lines.length > MOST && t("And {lines} more. ", { lines: lines.length - MOST })}
          {scope !== "person" && t("Emails to other contacts at the same company count too.")}
        </p>
      )}
    </>
  );
}
