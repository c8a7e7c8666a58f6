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
command-bad-range = “{ $range }”不是字符范围，请写成 起..止，例如 120..180，止大于起。
command-range-outside = 范围 { $range } 超出文本，全文共 { $chars } 字。

command-plan-size = 全文 { $chars } 字，标题 { $headings } 个，条款 { $clauses } 条。
command-plan-commitments = 读出承诺事项 { $count } 条，其中有把握 { $sure } 条：
command-plan-doubts = 疑点 { $count } 处：
command-explain-nothing = 没有规则读出内容。
command-explain-near = 接近而未采用：

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
config-wants-url = 文件路径或 postgres:// 开头的地址
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

doctor-config = 配置
doctor-data = 数据文件夹
doctor-database = 数据库
doctor-schema = 数据库结构
doctor-reader = 文件读取子进程
doctor-embedded = 内置资源
doctor-version = 版本
doctor-journal_key = 日志签名密钥
doctor-key-none = { $file } 还没有，首次启动时生成
doctor-key-open = { $file } 可被他人读取；请收回权限（chmod 600）
doctor-key-public = 公钥 { $key }，请在本机之外留存
doctor-ok = 正常
doctor-bad = 有问题
doctor-writable = { $folder } 可以写入
doctor-not-writable = { $folder } 不能写入（{ $problem }）
doctor-data-missing = { $folder } 还不存在，首次启动时建立
doctor-connected = 已连接 { $engine }
doctor-schema-current = 第 { $version } 版，与程序一致
doctor-schema-old = 第 { $version } 版，程序需要第 { $wanted } 版，请运行 gangmu migrate
doctor-schema-none = 还没有建立，首次启动时建立
doctor-reader-works = 能启动、能读文件、能拒绝坏文件
doctor-reader-fails = 不能正常工作（{ $problem }）
doctor-embedded-count = 数据包 { $packs } 个，界面文字 { $words } 份
demo-actor = 示范装入
