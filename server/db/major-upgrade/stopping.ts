// A signal while the database is moved: it ends at the next piece, and nothing is changed.

import { CannotStartDatabase } from "../embedded/errors.ts";

export class StoppedUpgrade extends CannotStartDatabase {}

export const toldToStop = () =>
  new StoppedUpgrade(
    "It was stopped while it moved the database to a newer PostgreSQL. Nothing was changed, and the next start begins again.",
  );
