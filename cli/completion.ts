// `cadenza completion bash|zsh|fish`: a script for the shell. Nouns and verbs stand in it, flags are asked of us, so the
// script stays small and the flags are always right.

import { newCommand } from "./building.ts";
import { commands } from "./commands.ts";
import { Unusable } from "./exits.ts";
import { optionsFor } from "./flags.ts";
import type { Flow } from "./flows.ts";
import { ALIASES, dashed, nounFor } from "./words.ts";

const COMMON = ["--url", "--profile", "--timeout", "--verbose", "--json", "--help"];

export const completionFor = (flows: readonly Flow[]): Flow => ({
  name: "completion",
  add(program, session) {
    program.addCommand(
      newCommand("completion")
        .description("Print a completion script for your shell: source <(cadenza completion bash)")
        .argument("<shell>", "bash, zsh or fish")
        .action((shell: string) => {
          const script = SCRIPTS[shell];
          if (!script)
            throw new Unusable(
              `Completion is there for ${Object.keys(SCRIPTS).join(", ")}, and not for ${shell}.`,
            );
          session.say(script);
        }),
    );
    program.addCommand(
      newCommand("complete")
        .argument("[words...]")
        .allowUnknownOption()
        .action((words: string[]) => session.say(proposals(words, flows).join("\n"))),
      { hidden: true },
    );
  },
});

/** For what was typed before the word that is being typed. */
export function proposals([first, second]: readonly string[], known: readonly Flow[]): string[] {
  const flows = known.filter(({ under }) => under === undefined).map(({ name }) => name);
  const nouns = Object.keys(commands);
  if (!first) return [...new Set([...flows, ...Object.keys(ALIASES), ...nouns.map(dashed)])].sort();
  const noun = nounFor(first, nouns);
  if (!noun) return COMMON;
  const verbs = commands[noun] ?? {};
  const own = known.filter(({ under }) => under === noun).map(({ name }) => name);
  if (!second) return [...new Set([...Object.keys(verbs).map(dashed), ...own])].sort();
  const verb = Object.keys(verbs).find((name) => dashed(name) === second);
  const flags =
    verb && verbs[verb]
      ? optionsFor(verbs[verb])
          .filter(({ hidden }) => !hidden)
          .map(({ long }) => long ?? "")
      : (FLOW_FLAGS[second] ?? []);
  return [...flags, ...COMMON];
}

const FLOW_FLAGS: Record<string, string[]> = {
  "add-contacts": [
    "--sequence",
    "--contacts",
    "--list",
    "--csv",
    "--mailbox",
    "--rotate",
    "--at",
    "--dry-run",
    "--no-wait",
    "--strict",
  ],
};

// Words before the cursor that are no flags and no values of flags: the first two are the noun and the verb.
const SCRIPTS: Record<string, string> = {
  bash: `_cadenza() {
  local words=() i
  for ((i = 1; i < COMP_CWORD; i++)); do [[ \${COMP_WORDS[i]} == -* ]] || words+=("\${COMP_WORDS[i]}"); done
  COMPREPLY=($(compgen -W "$(cadenza complete "\${words[@]:0:2}" 2>/dev/null)" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _cadenza cadenza`,
  zsh: `#compdef cadenza
_cadenza() {
  local -a before proposals
  before=(\${\${words[2,CURRENT-1]}:#-*})
  proposals=(\${(f)"$(cadenza complete "\${before[1,2][@]}" 2>/dev/null)"})
  compadd -a proposals || _files
}
compdef _cadenza cadenza`,
  fish: `function __cadenza_proposals
  set -l before (string match -v -- '-*' (commandline -opc)[2..-1])
  cadenza complete $before[1..2] 2>/dev/null
end
complete -c cadenza -a '(__cadenza_proposals)'`,
};
