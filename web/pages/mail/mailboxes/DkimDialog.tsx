import { Button, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { Segmented } from "../../../parts/Segmented.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
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
      <Dialog
        onClose={onClose}
        title={t("DKIM for {domain}", { domain: dkim?.domain ?? set.data?.dkim?.domain })}
        size="lg"
      >
        <div className="stack">
          <DkimRecord dkim={(dkim ?? set.data?.dkim) as NonNullable<Mailbox["dkim"]>} />
          <p className="soft small">
            {t(
              "Mail servers see the record within minutes to a day. Emails are signed already, which does no harm.",
            )}
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
                    toast(t("Emails from this domain are no longer signed."));
                    onClose();
                  },
                })
              }
            >
              {t("Stop signing")}
            </Button>
            <Button onClick={onClose}>{t("Done")}</Button>
          </div>
        </div>
      </Dialog>
    );
  return (
    <Dialog onClose={onClose} title={t("Sign emails with DKIM")} size="lg">
      <form className="stack" onSubmit={form.onSubmit(send)}>
        <p className="prose">
          {t(
            "Most email providers sign emails for you. If yours does not, Cadenza can sign for the whole domain. You then publish the key in your DNS.",
          )}
        </p>
        <Segmented
          aria-label={t("Key to use")}
          data={[
            { value: "made", label: t("Create a new key") },
            { value: "brought", label: t("Use my key") },
          ]}
          {...form.getInputProps("from")}
        />
        <TextInput
          label={t("Selector")}
          description={t("The key's name in the DNS. Empty: today's date.")}
          maxLength={100}
          autoComplete="off"
          {...form.getInputProps("selector")}
        />
        {form.values.from === "brought" && (
          <Textarea
            label={t("Private key")}
            description={t("PEM format. Stored encrypted and never shown.")}
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
            {t("Cancel")}
          </Button>
          <Button type="submit" loading={set.isPending}>
            {form.values.from === "made" ? t("Create key") : t("Use key")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
