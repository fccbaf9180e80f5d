import { Skeleton } from "@mantine/core";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { useLate } from "../../../parts/late.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
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
  onBack: (mail: Incoming) => void;
};

/** One mail that came: what it was taken for on top, the thread below, and an answer at its end. */
export function IncomingView({ id, onLeave, onBack }: Props) {
  const { data: mail, error, isPending, refetch } = useIncoming(id);
  const isLate = useLate(isPending);
  const [isReplying, setIsReplying] = useState(false);
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!mail) return <div aria-busy="true">{isLate && <Skeleton height={18} width="50%" />}</div>;
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
      <IncomingVerbs mail={mail} onReply={() => setIsReplying(true)} onLeave={leave} onBack={back} />
      <Thread mail={mail} />
      {isReplying && <Reply mail={mail} onSent={leave} onClose={() => setIsReplying(false)} />}
    </article>
  );
}
