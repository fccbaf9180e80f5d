import { Button, TagsInput, TextInput } from "@mantine/core";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { useKeptForm } from "../../../parts/kept-form.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { useMakeWebhook, type WebhookWithSecret } from "./queries.ts";
import { EventOption, TYPES } from "./words.tsx";

type Props = { onClose: () => void; onMade: (webhook: WebhookWithSecret) => void };

export function WebhookForm({ onClose, onMade }: Props) {
  const make = useMakeWebhook();
  const { form, kept } = useKeptForm("webhook", {
    initialValues: { url: "", description: "", types: [] as string[] },
  });
  const close = () => {
    kept.forget();
    onClose();
  };
  return (
    <Dialog onClose={close} title={t("Add a webhook")} size="lg">
      <form
        className="stack"
        onSubmit={form.onSubmit(({ url, description, types }) =>
          make.mutate(
            {
              url: url.trim(),
              types: types.length > 0 ? types : ["*"],
              ...(description.trim() && { description: description.trim() }),
            },
            {
              onSuccess: (made) => {
                kept.forget();
                onMade(made);
              },
            },
          ),
        )}
      >
        <TextInput
          label={t("URL")}
          type="url"
          placeholder="https://hooks.example.com/cadenza"
          description={t("Public addresses only, unless the operator of this server allows others.")}
          required
          withAsterisk={false}
          data-autofocus
          {...form.getInputProps("url")}
        />
        <TextInput
          label={t("Name")}
          placeholder={t("What it is for")}
          {...form.getInputProps("description")}
        />
        <TagsInput
          label={t("Events")}
          description={t("If empty, all events. contact.* means all contact events.")}
          placeholder={form.values.types.length === 0 ? t("All events") : ""}
          data={TYPES.map(({ group, items }) => ({ group, items: [...items] }))}
          maxDropdownHeight={260}
          renderOption={({ option }) => <EventOption type={option.value} />}
          {...form.getInputProps("types")}
        />
        <Trouble error={make.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={close}>
            {t("Cancel")}
          </Button>
          <Button type="submit" loading={make.isPending}>
            {t("Add webhook")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
