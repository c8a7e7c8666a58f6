# 我的工作。

home-waiting = 等我办 { $count } 件
home-nothing-waits = 现在没有等您办的事
home-nothing-next = 有新的审校、审定或公开事项时，会列在这里。
waits-for-me = 等我办
i-wait-for = 等别人办
since = { $since } 起
commitments-of-my-unit = 我单位的承诺
unit-register = { $plan }第 { $number } 版：{ $unit }牵头 { $count } 条
plan-changes = 规划变动
waiting-review = 审校
waiting-review-note = 待定建议 { $count } 条
waiting-review-verb = 去审校
waiting-approve = 审定
waiting-approve-note = 已定 { $count } 条，等第二人审定
waiting-approve-verb = 去审定
waiting-publish = 公开
waiting-publish-note = 已审定，承诺 { $count } 条，等您决定是否公开
waiting-publish-verb = 去决定
waiting-import_failed = 导入失败
waiting-import_failed-note = 有 { $count } 个原因
waiting-import_failed-verb = 看原因
waiting-import_running = 正在导入
waiting-import_running-note = 已写入 { $count } 条
waiting-import_running-verb = 看进度
