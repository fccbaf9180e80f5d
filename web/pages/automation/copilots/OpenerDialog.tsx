import { Button, Textarea } from "@mantine/core";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { useKeptForm } from "../../../parts/kept-form.ts";
import { OtherVersion } from "../../../parts/OtherVersion.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { useDecideOpener } from "./queries.ts";

type Props = {
  about: { id: string; proposal_id: string };
  name: string | null;
  text: string;
  onClose: () => void;
};

/** A person's own words, which count as accepted. */
export function OpenerDialog({ about, name, text, onClose }: Props) {
  const { form, kept } = useKeptForm(`opener-${about.id}`, { initialValues: { text } });
  const close = () => {
    kept.forget();
    onClose();
  };
  const decide = useDecideOpener();
  const save = (values: typeof form.values) =>
    decide.mutate(
      { ...about, decision: "accept", text: values.text.trim() },
      {
        onSuccess: () => {
          toast(
            t("Saved. It replaces {variable} in emails to this contact.", {
              variable: "{{personalized_opener}}",
            }),
          );
          close();
        },
      },
    );
  return (
    <Dialog title={t("First sentence to {name}", { name: name ?? t("this contact") })} onClose={close}>
      <form className="stack" onSubmit={form.onSubmit(save)}>
        <OtherVersion kept={kept} />
        <Textarea
          label={t("Opener")}
          description={t("One or two sentences of plain text, without links.")}
          autosize
          minRows={3}
          maxLength={240}
          required
          withAsterisk={false}
          data-autofocus
          {...form.getInputProps("text")}
        />
        <Trouble error={decide.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={close}>
            {t("Cancel")}
          </Button>
          <Button type="submit" loading={decide.isPending}>
            {t("Use it")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
