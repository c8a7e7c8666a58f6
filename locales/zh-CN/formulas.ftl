# 算式：检查时指出的问题与改法、缺值的原因、类型的叫法。
# 键名由代码推出：units_differ 的说明是 formula-units-differ，改法是 formula-units-differ-remedy。

formula-empty = 没有算式。
formula-empty-remedy = 请写出要计算的内容，例如 地区生产总值 / 常住人口。
formula-too-long = 算式太长，最多 { $most } 个字符。
formula-too-long-remedy = 请把其中几段分别定义成指标或名称，再在这里引用。
formula-too-deep = 嵌套太深，最多 { $most } 层。
formula-too-deep-remedy = 请把里层的内容定义成一个名称，或改用 sum(…)、any(…)、all(…) 这样的函数。
formula-unexpected-sign = 这里不应出现这个符号或词。
formula-unexpected-sign-remedy = 请删去它，或补全它前后的内容。
formula-unclosed-quote = 引号没有配对。
formula-unclosed-quote-remedy = 请在文字末尾补上引号。
formula-unclosed-bracket = 括号没有配对。
formula-unclosed-bracket-remedy = 请补上右括号。
formula-missing-operand = 这里缺少要计算的内容。
formula-missing-operand-remedy = 请在这里写上名称、数或括号，或删去多余的运算符。
formula-missing-operator = 两项之间缺少运算符。
formula-missing-operator-remedy = 请在两项之间写上 +、-、*、/、比较符号或 and、or；中文的 且、或、那么、否则 前后要留空格。
formula-incomplete-if = 条件不完整，应写成 if 条件 then 甲 else 乙。
formula-incomplete-if-remedy = 请补上 then（那么）和 else（否则）两部分。
formula-chained-comparison = 比较不能连写。
formula-chained-comparison-remedy = 请写成两个比较，例如 a < b and b < c，或 between(b, a, c)。
formula-number-too-long = 数太长，最多 28 位。
formula-number-too-long-remedy = 请换用较大的单位，例如 亿元。
formula-bad-date = 没有“{ $text }”这个日期或期间。
formula-bad-date-remedy = 请写成 2026-01-01 或 2026年1月1日，期间写成 2026、2026-Q1 或 2026-03。
formula-unknown-name = 没有名为“{ $name }”的内容。
formula-unknown-name-remedy =
    { $nearest ->
        [none] 请检查写法，或先声明这个名称；名称里有空格或符号时写成 「名称」。
       *[other] 是否应为“{ $nearest }”？如果不是，请先声明这个名称。
    }
formula-unknown-function = 没有名为“{ $name }”的函数。
formula-unknown-function-remedy =
    { $nearest ->
        [none] 请从函数表里选用。
       *[other] 是否应为 { $nearest }？
    }
formula-unknown-field = 没有名为“{ $field }”的字段。
formula-unknown-field-remedy =
    { $nearest ->
        [none] 请检查字段名称。
       *[other] 是否应为“{ $nearest }”？
    }
formula-unknown-unit = 不认识单位“{ $unit }”。
formula-unknown-unit-remedy = 请换用通行的单位，例如 万元、公顷、人；两项之间若要计算，请写上运算符。
formula-unknown-type = 不认识类型“{ $text }”。
formula-unknown-type-remedy = 可用的类型有 number、ratio、百分点、yesno、date、instant、period、text、choice、list、record、series。
formula-unknown-choice = 选项里没有“{ $code }”。
formula-unknown-choice-remedy = 可用的选项：{ $known }。
formula-wrong-argument-count = { $function } 的括号里应有 { $least } 到 { $most } 项，现在是 { $given } 项。
formula-wrong-argument-count-remedy = 请补上或删去括号里的内容，各项之间用逗号分开。
formula-wrong-type = 这里应是{ $wanted }，现在是{ $found }。
formula-wrong-type-remedy = 请换成{ $wanted }；时长先用 days(…)、months(…) 换成数，时刻先用 date_of(…) 换成日期，列表先用 sum(…)、count(…) 汇总。
formula-types-differ = { $left }与{ $right }不能放在一起计算或比较。
formula-types-differ-remedy = 请改成同一类型的内容再计算。
formula-branches-differ = 条件的两个结果类型不同：{ $left }、{ $right }。
formula-branches-differ-remedy = 请让 then 和 else 后面是同一类型、同一量纲的内容。
formula-not-ordered = { $left }没有大小之分。
formula-not-ordered-remedy = 请只用 = 或 != 比较；选项要比大小时，请声明为有顺序的 choice。
formula-units-differ = 单位不一致：{ $left }不能与{ $right }相加减或比较。
formula-units-differ-remedy = 请换成同一量纲的内容，或先相除得出比率、人均再比较。
formula-unit-missing = 缺少单位，这里的数应带“{ $unit }”一类的单位。
formula-unit-missing-remedy = 请在数后面写上单位，例如 500 { $unit }。
formula-sum-of-rates = 比率不能相加：{ $left }、{ $right }。
formula-sum-of-rates-remedy = 请先把分子和分母分别相加，再相除；若要表示比率的变动，请用百分点，例如 + 2 百分点。
formula-mean-of-rates = 比率不能简单平均。
formula-mean-of-rates-remedy = 请用总量相除，或用 weighted_mean(r, w) 加权平均。
formula-points-and-rates = 百分点与比率、数不能混用：{ $left }、{ $right }。
formula-points-and-rates-remedy = 百分点只能与百分点比较，或加减到比率上；请写成 0.5 百分点，或写出两个比率之差。
formula-mixed-prices = 价格口径不一致：{ $left }与{ $right }。
formula-mixed-prices-remedy = 请先用 deflate(x, i)（i 为价格指数） 换成不变价，或用 reflate(…) 换成现价，再计算。
formula-mixed-period-kinds = 当期值与累计值不能混用：{ $left }与{ $right }。
formula-mixed-period-kinds-remedy = 请先用 cumulative(…) 换成累计，或用 discrete(…) 换成当期，再计算。
formula-mixed-frequencies = 频度不一致：{ $left }与{ $right }。
formula-mixed-frequencies-remedy = 请先汇总成同一频度，例如用 cumulative(…) 或 moving_sum(…)。
formula-spans-do-not-convert = 日、工作日、月之间不能换算：{ $left }与{ $right }。
formula-spans-do-not-convert-remedy = 请从某一天算起再比较，例如 since(d) >= 2 年，或统一用同一种时长。
formula-not-a-series = { $function } 要用随期间变化的序列，这里没有。
formula-not-a-series-remedy = 请把有关名称声明为 series；两个数之间的增长用 growth(x, y)，前者为现期、后者为基期。
formula-not-additive-in-time = { $function } 不能用于期末值：各期的期末值不能相加。
formula-not-additive-in-time-remedy = 请直接取期末的值，或改用平均 moving(…)。
formula-not-additive-over-areas = 各地区的值不能相加。
formula-not-additive-over-areas-remedy = 请先把分子和分母分别按地区汇总，再相除。
formula-constant-wanted = 这里要写明一个整数，从 { $least } 到 { $most }。
formula-constant-wanted-remedy = 请直接写出数字，例如 round(x, 2)。
formula-nested-too-deep = 汇总里面套汇总，最多 { $most } 层。
formula-nested-too-deep-remedy = 请把里层的汇总先定义成字段或名称。
formula-too-costly = 运算量太大：最多要 { $cost } 步，上限 { $most } 步。
formula-too-costly-remedy = 请给列表声明上限（max），或去掉汇总里面套的汇总。

formula-why-no-value = 没有“{ $subject }”的值。
formula-why-not-asked = “{ $subject }”还没有采集。
formula-why-blank = “{ $subject }”留空。
formula-why-no-row = 没有这一期、这一地区的数据：{ $subject }。
formula-why-division-by-zero = 除数为零。
formula-why-overflow = 结果超过 28 位，无法精确表示。
formula-why-empty = 没有可以计算的值。
formula-why-base-not-positive = 基期值为负，不能计算增长。
formula-why-no-today = 没有给出当日日期。
formula-why-no-period = 没有给出期间，或没有相应的期间。
formula-why-no-area = 没有给出地区，或它没有下级地区。
formula-why-date-out-of-range = 没有这一天，或超出日期范围。
formula-why-bad-argument = 参数的值不适用。
formula-why-spans-do-not-convert = 日、工作日、月之间不能换算。
formula-why-wrong-kind = “{ $subject }”的值与声明的类型或单位不符。

formula-word-number = 数
formula-word-ratio = 比率
formula-word-points = 百分点
formula-word-yesno = 是否
formula-word-date = 日期
formula-word-instant = 时刻
formula-word-span = 时长
formula-word-period = 期间
formula-word-text = 文本
formula-word-choice = 选项
formula-word-list = 列表
formula-word-record = 记录
formula-word-series = 序列
formula-word-unknown = 未知
formula-word-current = 现价
formula-word-constant = 不变价
formula-word-stock = 期末值
formula-word-flow = 当期值
formula-word-cumulative = 累计值
formula-word-years = 多年
formula-word-year = 年
formula-word-half = 半年
formula-word-months = 多月
formula-word-quarter = 季
formula-word-month = 月
formula-word-tenday = 旬
formula-word-week = 周
formula-word-day = 日

formula-line-no-text = 第 { $line } 行没有 text，或它不是文字。请把算式写在 text 里，例如 { $sample }。
formula-line-bad-names = 第 { $line } 行的 { $key } 写法不对（{ $problem }）。请写成 { $sample }。

# 算式读成一句话：$a、$b、$c 是里层已经读好的部分，没有的部分是 none。

formula-say-yes = 是
formula-say-no = 否
formula-say-today = 今天
formula-say-comma = 、
formula-say-bracket = （{ $a }）
formula-say-list = { $a }之一
formula-say-field = { $a }的{ $b }
formula-say-where = 符合“{ $a }”的{ $b }
formula-say-negate = 负{ $a }
formula-say-not = 并非{ $a }
formula-say-or = { $a }，或者{ $b }
formula-say-and = { $a }，并且{ $b }
formula-say-in = { $a }属于{ $b }
formula-say-add = { $a }加{ $b }
formula-say-subtract = { $a }减{ $b }
formula-say-multiply = { $a }乘以{ $b }
formula-say-divide = { $a }除以{ $b }
formula-say-equal = { $a }等于{ $b }
formula-say-unequal = { $a }不等于{ $b }
formula-say-less = { $a }小于{ $b }
formula-say-at-most = { $a }不大于{ $b }
formula-say-greater = { $a }大于{ $b }
formula-say-at-least = { $a }不小于{ $b }
formula-say-if = 如果{ $a }，取{ $b }，否则取{ $c }
formula-say-known = { $a }已知
formula-say-missing = { $a }空缺
formula-say-default = { $a }（空缺时取{ $b }）
formula-say-abs = { $a }的绝对值
formula-say-round =
    { $b ->
        [none] { $a }四舍五入到整数
       *[other] { $a }保留 { $b } 位小数
    }
formula-say-floor = { $a }向下取整
formula-say-ceil = { $a }向上取整
formula-say-clamp = { $a }（不小于{ $b }、不大于{ $c }）
formula-say-between = { $a }在{ $b }与{ $c }之间
formula-say-power = { $a }的{ $b }次方
formula-say-share = { $a }占{ $b }的比重
formula-say-per-head = 按{ $b }平均的{ $a }
formula-say-growth = { $a }比{ $b }的增长率
formula-say-average-growth = { $a }到{ $b }（{ $c }）的年均增长率
formula-say-index = 以{ $b }为 100 的{ $a }指数
formula-say-deflate = 按价格指数{ $b }换算成不变价的{ $a }
formula-say-reflate = 按价格指数{ $b }换算成现价的{ $a }
formula-say-weighted-mean = 以{ $b }为权数的{ $a }加权平均
formula-say-since = 自{ $a }至今
formula-say-days =
    { $b ->
        [none] { $a }的天数
       *[other] { $a }到{ $b }的天数
    }
formula-say-working-days =
    { $b ->
        [none] { $a }的工作日数
       *[other] { $a }到{ $b }的工作日数
    }
formula-say-months =
    { $b ->
        [none] { $a }的足月数
       *[other] { $a }到{ $b }的足月数
    }
formula-say-years =
    { $b ->
        [none] { $a }的周年数
       *[other] { $a }到{ $b }的周年数
    }
formula-say-year = { $a }所在的年份
formula-say-month = { $a }所在的月份
formula-say-day = { $a }是当月几号
formula-say-date = { $a }年{ $b }月{ $c }日
formula-say-date-of = { $a }所在的日期
formula-say-next-workday = { $a }（遇休息日顺延）
formula-say-contains-any = { $a }中含有{ $b }
formula-say-contains = { $a }中含有{ $b }
formula-say-starts-with = { $a }以{ $b }开头
formula-say-ends-with = { $a }以{ $b }结尾
formula-say-length = { $a }的字数
formula-say-sum = { $a }的合计
formula-say-mean = { $a }的平均值
formula-say-min = { $a }中最小的
formula-say-max = { $a }中最大的
formula-say-count = { $a }的个数
formula-say-any = { $a }中至少有一项成立
formula-say-all = { $a }全部成立
formula-say-yoy = { $a }的同比增长率
formula-say-mom = { $a }的环比增长率
formula-say-cumulative = { $a }的年内累计
formula-say-discrete = { $a }的当期值
formula-say-shift = { $a }（{ $b }之前）
formula-say-moving = { $a }的近 { $b } 期平均
formula-say-moving-sum = { $a }的近 { $b } 期合计
formula-say-over-areas = 各下级地区{ $a }的合计
formula-say-at = { $b } 年的{ $a }
