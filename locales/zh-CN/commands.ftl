# 命令行：提示、台账文件里的话。

command-file-missing = 找不到文件 { $file }，请检查路径。
command-file-denied = 没有权限读取 { $file }，请检查文件权限。
command-file-failed = 读取 { $file } 时出错（{ $problem }），请检查文件或磁盘。
command-file-unwritable = 无法写入 { $file }（{ $problem }），请检查文件夹是否存在、是否有写入权限、文件是否正被打开。
command-output = 结果没有写出（{ $problem }）。
command-runtime = 程序无法启动（{ $problem }）。
command-forbidden = 没有权限（{ $why }）。
command-absent = 没有这一项（{ $what }），请检查输入。
command-database = 数据库出错：{ $problem }。请检查数据库地址和数据文件夹，再运行 gangmu doctor 查看。
command-schema-old = 数据库结构是第 { $version } 版，程序需要第 { $wanted } 版，请运行 gangmu migrate。
command-database-newer = 数据库结构是第 { $schema } 版，比这个程序（{ $this }，第 { $ours } 版）新，不能降级使用。请换用较新的程序；数据没有改动。
command-bad-range = “{ $range }”不是字符范围，请写成 起..止，例如 120..180，止大于起。
command-range-outside = 范围 { $range } 超出文本，全文共 { $chars } 字。

command-plan-size = 全文 { $chars } 字，标题 { $headings } 个，条款 { $clauses } 条。
command-plan-commitments = 读出承诺事项 { $count } 条，其中有把握 { $sure } 条：
command-plan-doubts = 疑点 { $count } 处：
command-explain-nothing = 没有规则读出内容。
command-explain-near = 接近而未采用：

command-join-kind-annex = 指标附表
command-join-kind-assignments = 任务分工表
command-join-kind-projects = 项目清单
command-join-kind-plan = 其他规划
command-join-kind-unknown = 没有认出是什么文件，请人工确认
command-join-rows = 分工表 { $rows } 行，对应到条款 { $joined } 行；没有对应条款 { $none } 行，可能对应多条 { $several } 行，带疑点 { $flagged } 行。没有分工的条款 { $open } 条。
command-join-annex = 附表指标 { $rows } 项，各文件之间不一致 { $conflicts } 处。
command-align-pairs = 对应条款 { $count } 对：
command-align-conflicts = 冲突 { $count } 处：
command-align-target = 目标
command-align-unit = 单位
command-align-baseline = 基期
command-align-period = 年份
command-align-missing_binding = 缺约束性指标
command-align-untaken_task = 任务未承接
command-align-sequence = 时序
command-diff-same = 未变 { $count } 条
command-diff-moved = 移位
command-diff-changed = 改动
command-diff-split = 拆分
command-diff-merged = 合并
command-diff-added = 新增
command-diff-dropped = 删去
command-diff-ambiguous = 待定
command-diff-none = 无

command-register-written = 已写入 { $file }：承诺事项 { $count } 条，疑点 { $doubts } 处。
command-register-sheet = 承诺事项台账
command-register-mark = 编译建议，未经审校
command-register-subject = 规划承诺事项台账
command-register-origin = 来源：{ $file }；编译程序 { $compiler }，词库 { $lexicon }；原文件 SHA-256 { $sha256 }。
command-doubts-mark = 请人工核对
command-doubts-message = 说明
command-doubts-quoted = 原文
command-doubts-note = 疑点由程序对照原文列出，是否成立由人判断；原文未作任何改动。

config-unreadable = 配置文件 { $file } 无法读取（{ $problem }）。
config-bad-toml = 配置文件 { $file } 第 { $line } 行有误：{ $problem }
config-unknown-key = 配置文件 { $file } 有不认识的键 { $key }。可用的键：{ $known }。
config-bad-value = { $key } 的值“{ $value }”不对，应为{ $wanted }。
config-wants-text = 文字
config-wants-listen = 地址和端口，例如 127.0.0.1:8440
config-wants-log = pretty 或 json
config-wants-language = zh-CN 或 en
config-wants-megabytes = 兆字节数，整数，至少 1（单个文件至多 100）
config-wants-boolean = true 或 false
config-wants-idle = 5 到 240 之间的整数（分钟）
config-wants-hours = 1 到 72 之间的整数（小时），且不短于 session_idle_minutes
config-wants-quota = 一个不小于 1 的整数，每分钟的请求次数
config-wants-instant = 带时区的时刻，例如 2024-06-30T09:00:00+08:00
config-wants-time = 时间，例如 02:30，或 off（不自动备份）
config-wants-keep = 三个数，依次是保留最近几天、几周、几月，例如 7 4 12
config-wants-days = 天数，0 表示不自动演练
config-wants-url = 文件路径或 postgres:// 开头的地址
config-wants-public-url = http:// 或 https:// 开头的地址
config-wants-smtp = smtp:// 或 smtps:// 开头的地址
config-wants-mail = 邮箱地址，例如 gangmu@example.gov.cn
config-mail-incomplete = 设置了邮件，但缺少 { $key }；smtp_url 和 mail_from 要一起写。
config-both = { $key } 和 { $other } 只能设一个。
config-secret-unreadable = { $key } 指定的文件 { $file } 无法读取（{ $problem }）。
config-secret-empty = { $key } 指定的文件 { $file } 是空的。

serve-data-failed = 无法建立数据文件夹 { $folder }（{ $problem }），请检查路径和权限，或用 GANGMU_DATA 另设。
serve-listen-failed = 无法监听 { $address }（{ $problem }）。端口可能已被占用，请关闭占用的程序，或用 GANGMU_LISTEN 另设。
serve-ready = 纲目已启动：{ $address }
serve-stopped = 已停止。
serve-failed = 服务出错（{ $problem }）。
migrate-done = 数据库结构已从第 { $from } 版升到第 { $to } 版。
migrate-nothing = 数据库结构已是最新（第 { $to } 版）。

demo-loaded = 已装入：{ $label }
demo-already = 示范数据已经在数据文件夹里，没有重复装入。
demo-other = 数据文件夹 { $folder } 里已有别的内容，没有装入示范数据。请用 GANGMU_DATA 指定一个空文件夹。
demo-plan = 规划文本：{ $title }，网页地址 { $address }
demo-date = 示范日期：{ $date }
demo-accounts = 演示账号（密码均为 { $password }）：

user-added = 已新增账号 { $login }。
user-first-password = 首日密码（只显示一次，登录后须更换）：{ $password }
user-roles-set = 已设置 { $login } 的角色：{ $roles }。
user-none = 还没有账号。
user-line-disabled = 已停用
user-line-must-change = 须换密码

demo-actor = 示范装入

# 逐行读写 JSON 的命令。
line-broken = 第 { $line } 行不是一个 JSON 对象（{ $problem }）。请每行写一个对象，例如 { $sample }。
lines-broken = 有 { $count } 行无法识别，第一处在第 { $line } 行；其余各行已照常回答。请按输出中的说明改正这些行。
lines-want-json = 目前只按 JSON 行回答，请加上 --json，每行一个对象。
line-bad-field = 第 { $line } 行的 { $key } 缺少或写法不对（{ $problem }）。请写成 { $sample }。
