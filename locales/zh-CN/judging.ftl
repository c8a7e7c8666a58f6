# 指标完成情况的一段话，按规划第一条的算法：已完成的，预计能完成的，预计不能完成的，各按指标属性分。

judging-summary = 规划共设指标 { $all } 项，预期性 { $all_anticipatory } 项，约束性 { $all_binding } 项。已提前完成 { $met } 项（预期性 { $met_anticipatory } 项，约束性 { $met_binding } 项），预计能够完成 { $likely } 项（预期性 { $likely_anticipatory } 项，约束性 { $likely_binding } 项），预计不能完成 { $unlikely } 项{ $unlikely ->
    [0] {""}
   *[other] { $unlikely_binding ->
        [0] （均属预期性）
       *[other] （预期性 { $unlikely_anticipatory } 项，约束性 { $unlikely_binding } 项）
    }
}{ $unknown ->
    [0] {""}
   *[other] ，另有 { $unknown } 项尚无数据
}。
