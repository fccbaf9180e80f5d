import { Button, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { useBar, useLift } from "./queries.ts";
import { KINDS, kindOf } from "./words.ts";

export function BarForm({ onClose }: { onClose: () => void }) {
  const bar = useBar();
  const lift = useLift();
  const form = useForm({ initialValues: { value: "", reason: "" } });
  const value = form.values.value.trim();
  const send = () =>
    bar.mutate(
      { kind: kindOf(value), value, reason: form.values.reason.trim() || null },
      {
        onSuccess: (made) => {
          toast(t("{value} added to the Do not email list.", { value: made.value }), {
            undo: () => lift.mutateAsync(made.id),
          });
          onClose();
        },
      },
    );
  return (
    <Dialog onClose={onClose} title={t("Add to the Do not email list")}>
      <form className="stack" onSubmit={form.onSubmit(send)}>
        <TextInput
          label={t("Email address, domain or pattern")}
          placeholder={t("ines@example.com, example.com or *@example.com")}
          description={
            value
              ? t("Blocks {value}.", { value: KINDS[kindOf(value)] })
              : t("Sequences will stop at once for matching contacts.")
          }
          required
          withAsterisk={false}
          maxLength={300}
          data-autofocus
          autoComplete="off"
          {...form.getInputProps("value")}
        />
        <TextInput
          label={t("Reason")}
          placeholder={t("Note for your team")}
          maxLength={1000}
          {...form.getInputProps("reason")}
        />
        <Trouble error={bar.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            {t("Cancel")}
          </Button>
          <Button type="submit" loading={bar.isPending}>
            {t("Add to list")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
