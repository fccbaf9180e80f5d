import { Button, Textarea } from "@mantine/core";
import { useForm } from "@mantine/form";
import { Dialog } from "../../parts/Dialog.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { toast } from "../../parts/toast.tsx";
import { useDecideOpener } from "./queries.ts";

type Props = {
  about: { id: string; proposal_id: string };
  name: string | null;
  text: string;
  onClose: () => void;
};

/** A person's own words, which count as accepted. */
export function OpenerDialog({ about, name, text, onClose }: Props) {
  const form = useForm({ initialValues: { text } });
  const decide = useDecideOpener();
  const save = (values: typeof form.values) =>
    decide.mutate(
      { ...about, decision: "accept", text: values.text.trim() },
      {
        onSuccess: () => {
          toast("It stands in their mails where a template says personalized_opener.");
          onClose();
        },
      },
    );
  return (
    <Dialog title={`The first sentence to ${name ?? "them"}`} onClose={onClose}>
      <form className="stack" onSubmit={form.onSubmit(save)}>
        <Textarea
          label="Opener"
          description="One or two sentences of plain text, without links."
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
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={decide.isPending}>
            Use it
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
