import { Button, NumberInput, Select } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { usePeople } from "../people/queries.ts";
import { type AllowanceKind, allowancesQuery, useAllow } from "./queries.ts";
import { KINDS } from "./words.ts";

const TEAM = "team";

/** How much the team or one of its people may spend in a cycle. Taking it back puts what stood there before. */
export function AllowanceDialog({ onClose }: { onClose: () => void }) {
  const people = usePeople().data ?? [];
  const { data: before = [] } = useQuery(allowancesQuery);
  const allow = useAllow();
  const form = useForm({
    initialValues: { who: TEAM, kind: "lead_credit" as AllowanceKind, limit: "" as number | "" },
  });
  const save = ({ who, kind, limit }: typeof form.values) => {
    const user_id = who === TEAM ? null : who;
    const old = before.find((one) => one.user_id === user_id && one.kind === kind)?.limit ?? null;
    const wish = { user_id, kind, limit: limit === "" ? null : limit };
    allow.mutate(wish, {
      onSuccess: () => {
        onClose();
        toast(limit === "" ? t("Limit removed.") : t("Allowance set."), {
          undo: () => allow.mutateAsync({ user_id, kind, limit: old }),
        });
      },
    });
  };
  return (
    <Dialog onClose={onClose} title={t("Set an allowance")}>
      <form className="stack" onSubmit={form.onSubmit(save)}>
        <Select
          label={t("For")}
          data={[
            { value: TEAM, label: t("Whole team") },
            ...people.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          allowDeselect={false}
          data-autofocus
          {...form.getInputProps("who")}
        />
        <Select
          label={t("Credit type")}
          data={Object.entries(KINDS).map(([value, label]) => ({ value, label }))}
          allowDeselect={false}
          {...form.getInputProps("kind")}
        />
        <NumberInput
          label={t("Credits per cycle")}
          description={t("If empty, no limit. At the limit, users see how many credits are left.")}
          min={0}
          max={1_000_000_000}
          allowDecimal={false}
          thousandSeparator=","
          {...form.getInputProps("limit")}
        />
        <Trouble error={allow.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            {t("Cancel")}
          </Button>
          <Button type="submit" loading={allow.isPending}>
            {t("Save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
