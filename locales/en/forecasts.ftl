# Why nothing is foreseen. Keys are the codes; -next is the next step.

forecast-too-few-points = There are { $observed } figures; at least { $fewest } are needed.
forecast-too-few-points-next = Add earlier figures, or wait for the next period.
forecast-horizon = { $horizon } periods ahead is not between 1 and { $most }.
forecast-horizon-next = Ask for a number of periods within.
forecast-too-large = The figures are too large to be estimated.
forecast-too-large-next = Use a larger unit.
