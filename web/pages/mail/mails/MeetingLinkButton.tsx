import { Button } from "@mantine/core";
import { IconCalendarPlus } from "@tabler/icons-react";
import { t } from "../../../language/t.ts";
import { useMeetingLink } from "./use-meeting-link.tsx";

type Props = { contactId: string; onInsert: (html: string) => void };

/** Puts the link to the writer's meeting page into the text, filled with who the contact is. */
export function MeetingLinkButton({ contactId, onInsert }: Props) {
  const { insert, isBusy, dialog } = useMeetingLink(contactId, onInsert);
  return (
    <>
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        leftSection={<IconCalendarPlus size="0.875rem" aria-hidden />}
        loading={isBusy}
        onClick={insert}
      >
        {t("Meeting link")}
      </Button>
      {dialog}
    </>
  );
}
