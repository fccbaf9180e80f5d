import { Button, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { Section } from "../../../parts/Page.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { useMe } from "../../../session.ts";
import { useChangePerson } from "../../settings/people/queries.ts";

type Props = {
  /** Which link of the user it is. */
  of: "meeting_url" | "dial_link";
  title: string;
  note?: string;
  label: string;
  description: string;
  placeholder: string;
  saved: string;
  verb: string;
};

/** A link in the user's profile, by itself: saved, emptied, undone. */
export function LinkForm({ of, title, note, label, description, placeholder, saved, verb }: Props) {
  const { user } = useMe();
  const save = useChangePerson();
  const form = useForm({ initialValues: { link: user[of] ?? "" } });
  const write = (link: string | null) => save.mutateAsync({ id: user.id, [of]: link });
  const show = (link: string) => {
    form.setInitialValues({ link });
    form.setValues({ link });
  };
  const send = ({ link }: { link: string }) => {
    const before = user[of];
    void write(link.trim() || null)
      .then(() => {
        show(link.trim());
        toast(saved, { undo: () => write(before).then(() => show(before ?? "")) });
      })
      .catch(() => {}); // told below
  };
  return (
    <form onSubmit={form.onSubmit(send)}>
      <Section title={title} {...(note !== undefined && { note })}>
        <TextInput
          label={label}
          description={description}
          placeholder={placeholder}
          type="text"
          inputMode="url"
          maxLength={2000}
          {...form.getInputProps("link")}
        />
        <Trouble error={save.error} doing="writing" />
        <div>
          <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
            {verb}
          </Button>
        </div>
      </Section>
    </form>
  );
}
