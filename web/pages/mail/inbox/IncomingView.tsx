import { Skeleton } from "@mantine/core";
import { memo, useState } from "react";
import { t } from "../../../language/t.ts";
import { useLate } from "../../../parts/late.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { awaitEditor } from "../../../parts/typing.ts";
import { useMe } from "../../../session.ts";
import { NoteForm } from "../../contacts/notes/NoteForm.tsx";
import { useMeetingLink } from "../mails/use-meeting-link.tsx";
import { addToReply, hasBegun } from "./begun-reply.ts";
import { Held } from "./Held.tsx";
import { IncomingVerbs } from "./IncomingVerbs.tsx";
import classes from "./IncomingView.module.css";
import { Marked } from "./Marked.tsx";
import { type Incoming, useIncoming } from "./queries.ts";
import { Reply } from "./Reply.tsx";
import { Standing } from "./Standing.tsx";
import { Thread } from "./Thread.tsx";
import { Verdict } from "./Verdict.tsx";

type Props = {
  id: string;
  onLeave: (mail: Incoming) => void;
  onReplied: (mail: Incoming) => void;
  /** After a reply was sent: to the next email. */
  onNext: (() => void) | null;
  onBack: (mail: Incoming) => void;
};

/** One mail that came: what it was taken for on top, the thread below, and an answer at its end. */
export const IncomingView = memo(function IncomingView({ id, ...rest }: Props) {
  const { data: mail, error, isPending, refetch } = useIncoming(id);
  const isLate = useLate(isPending);
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!mail) return <div aria-busy="true">{isLate && <Skeleton height={18} width="50%" />}</div>;
  return <Shown key={id} mail={mail} {...rest} />;
});

function Shown({ mail, onLeave, onReplied, onNext, onBack }: Omit<Props, "id"> & { mail: Incoming }) {
  const { user } = useMe();
  const [isReplying, setIsReplying] = useState(() => hasBegun(user.id, mail));
  // A reply that is only shown again must not take the keys of the page.
  const [writes, setWrites] = useState(false);
  const reply = () => {
    awaitEditor();
    setWrites(true);
    setIsReplying(true);
  };
  const [isNoting, setIsNoting] = useState(false);
  // The editor begins with what is kept, so it is drawn anew after something was added there.
  const [links, setLinks] = useState(0);
  const booking = useMeetingLink(mail.contact_id ?? "", (html) => {
    addToReply(user.id, mail, html);
    setLinks((before) => before + 1);
    reply();
  });
  const contactId = mail.contact_id;
  const leave = () => onLeave(mail);
  const back = () => onBack(mail);
  return (
    <article className={classes.mail} aria-labelledby="mail-title">
      <h2 id="mail-title" className={classes.title}>
        {mail.subject ? <Marked shown={mail.subject} mail={mail} where="subject" /> : t("No subject")}
      </h2>
      <Verdict mail={mail} />
      <Held mail={mail} />
      <Standing mail={mail} onLeave={leave} />
      <IncomingVerbs
        mail={mail}
        onReply={reply}
        onNote={contactId === null ? null : () => setIsNoting(true)}
        onBook={contactId === null ? null : booking.insert}
        onLeave={leave}
        onNext={onNext}
        onBack={back}
      />
      <Thread mail={mail} />
      {isNoting && contactId !== null && (
        <NoteForm about={{ contact_id: contactId }} autoFocus onDone={() => setIsNoting(false)} />
      )}
      {isReplying && (
        <Reply
          key={`${links} ${writes}`}
          mail={mail}
          autoFocus={writes}
          onSent={() => onReplied(mail)}
          onTakenBack={back}
          onClose={() => setIsReplying(false)}
        />
      )}
      {booking.dialog}
    </article>
  );
}
