# 消息、提醒设置、邮件。

inbox = 消息
inbox-unread = 未读 { $count } 条
inbox-which = 显示哪些
inbox-all = 全部
inbox-only-unread = 未读
inbox-arrived = 有新消息，点此刷新
inbox-empty = 还没有消息
inbox-empty-unread = 没有未读消息
inbox-empty-next = 与您有关的导入、审定、公开和账号变动会出现在这里。
inbox-count = 消息，未读 { $count } 条
unread = 未读
read-all = 全部标为已读
older-messages = 更早的消息
toast-messages-read = { $subject } 条消息标为已读
toast-preferences-saved = 提醒设置已保存{ $subject }

mail-is-waiting = 邮件将于 { $at } 发出
mail-is-digest = 邮件汇总将于 { $at } 发出
mail-is-sent = 邮件已于 { $at } 发出
mail-is-failed = 邮件没有发出（编号 { $reference }），请联系系统管理员

preferences = 提醒设置
preferences-what = 每条消息都会进收件箱；这里决定哪些另发邮件、何时发。没有填写邮箱的账号不发邮件。
preferences-when = 何时发邮件
preferences-by-kind = 各类消息怎样发邮件
quiet-hours = 免打扰时段
quiet-from = 从
quiet-until = 到
quiet-hint = 时段内不发邮件，过后补发；标“紧急”的除外。
digest-at = 每日汇总时间
digest-hint = 选“每日汇总”的消息合成一封。
workdays-only = 只在工作日发
workdays-hint = 按国务院办公厅放假通知计算，调休上班日照常。
mail-language = 邮件语言
message-kind = 消息
urgent = 紧急
mail-at_once = 立即
mail-digest = 每日汇总
mail-never = 不发邮件
save-preferences = 保存设置

messages-preferences-hour = 时间没有填完整。
messages-preferences-hour-next = 请填写几时几分，例如 21:00。
messages-preferences-language = 没有这种邮件语言。
messages-preferences-language-next = 请选中文或 English。

message-kind-plan-imported = 规划导入完成
message-kind-plan-approved = 版本已审定
message-kind-plan-published = 版本已公开
message-kind-plan-withdrawn = 版本已撤下
message-kind-account-reset = 密码被重设
message-kind-account-roles = 任职或角色有变动
message-kind-job-dead = 后台作业停办
message-kind-backup-failed = 备份没有成功
message-kind-rehearsal-failed = 恢复演练没有通过
message-kind-journal-checkpoint = 日志检查点

message-plan-imported = 《{ $plan }》第 { $edition } 版已导入，{ $count } 条编译建议等待审校
message-plan-approved = 《{ $plan }》第 { $edition } 版已由{ $who }审定，可以公开
message-plan-published = 《{ $plan }》第 { $edition } 版已公开
message-plan-withdrawn = 《{ $plan }》第 { $edition } 版已撤下：{ $reason }
message-account-reset = { $who }重设了您的密码；如非您本人要求，请联系安全管理员
message-account-roles = { $who }调整了您的任职或角色
message-job-dead = 作业 { $job } 多次失败已停办（编号 { $reference }），请到“运行”页处理
message-backup-failed = { $at } 的备份 { $name } 没有成功，程序会再试；原因见“备份”页
message-rehearsal-failed = { $at } 演练恢复备份 { $name } 没有通过，请立即另做一份备份；原因见“备份”页
message-journal-checkpoint = 操作日志到第 { $entry } 条已签发检查点（{ $at }），请留存

mail-more-journal-checkpoint =
    请把下面一行保存在本系统以外的地方，以后核验日志时与它对照（gangmu-verifier 的 --checkpoints）；对不上，就是日志被改写过：

    { $line }

mail-subject-digest = { $installation }：{ $count } 条消息
mail-subject = { $installation }：{ $said }
mail-open = 打开：{ $address }
mail-footer = 这封邮件由 { $installation } 自动发出，请勿回复。在“消息—提醒设置”里可以改。
