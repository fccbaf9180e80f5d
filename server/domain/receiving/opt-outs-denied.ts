// Sentences that share nearly all their words with a wish for no more mail and say the opposite: "I would never unsubscribe
// from this", "don't stop writing". The reader weighs pieces of words, and the small word that turns them round is one of
// many, so these are rules. A user is asked about them; "I never subscribed" and "if you don't stop" are wishes.

import { folded } from "../basics/phrases.ts";

const NEVER =
  /(?<!\p{L})(?:never|nie(?:mals)?|jamais|nunca|jamas|mai|nooit|aldrig|aldri|koskaan|nigdy|nikdy|soha|niciodata|никога|никогда|ніколи|nikad|nikoli|asla)(?!\p{L})[^.!?]{0,20}(?<!\p{L})(?:unsubscrib|opt(?:ing)? out|sign off|abmeld|abbestell|desinscri|desabonn|daria de baja|dar de baja|cancellerei|disiscriv|afmeld|uitschrij|avregistrer|avmeld|wypis|odhlas|leiratkoz|dezabon|отпи[сш]|відпи[сш]|odjav|cikm|cikar)/u;

const DO_NOT_STOP = new RegExp(
  `(?<!\\p{L})(?:${[
    "(?<!you )(?:don't|do not|never|dont) (?:you dare )?(?:ever )?stop",
    "hor(?:en sie|t|)?(?: bitte| bloss| blos| ja)? nicht auf",
    "nicht aufhoren",
    "n'arretez (?:surtout )?pas|ne vous arretez pas|ne cessez pas",
    "no (?:dej(?:es|e|en|eis)|par(?:es|e|en|eis)) de",
    "non (?:la )?smett(?:ere|a|ete|erla)|non smetterla",
    "stop (?:vooral |alsjeblieft )?niet|hou(?:d)? niet op",
    "nao (?:pare|parem|deixe|deixem) de",
    "(?:prosze )?nie przestawa\\p{L}{1,4}",
    "sluta inte|stop ikke|hold ikke op|ikke slutt|ala lopeta|alkaa lopettako",
    "neprestavejte|neprestavajte|ne hagyja abba|nu va opriti|nu te opri",
    "не (?:останавливаи|прекращаи|переставаи|зупиня|припиня|спираи)\\p{L}{0,4}|μη σταματ\\p{L}{1,5}|ne(?:mojte)? presta\\p{L}{1,4}|ne nehaj\\p{L}{0,3}",
  ].join("|")})(?!\\p{L})`,
  "u",
);

export function wantsMore(sentence: string): boolean {
  const words = folded(sentence);
  return NEVER.test(words) || DO_NOT_STOP.test(words);
}
