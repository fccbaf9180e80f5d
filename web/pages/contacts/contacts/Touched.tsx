import { useQuery } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { FactGroup } from "../../../parts/RecordPage.tsx";
import { exactly } from "../../../parts/when.ts";
import { api } from "../../../session.ts";

/** How often they were touched, where the team limits that. */
export function Touched({ id }: { id: string }) {
  const { data = [] } = useQuery({
    queryKey: ["story", "touched", id],
    queryFn: async () => (await api.contacts.touchLimits({ id })).touch_limits,
  });
  if (data.length === 0) return null;
  return (
    <FactGroup title={t("Contact frequency")}>
      <ul className="bullets small">
        {data.map(({ sentence, free_at, scope, counts, days, most }) => (
          <li key={`${scope} ${counts} ${days} ${most}`}>
            {sentence}{" "}
            {free_at && (
              <span className="soft">{t("Next possible: {free_at}.", { free_at: exactly(free_at) })}</span>
            )}
          </li>
        ))}
      </ul>
    </FactGroup>
  );
}
