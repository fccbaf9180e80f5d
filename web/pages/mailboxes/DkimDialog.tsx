import { Button, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { Dialog } from "../../parts/Dialog.tsx";
import { Segmented } from "../../parts/Segmented.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { toast } from "../../parts/toast.tsx";
import { DkimRecord } from "./DkimRecord.tsx";
import { type Mailbox, useRemoveDkim, useSetDkim } from "./queries.ts";

type Props = { mailbox: Mailbox; onClose: () => void };

/** A key is made here, or brought along; it holds for all mailboxes of the domain. */
export function DkimDialog({ mailbox, onClose }: Props) {
  const set = useSetDkim();
  const remove = useRemoveDkim();
  const form = useForm({ initialValues: { from: "made", selector: "", privateKey: "" } });
  const { dkim } = mailbox;
  const send = ({ from, selector, privateKey }: typeof form.values) =>
    set.mutate({
      id: mailbox.id,
      ...(selector.trim() && { selector: selector.trim() }),
      ...(from === "brought" && { private_key: privateKey }),
    });
  if (set.data?.dkim || dkim)
    return (
      <Dialog onClose={onClose} title={`DKIM for ${dkim?.domain ?? set.data?.dkim?.domain}`} size="lg">
        <div className="stack">
          <DkimRecord dkim={(dkim ?? set.data?.dkim) as NonNullable<Mailbox["dkim"]>} />
          <p className="soft small">
            Receivers see it within minutes to a day. Until then mails are signed already, and nobody minds.
          </p>
          <Trouble error={remove.error} doing="writing" />
          <div className="row end">
            <Button
              variant="default"
              mr="auto"
              loading={remove.isPending}
              onClick={() =>
                remove.mutate(mailbox.id, {
                  onSuccess: () => {
                    toast("Mails of this domain are no longer signed here.");
                    onClose();
                  },
                })
              }
            >
              Stop signing
            </Button>
            <Button onClick={onClose}>Done</Button>
          </div>
        </div>
      </Dialog>
    );
  return (
    <Dialog onClose={onClose} title="Sign mails with DKIM" size="lg">
      <form className="stack" onSubmit={form.onSubmit(send)}>
        <p className="prose">
          Most mail providers sign by themselves; then nothing is needed here. Where yours does not, Cadenza
          signs for the whole domain, and you publish the key in the DNS.
        </p>
        <Segmented
          aria-label="Which key"
          data={[
            { value: "made", label: "Make a new key" },
            { value: "brought", label: "Use mine" },
          ]}
          {...form.getInputProps("from")}
        />
        <TextInput
          label="Selector"
          description="The key's name in the DNS. Empty: named after today."
          maxLength={100}
          autoComplete="off"
          {...form.getInputProps("selector")}
        />
        {form.values.from === "brought" && (
          <Textarea
            label="Private key"
            description="PEM. Kept encrypted, and shown to nobody."
            required
            withAsterisk={false}
            autosize
            minRows={4}
            maxRows={10}
            autoComplete="off"
            spellCheck={false}
            {...form.getInputProps("privateKey")}
          />
        )}
        <Trouble error={set.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={set.isPending}>
            {form.values.from === "made" ? "Make the key" : "Use it"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
