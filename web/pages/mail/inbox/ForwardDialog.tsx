import { Button, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { keptPlace, readBegun } from "../../../parts/kept-storage.ts";
import { sizeOf } from "../../../parts/mail/file-size.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { useMe } from "../../../session.ts";
import type { Written } from "../mails/words.ts";
import { ForwardForm } from "./ForwardForm.tsx";
import { forwarded, placeOfForward } from "./forwarded.ts";
import type { Incoming } from "./queries.ts";
import { copyFiles, forwardable } from "./received-files.ts";

type Props = { mail: Incoming; onClose: () => void };

/** Passes an email on with its files, which are read from the mailbox first. */
export function ForwardDialog({ mail, onClose }: Props) {
  return (
    <Dialog title={t("Forward email")} onClose={onClose} size="lg">
      <Forwarding mail={mail} onClose={onClose} />
    </Dialog>
  );
}

function Forwarding({ mail, onClose }: Props) {
  const { user } = useMe();
  const [begun] = useState(() => readBegun<Written>(keptPlace(user.id, placeOfForward(mail)))?.base ?? null);
  const [isWithout, setIsWithout] = useState(false);
  const { fitting, left } = forwardable(mail);
  const copied = useQuery({
    queryKey: ["forward", mail.id],
    queryFn: () => copyFiles(mail),
    enabled: begun === null && fitting.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const given =
    begun ??
    (fitting.length === 0 || isWithout ? forwarded(mail, []) : copied.data && forwarded(mail, copied.data));
  if (copied.error && !given)
    return (
      <div className="stack">
        <Trouble error={copied.error} doing="reading" onRetry={() => void copied.refetch()} />
        <div>
          <Button variant="default" onClick={() => setIsWithout(true)}>
            {t("Forward without attachments")}
          </Button>
        </div>
      </div>
    );
  if (!given)
    return (
      <div className="stack" aria-busy="true">
        <p className="soft" role="status">
          {t("Reading {n, plural, one {# attachment} other {# attachments}} from the mailbox …", {
            n: fitting.length,
          })}
        </p>
        <Skeleton height={240} />
      </div>
    );
  return (
    <div className="stack">
      {left.map(({ position, file_name, size }) => (
        <p key={position} className="soft small">
          {t("{file_name} ({size}) is too large to be forwarded.", { file_name, size: sizeOf(size) })}
        </p>
      ))}
      <ForwardForm mail={mail} given={given} onClose={onClose} />
    </div>
  );
}
