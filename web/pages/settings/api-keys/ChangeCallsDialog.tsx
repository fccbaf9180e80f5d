import { Button } from "@mantine/core";
import { useForm } from "@mantine/form";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { AccessChoice, refuseNone } from "./AccessChoice.tsx";
import { type Key, useChangeKey } from "./queries.ts";
import { type AccessFields, accessFieldsOf, accessOf } from "./wish.ts";

/** Gives a key other calls. Its secret stays, so the program needs no change. */
export function ChangeCallsDialog({ apiKey, onClose }: { apiKey: Key; onClose: () => void }) {
  const form = useForm<AccessFields>({
    initialValues: accessFieldsOf(apiKey),
    validate: { scopes: refuseNone },
  });
  const change = useChangeKey();
  const { id, name } = apiKey;
  const send = (fields: AccessFields) =>
    change.mutate(
      { id, ...accessOf(fields) },
      {
        onSuccess: () => {
          toast(t("Calls of {name} changed.", { name }));
          onClose();
        },
      },
    );
  return (
    <Dialog onClose={onClose} title={t("Change calls of {name}", { name })} size="lg">
      <form className="stack" onSubmit={form.onSubmit(send)}>
        <AccessChoice value={form.values} onChange={form.setValues} error={form.errors.scopes} />
        <p className="soft small">{t("The secret stays the same. The change applies to the next call.")}</p>
        <Trouble error={change.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            {t("Cancel")}
          </Button>
          <Button type="submit" loading={change.isPending} disabled={!form.isDirty()}>
            {t("Save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
