/** What the colours of a chart mean, in the order of its series and not of the alphabet. */
export const LEGEND = { withLegend: true, legendProps: { itemSorter: null } };
