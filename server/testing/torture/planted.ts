// Engines with a bug that was put into them on purpose. The torture has to find it, or its checks prove nothing.

import type { MailService } from "../../mail/door.ts";

const BUGS: Record<string, (mail: MailService) => MailService> = {
  /** What lost its answer counts as not sent. */
  "sends again": (mail) => ({
    ...mail,
    async transmit(mailbox, email, hooks) {
      const outcome = await mail.transmit(mailbox, email, hooks);
      return outcome.kind === "ambiguous"
        ? mail.transmit(mailbox, email, { ...hooks, mayRelease: async () => true })
        : outcome;
    },
  }),
};

export function withBug(mail: MailService, name: string) {
  const plant = BUGS[name];
  if (!plant) throw new TypeError(`no bug is called ${name}`);
  return plant(mail);
}
