import { Button, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { Dialog } from "../../parts/Dialog.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { toast } from "../../parts/toast.tsx";
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
          toast(`Nobody mails ${made.value} any more.`, { undo: () => lift.mutateAsync(made.id) });
          onClose();
        },
      },
    );
  return (
    <Dialog onClose={onClose} title="Bar somebody">
      <form className="stack" onSubmit={form.onSubmit(send)}>
        <TextInput
          label="Address, domain or pattern"
          placeholder="ines@example.com, example.com or *@example.com"
          description={value ? `Bars ${KINDS[kindOf(value)]}.` : "Whoever is in a sequence stops at once."}
          required
          withAsterisk={false}
          maxLength={300}
          data-autofocus
          autoComplete="off"
          {...form.getInputProps("value")}
        />
        <TextInput
          label="Reason"
          placeholder="For your colleagues"
          maxLength={1000}
          {...form.getInputProps("reason")}
        />
        <Trouble error={bar.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={bar.isPending}>
            Bar
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
