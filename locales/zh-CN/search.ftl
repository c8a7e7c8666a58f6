# 查找。

found = 找到 *{ $count }* 处
found-more = 还有更多，可把词写得更具体。
found-nothing = 没有找到“{ $query }”
found-nothing-next = 换一个更短的词，或写条款号，例如 5.2.二。
search-main = 查找全部规划
search-what = 输入词语、项目、单位或条款号，可查全部规划、版本和承诺事项。
kinds-of-hits = 结果类别
hit-all = 全部
hit-plan = 规划
hit-clause = 条款
hit-commitment = 承诺
hit-one-plan = 规划
hit-one-clause = 条款
hit-one-commitment = 承诺
