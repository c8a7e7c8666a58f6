# 操作日志：命令行和页面。

journal-exported = 已导出日志：{ $file }，第 { $from } 至 { $end } 条，末行为签名。
journal-whole = 日志完整：{ $entries } 条，链头 { $seq }:{ $hash }。
journal-no-database = { $folder } 中没有数据库；请检查 GANGMU_DATA 或 GANGMU_DATABASE_URL。
journal-bad-head = “{ $head }”不是链头；写作 序号:散列值，散列值为 64 位小写十六进制数。
journal-bad-key = “{ $key }”不是公钥；公钥为 64 位小写十六进制数。
journal-key-bad = 签名密钥文件 { $file } 内容不是密钥；请恢复原文件，或移走它以生成新密钥。
journal-key-unreadable = 读不了签名密钥文件 { $file }（{ $problem }）；请检查权限。
journal-key-unwritable = 写不了签名密钥文件 { $file }（{ $problem }）；请检查文件夹权限，或用 GANGMU_JOURNAL_KEY_FILE 指定别处。

journal-break-missing = 日志不完整：缺第 { $entry } 条。
journal-break-altered = 日志被改动：第 { $entry } 条与记录时不一致。
journal-break-unknown-form = 第 { $entry } 条的格式版本 { $version } 本程序不认识；请用更新的程序核验。
journal-break-head = 日志不完整：链头记到第 { $head } 条，实有最后一条是第 { $last } 条。
journal-break-kept = 日志被改写：第 { $entry } 条与留存的链头不一致。
journal-break-form = 第 { $line } 行不合格式：导出文件被改动或截断。
journal-break-line-altered = 第 { $line } 行（第 { $entry } 条）被改动。
journal-break-sequence = 第 { $line } 行应是第 { $entry } 条，却是第 { $found } 条：有条目缺失、插入或换序。
journal-break-no-head = 第 { $line } 行应是第 { $entry } 条或签名尾行：文件末尾被截断。
journal-break-count = 第 { $line } 行：签名尾行记有 { $count } 条，与实际不符，从第 { $entry } 条起缺失或多出。
journal-break-sum = 第 { $line } 行：内容与签名时的校验和不符。
journal-break-signature = 第 { $line } 行：签名无效，尾行被改动或伪造。
journal-break-signer = 第 { $line } 行：签名密钥不是指定的公钥。
journal-break-known = 第 { $line } 行（第 { $entry } 条）与留存的链头不一致，或缺失。
journal-break-proof = 第 { $line } 行：举证不成立。
