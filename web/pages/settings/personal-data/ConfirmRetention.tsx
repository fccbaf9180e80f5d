import { useQuery } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { Confirm } from "../../../parts/Confirm.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { api } from "../../../session.ts";
import { Counted } from "./Counted.tsx";
import type { RetentionRule } from "./queries.ts";

type Props = {
  wishes: Pick<RetentionRule, "kind" | "keep_days">[];
  isBusy: boolean;
  error: unknown;
  onConfirm: () => void;
  onClose: () => void;
};

/** Asks with the figures, before a rule is saved that deletes more than before. */
export function ConfirmRetention({ wishes, ...rest }: Props) {
  const { data, error } = useQuery({
    queryKey: ["data retention", "count", wishes],
    queryFn: async () => (await api.dataRetention.preview({ rules: wishes })).counts,
  });
  return (
    <Confirm title={t("Delete old data?")} verb={t("Save rules")} {...rest}>
      <p>
        {t(
          "In 24 hours Cadenza begins to delete what is older, and then does so once a day. It cannot be restored. Until then you can change the rules back.",
        )}
      </p>
      {error ? (
        <Trouble error={error} />
      ) : data ? (
        <Counted counts={data} />
      ) : (
        <p className="soft">{t("Counting …")}</p>
      )}
    </Confirm>
  );
}
