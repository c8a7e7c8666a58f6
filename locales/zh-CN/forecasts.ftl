# 为什么不作预测。键名就是代码，-next 是下一步。

forecast-too-few-points = 只有 { $observed } 期数据，至少要 { $fewest } 期才能预测。
forecast-too-few-points-next = 请补充历史数据，或等下一期。
forecast-horizon = 预测期数 { $horizon } 不在 1 到 { $most } 之间。
forecast-horizon-next = 请把预测期数改到这个范围。
forecast-too-large = 数值过大，无法估计。
forecast-too-large-next = 请改用更大的计量单位。
