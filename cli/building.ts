import { Command } from "commander";

/** Of commander's kind, but it ends in our exit codes and does not leave by itself. */
export function newCommand(name: string) {
  return new Command(name).exitOverride().showHelpAfterError("(see --help)").allowExcessArguments(false);
}
