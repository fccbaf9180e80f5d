/** The outcome of a row that changed nothing; each kind fills in what its row did. */
export const NO_EFFECT = {
  code: null,
  recordId: null,
  sameAs: null,
  enrollment: null,
  enrollmentCode: null,
  difference: null,
  leftOut: null,
};

/** Why a row left its record as it was, by the import's policy for values that are there already. */
export const WHY_UNCHANGED = {
  never: "already_there",
  fill: "nothing_to_fill",
  replace: "same_already",
} as const;
