// Which folder is which, where a server does not say so: by what mail programs call it.

import type { ListResponse } from "imapflow";

const SENT = new Set([
  ...[
    "sent",
    "sent items",
    "sent mail",
    "sent messages",
    "gesendet",
    "gesendete elemente",
    "gesendete objekte",
  ],
  ...[
    "envoyes",
    "elements envoyes",
    "messages envoyes",
    "enviados",
    "elementos enviados",
    "mensagens enviadas",
  ],
  ...["itens enviados", "posta inviata", "inviati", "inviata", "verzonden", "verzonden items", "skickat"],
  ...[
    "skickade objekt",
    "sendt",
    "sendte elementer",
    "sendte objekter",
    "sendt post",
    "lahetetyt",
    "wyslane",
    "elementy wyslane",
  ],
]);

const JUNK = new Set([
  ...["junk", "junk e-mail", "junk email", "junk mail", "spam", "bulk mail", "spamverdacht", "unerwunscht"],
  ...[
    "junk-e-mail",
    "courrier indesirable",
    "indesirables",
    "pourriel",
    "correo no deseado",
    "posta indesiderata",
  ],
  ...[
    "ongewenste e-mail",
    "skrappost",
    "soppelpost",
    "uonsket e-mail",
    "roskaposti",
    "lixo eletronico",
    "wiadomosci-smieci",
  ],
]);

const NAMES = { "\\Sent": SENT, "\\Junk": JUNK };

/** Its path; null where no such folder was found. */
export function folderFor(use: keyof typeof NAMES, folders: readonly ListResponse[]) {
  const marked = folders.find(({ specialUse }) => specialUse === use);
  const named = folders.find(({ name }) => NAMES[use].has(folded(name)));
  return (marked ?? named)?.path ?? null;
}

function folded(name: string) {
  return name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[łŁ]/g, "l")
    .replace(/[øØ]/g, "o")
    .toLowerCase();
}
