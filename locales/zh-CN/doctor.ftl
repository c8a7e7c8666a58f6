# 体检：gangmu doctor 查什么、查到什么、怎么办。

doctor-state-ok = 正常
doctor-state-skipped = 未查
doctor-state-warning = 注意
doctor-state-failed = 有问题
doctor-remedy = → { $remedy }
doctor-summary = 正常 { $ok }，未查 { $skipped }，注意 { $warning }，有问题 { $failed }。

doctor-version = 版本
doctor-embedded = 内置资源
doctor-reader = 文件读取
doctor-fonts = 字体
doctor-config = 配置
doctor-journal_key = 签名密钥
doctor-secrets = 密码与密钥
doctor-data = 数据文件夹
doctor-disk = 磁盘
doctor-clock = 时钟
doctor-database = 数据库
doctor-schema = 数据库结构
doctor-journal = 操作日志
doctor-jobs = 后台作业
doctor-attachments = 附件
doctor-mail = 邮件
doctor-backup = 备份
doctor-rehearsal = 恢复演练

doctor-nothing-yet = 还没有内容，首次启动以后再查
doctor-not-looked-at = 数据库的问题解决以后才能查

doctor-version-is = { $version }
doctor-embedded-count = 数据包 { $packs } 个，界面文字 { $words } 份
doctor-embedded-none = 程序里缺少内置的内容（数据包 { $packs } 个，界面文字 { $words } 份）
doctor-embedded-none-remedy = 程序文件不完整，请重新安装。
doctor-reader-works = 子进程能启动、能读文件、能拒绝坏文件
doctor-reader-fails = 读取文件的子进程不能正常工作（{ $problem }）
doctor-reader-fails-remedy = 请检查程序文件能否执行，系统是否限制了新进程和内存。
doctor-fonts-none = 本机不需要字体：网页用阅读者电脑上的字体，导出的表格只写字体名称，程序自己不画字

doctor-config-file = { $file }，连同环境变量共设了 { $count } 项，没有矛盾
doctor-config-no-file = 没有 gangmu.toml，环境变量设了 { $count } 项，其余用默认值
doctor-config-bad = { $problem }
doctor-config-bad-remedy = 改正后再运行 gangmu doctor；全部设置见 docs/configuration.md。
doctor-config-open = 监听 { $address }，别的机器可以直接访问，密码在网络上是明文
doctor-config-open-remedy = 请在前面设一个提供 HTTPS 的代理，让程序只监听 127.0.0.1，并设 https = true。
doctor-config-public-http = 设了 https = true，而 public_url 是 { $address }
doctor-config-public-http-remedy = 请把 public_url 改成 https:// 开头；确实没有 HTTPS 的，把 https 改成 false，否则浏览器不保存登录。
doctor-config-public-https = public_url 是 { $address }，而没有设 https = true
doctor-config-public-https-remedy = 请设 https = true，让登录凭据只走加密连接。
doctor-config-no-address = 设了邮件而没有设 public_url，信里的链接会是 { $address }
doctor-config-no-address-remedy = 请把 public_url 设成大家打开系统用的地址。
doctor-config-half-login = 设了 { $given } 而没有设 { $other }，程序不向邮件服务器登录
doctor-config-half-login-remedy = 两项要一起设，或者都不设。
doctor-config-mail-in-clear = 邮件经 { $address } 发出，不加密
doctor-config-mail-in-clear-remedy = 请改用 smtps://，或在地址后面加 ?tls=required。
doctor-config-log-filter = log_filter 读不懂（{ $problem }），日志按 info 记
doctor-config-log-filter-remedy = 请改成例如 info 或 info,gangmu_app=debug。

doctor-key-none = { $file } 还没有，首次启动时生成
doctor-key-gone = 日志里已有内容，而签名密钥 { $file } 不见了
doctor-key-gone-remedy = 请从留存处放回原来的文件；放不回的，下次启动会另生成一个，以前的检查点只能用旧公钥核验。
doctor-key-unreadable = 读不了签名密钥 { $file }（{ $problem }）
doctor-key-unreadable-remedy = 请检查这个文件的权限，它应属于运行程序的用户。
doctor-key-bad = { $file } 的内容不是密钥
doctor-key-bad-remedy = 请恢复原文件；实在没有的，移走它以生成新密钥。
doctor-key-public = 公钥 { $key }，请在本机之外留存
doctor-secrets-closed = 别人读不到
doctor-secret-open = { $file } 可被本机其他用户读取
doctor-secret-open-remedy = 请收回权限：chmod 600 { $file }；已经用过一段时间的，密码要换。

doctor-data-none = { $folder } 还不存在，首次启动时建立
doctor-data-writable = { $folder } 可以写入，别的用户进不去
doctor-data-unwritable = { $folder } 不能写入（{ $problem }）
doctor-data-unwritable-remedy = 请检查它是不是文件夹、属于谁、磁盘是否只读，或用 GANGMU_DATA 另设。
doctor-data-owner = { $folder } 属于用户 { $owner }，现在运行的是用户 { $us }
doctor-data-owner-remedy = 请用平时运行服务的用户来运行命令，否则新写的文件服务读不了。
doctor-data-open = { $folder } 本机其他用户可以进入，里面有个人信息
doctor-data-open-remedy = 请收回权限：chmod 700 { $folder }

doctor-disk-room = { $folder } 所在的磁盘还有 { $free }，一次备份和演练约需 { $wants }
doctor-disk-low = { $folder } 所在的磁盘只剩 { $free }，一次备份和演练约需 { $wants }
doctor-disk-low-remedy = 请腾出空间，至少够三次备份；也可以用 backup_folder 把备份放到别的磁盘。
doctor-disk-full = { $folder } 所在的磁盘只剩 { $free }，一次备份和演练约需 { $wants }，已经不够
doctor-disk-full-remedy = 请尽快腾出空间，否则备份做不成，写满之后办的事也存不下。
doctor-disk-names = { $folder } 所在的磁盘只能再建 { $names } 个文件
doctor-disk-names-remedy = 请清理小文件（df -i 可以看到），空间有余也会建不了文件。
doctor-disk-unknown = 看不到 { $folder } 所在磁盘的空间（{ $problem }）
doctor-disk-unknown-remedy = 请检查这个文件夹的权限和磁盘。

doctor-clock-right = { $now }；程序一律按北京时间，与本机设的时区无关
doctor-clock-stands = 本机时钟是 { $now }，比这个程序做成的时间还早
doctor-clock-stands-remedy = 请对时（timedatectl set-ntp true）；关机后又变回去的，主板电池要换。
doctor-clock-behind = 本机时钟是 { $now }，日志第 { $entry } 条已经记到 { $last }
doctor-clock-behind-remedy = 请先对时再启动：现在办的事会记成更早的时间，期限和登录时限也会算错。
doctor-clock-differs = 本机时钟（{ $ours }）与数据库服务器（{ $theirs }）相差 { $seconds } 秒
doctor-clock-differs-remedy = 请让两台机器向同一个时间服务器对时；相差整几个小时的，是其中一台把当地时间当成了世界时。

doctor-database-none = 还没有建立，首次启动时建立
doctor-database-sqlite = { $engine } { $version }（{ $encoding }），逐页检查没有损坏，可以写入
doctor-database-postgres = { $engine } { $version }（{ $encoding }，排序规则 { $collation }），没有失效的索引和校验错误，可以写入
doctor-database-unreachable = 连不上（{ $problem }）
doctor-database-unreachable-remedy = 请检查 database_url 和密码文件；PostgreSQL 要已启动并允许本机连接，SQLite 文件要属于运行程序的用户。
doctor-database-encoding = { $engine } { $version } 的数据库编码是 { $encoding }，存不全汉字
doctor-database-encoding-remedy = 请新建数据库：CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0，再用 gangmu backup 和 gangmu restore 搬过去。
doctor-database-old = { $engine } { $version } 太旧，程序需要 { $oldest } 或更新
doctor-database-old-remedy = 请升级数据库服务器；升级前先 gangmu backup。
doctor-database-damaged = { $engine } { $version } 的数据有损坏：{ $problem }
doctor-database-damaged-remedy = 请停止服务，保留现有文件，用最近一份备份 gangmu restore 到新地方；同时检查磁盘。
doctor-database-unreadable = { $engine } { $version } 里的表读不了（{ $problem }）
doctor-database-unreadable-remedy = 请检查数据库用户的权限；表损坏的，用最近一份备份 gangmu restore 到新地方。
doctor-database-unwritable = { $engine } { $version } 只能读、不能写（{ $problem }）
doctor-database-unwritable-remedy = 请检查文件权限、磁盘是否只读、数据库是否设成只读（default_transaction_read_only）、是否有别的程序长时间占用。
doctor-schema-none = 还没有建立，首次启动时建立
doctor-schema-current = 第 { $version } 版，与程序的第 { $wanted } 版一致
doctor-schema-old = 第 { $version } 版，程序需要第 { $wanted } 版
doctor-schema-old-remedy = 请先 gangmu backup，再 gangmu migrate；启动服务时也会自动升级。
doctor-schema-newer = 第 { $version } 版，比程序的第 { $wanted } 版新，不能降级使用
doctor-schema-newer-remedy = 请换用较新的程序；数据没有改动。

doctor-journal-holds = 末尾 { $entries } 条前后相连，到第 { $end } 条；检查点签到第 { $entry } 条（{ $at }）。全部核验用 gangmu journal verify
doctor-journal-unsigned = 末尾 { $entries } 条前后相连，到第 { $end } 条；还没有签过检查点
doctor-journal-broken = { $problem }
doctor-journal-broken-remedy = 请不要再改动，保留数据库和检查点文件，运行 gangmu journal verify，并告知审计管理员。
doctor-journal-file-unreadable = 读不了检查点文件 { $file }（{ $problem }）
doctor-journal-file-unreadable-remedy = 请检查这个文件的权限和它所在的磁盘。
doctor-journal-file-behind = 检查点已签到第 { $entry } 条，而文件 { $file } 里还没有
doctor-journal-file-behind-remedy = 服务每十分钟补写一次；一直没有的，请检查它所在的磁盘，或运行 gangmu journal checkpoint。
doctor-journal-file-beside = 检查点只留在数据所在的同一块磁盘（{ $file }），管理数据库的人可以一并换掉
doctor-journal-file-beside-remedy = 请用 checkpoint_file 指到别的磁盘，或设好邮件、给审计管理员填上邮箱，检查点会寄给他们。

doctor-jobs-none = 没有等待的作业
doctor-jobs-waiting = { $count } 件等待，最早一件排入于 { $since }，都没有逾期
doctor-jobs-dead = { $count } 件多次失败已停办（{ $kinds }）
doctor-jobs-dead-remedy = 请系统管理员到“运行”页看原因，重试或丢弃。
doctor-jobs-late = { $count } 件早该办而没有办（{ $kinds }），最早一件应于 { $since } 办
doctor-jobs-late-remedy = 请看服务是否在运行；在运行的，看服务日志里作业为什么没有办。
doctor-jobs-paused = 队列 { $kind } 从 { $since } 起暂停：{ $reason }
doctor-jobs-paused-remedy = 原因已经过去的，请系统管理员到“运行”页恢复队列。

doctor-files-there = 记录在用的 { $all } 个文件都在，大小相符（查了 { $looked } 个）
doctor-files-sample = 记录在用的 { $all } 个文件抽查了 { $looked } 个，都在，大小相符
doctor-files-missing = 记录在用的 { $all } 个文件查了 { $looked } 个：缺 { $missing } 个，大小不符 { $changed } 个（{ $names }）
doctor-files-missing-remedy = 请不要清理，从备份里取回：gangmu restore 到别处，把 files 里的同名文件拷回来；同时检查磁盘。
doctor-files-unreadable = 附件文件夹读不了（{ $problem }）
doctor-files-unreadable-remedy = 请检查数据文件夹里 files 的权限和磁盘。

doctor-mail-none = 没有设邮件，消息只进收件箱
doctor-mail-greets = { $server } 有应答，可以用 { $sender } 发信
doctor-mail-settings = 邮件设置不能用：{ $server }（{ $problem }）
doctor-mail-settings-remedy = 请检查 smtp_url 和 mail_from。
doctor-mail-refuses = { $server } 不接受，答复 { $code }
doctor-mail-refuses-remedy = 535 是用户名或密码不对，请检查 smtp_user 和 smtp_password_file；其他答复请问邮件服务器的管理员。
doctor-mail-silent = { $server } 没有应答
doctor-mail-silent-remedy = 请检查地址和端口，防火墙是否放行；465 端口用 smtps://，587 端口用 smtp://…?tls=required。
doctor-mail-tls = { $server } 不能建立加密连接
doctor-mail-tls-remedy = 请检查服务器证书是否有效、本机是否信任发证机构；465 端口用 smtps://，587 端口用 smtp://…?tls=required。
doctor-mail-unreachable = { $server } 连不上
doctor-mail-unreachable-remedy = 请检查地址和端口，服务器是否在运行，防火墙是否放行。

doctor-backup-none = 还没有备份，从第一件事到最近一件事已有 { $hours } 小时
doctor-backup-none-remedy = 请现在运行 gangmu backup 文件名，或在“管理—备份”按“立即备份”；并查明自动备份为什么没有做。
doctor-backup-young = 最近一份存于 { $at }，离日志最近一条 { $hours } 小时
doctor-backup-old = 最近一份存于 { $at }，离日志最近一条 { $hours } 小时
doctor-backup-old-remedy = 请现在备份，并查明自动备份为什么没有做：服务是否在运行，backup_at 是不是 off，磁盘是否已满。
doctor-backup-failed = { $at } 的备份没有成功：{ $problem }
doctor-backup-failed-remedy = 程序会再试；处理好原因后，在“管理—备份”按“立即备份”。
doctor-backup-folder = 备份 { $name } 所在的文件夹 { $folder } 读不了（{ $problem }）
doctor-backup-folder-remedy = 请检查 backup_folder 和它的权限，磁盘是否已挂上。
doctor-backup-gone = 最近一份备份 { $name } 不在 { $folder } 里
doctor-backup-gone-remedy = 请查明去向，并立即备份。
doctor-backup-cut = 最近一份备份 { $name }（{ $folder }）现在是 { $size }，存下时是 { $wants }
doctor-backup-cut-remedy = 这份备份已经不能用，请立即备份，并检查磁盘。
doctor-backup-beside = 备份和数据在同一块磁盘上（{ $folder }），磁盘坏了会一起丢失
doctor-backup-beside-remedy = 请用 backup_folder 指到别的磁盘，或定期把备份拷到别的机器。
doctor-rehearsal-none = 还没有演练过，备份能不能恢复没有得到证明
doctor-rehearsal-none-remedy = 请运行 gangmu backup rehearse，或在“管理—备份”按“演练最近一份”。
doctor-rehearsal-passed = { $at } 用 { $name } 演练通过
doctor-rehearsal-old = 最近一次演练在 { $at }（{ $name }），已超过一个月
doctor-rehearsal-old-remedy = 请再演练一次；backup_rehearse_days 设成 0 的，请改回例如 7。
doctor-rehearsal-failed = { $at } 用 { $name } 演练没有通过：{ $problem }
doctor-rehearsal-failed-remedy = 请立即另做一份备份并演练；仍不通过的，请保留文件查明原因。
