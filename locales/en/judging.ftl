# One paragraph on how indicators stand, counted as a plan's first clause counts: met, expected, not expected, by kind.

judging-summary = The plan has { $all } indicators, { $all_anticipatory } anticipatory and { $all_binding } binding. Met already are { $met } ({ $met_anticipatory } anticipatory, { $met_binding } binding), expected to be met { $likely } ({ $likely_anticipatory } anticipatory, { $likely_binding } binding), not expected { $unlikely }{ $unlikely ->
    [0] {""}
   *[other] { $unlikely_binding ->
        [0] {" "}(all anticipatory)
       *[other] {" "}({ $unlikely_anticipatory } anticipatory, { $unlikely_binding } binding)
    }
}{ $unknown ->
    [0] {""}
   *[other] ; { $unknown } have no data yet
}.
