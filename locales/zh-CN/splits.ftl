# 目标为什么不能分解。键名就是代码，-next 是下一步。

split-no-years = 从 { $from } 年到 { $to } 年之间没有可分解的年份。
split-no-years-next = 起始年要早于目标年；有基期值时，起始年是基期年。
split-too-many-years = 从 { $from } 年到 { $to } 年超过了 { $most } 年。
split-too-many-years-next = 请核对起始年和目标年。
split-too-many-decimals = 要求保留 { $decimals } 位小数，最多只能 { $most } 位。
split-too-many-decimals-next = 请减少小数位数。
split-weights-missing = 按 { $rule } 分解需要权重，每年一个，共 { $years } 个。
split-weights-missing-next = 请补上权重，或改用线性、前重后轻、前轻后重的规则。
split-weights-count = 有 { $given } 个权重，却要分解到 { $years } 年。
split-weights-count-next = 请让权重与年份一一对应。
split-negative-weight = 第 { $number } 个权重是 { $weight }，份额不能为负。
split-negative-weight-next = 请改成零或正数；确实要先降后升的，用 custom 直接写各年增量，合计等于全部增量。
split-weights-of-nothing = 权重合计为零，分不出份额。
split-weights-of-nothing-next = 请至少给一年正的权重。
split-weights-do-not-add-up = 自定的权重合计 { $sum }，既不是 1，也不是 100，也不是要分解的 { $way }。
split-weights-do-not-add-up-next = 请补齐差额，或改用 share，由系统按比例折算。
split-baseline-missing = 复合增长要有基期值才能推算。
split-baseline-missing-next = 请填写基期值，或改用其他规则。
split-growth-through-zero = 从 { $baseline } 到 { $target } 没有任何增长率可以达到：复合增长不能从零开始，也不能到零。
split-growth-through-zero-next = 请改用线性或其他规则。
split-growth-changes-sign = 从 { $baseline } 到 { $target } 要变号，没有任何增长率可以达到。
split-growth-changes-sign-next = 请改用线性或其他规则。
split-too-few-decimals = 只保留 { $decimals } 位小数，舍入后会出现先升后降或反方向的余数。
split-too-few-decimals-next = 请保留 { $enough } 位小数。
split-too-large = 数值超过 28 位有效数字，无法精确计算。
split-too-large-next = 请改用更大的计量单位。
split-no-such-year = { $year } 年不在 { $first }—{ $last } 年之内。
split-no-such-year-next = 请选择其中的一年。
split-out-of-the-way = { $year } 年改为 { $value }，超出了 { $low } 到 { $high } 的范围，其余年份只能反向。
split-out-of-the-way-next = 请在这个范围内取值，或先调整最终目标。
split-undivided = 该指标由市场决定，标记为不分解。
split-undivided-next = 确需分解的，请先取消标记并写明理由。
split-no-units = 没有可分解的地区或部门。
split-no-units-next = 请列出承担目标的单位。
split-unit-twice = { $unit } 出现了两次。
split-unit-twice-next = 请删去重复的一行。
split-unit-without = { $unit } 缺少 { $what ->
    [base] 基数
    [weight] 权重
   *[part] 数值
}。
split-unit-without-next = 请补上，或改用不需要它的规则。
split-floors-above-target = 仅 { $units } 的底线之和就有 { $sum }，超过总目标 { $target }。
split-floors-above-target-next = 请提高总目标，或降低其中一个单位的底线，或改用按基数分解。
split-parts-do-not-add-up = 各单位之和为 { $sum }，不等于总目标 { $target }。
split-parts-do-not-add-up-next = 请补齐差额，或改用按份额分解。
