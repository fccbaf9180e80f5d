import { Button, TagsInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { Dialog } from "../../parts/Dialog.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { useMakeWebhook, type WebhookWithSecret } from "./queries.ts";
import { TYPES } from "./words.tsx";

type Props = { onClose: () => void; onMade: (webhook: WebhookWithSecret) => void };

export function WebhookForm({ onClose, onMade }: Props) {
  const make = useMakeWebhook();
  const form = useForm({ initialValues: { url: "", description: "", types: [] as string[] } });
  return (
    <Dialog onClose={onClose} title="Add a webhook" size="lg">
      <form
        className="stack"
        onSubmit={form.onSubmit(({ url, description, types }) =>
          make.mutate(
            {
              url: url.trim(),
              types: types.length > 0 ? types : ["*"],
              ...(description.trim() && { description: description.trim() }),
            },
            { onSuccess: onMade },
          ),
        )}
      >
        <TextInput
          label="Address"
          type="url"
          placeholder="https://hooks.example.com/cadenza"
          description="Public addresses only, unless whoever runs this Cadenza allows others."
          required
          withAsterisk={false}
          data-autofocus
          {...form.getInputProps("url")}
        />
        <TextInput label="Name" placeholder="What it is for" {...form.getInputProps("description")} />
        <TagsInput
          label="Is told of"
          description="Empty: everything. A star stands for all of a kind."
          placeholder={form.values.types.length === 0 ? "Everything" : ""}
          data={TYPES.map(({ group, items }) => ({ group, items: [...items] }))}
          maxDropdownHeight={260}
          {...form.getInputProps("types")}
        />
        <Trouble error={make.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={make.isPending}>
            Add it
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
