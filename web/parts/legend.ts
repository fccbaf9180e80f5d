/** What the colours of a chart mean, in the order of its series and not of the alphabet; beside the menu of the chart. */
export const LEGEND = {
  withLegend: true,
  legendProps: { itemSorter: null, wrapperStyle: { paddingRight: 32 } },
};
