# 材料与附件。

attachments = 材料
attachments-of = { $title }的材料
attachments-count = { $count } 份
attachments-none = 还没有材料。
attachments-none-add = 还没有材料。批复、通知、图件、会议纪要，都可以放在这里。
attachments-removed = 最近移除 { $count } 份
attachments-regret = 移除后 { $days } 天内可以恢复，过后文件从库里清除，记录仍在。
attach = 上传
attach-note = 也可以把文件拖到这里，一次可以几个。每个不超过 { $limit }；断网后会接着传。
attach-usage = 本单位已用 { $used }，共 { $of }。
attach-usage-full = 快满了：请移除不再需要的材料，或请管理员调高限额。
attachment-imported = 导入的来源文件
attachment-public = 已公开
attachment-removed = 已移除
attachment-added = 添加
attachment-facts = 文件情况
attachment-journaled = 添加时文件的摘要记入操作日志，以后可以证明一个字节也没有变。
attachment-to-public = 向社会公开
attachment-is-public = 公众可以在公开页下载这份文件。
attachment-may-be-public = 公开后，公众可以在公开页下载。图片会去掉拍摄地点、时间和设备信息；Word、Excel、PDF 按原样公开，请先看文件属性里有没有不宜公开的内容。
attachment-not-public-yet = 所属文本还没有公开，这份文件也不能公开。
attachment-open = 公开这份文件
attachment-close = 停止公开
not-attached = 下面的文件没有收下
download = 下载
download-file = 下载{ $name }
remove = 移除
remove-file = 移除{ $name }
removed-by = { $when } 由{ $who }移除
restore = 恢复
restore-file = 恢复{ $name }
rename = 文件名
rename-hint = 后缀名不能改，它说明文件是什么。
rename-key = 改名
file-kind = 类型
file-bytes = 大小
file-points = { $width }×{ $height }
preview = 预览
preview-of = { $name }的预览
preview-table = 表格
preview-removed = 文件已经移除，恢复后可以查看。
preview-picture = 这里显示的是重新编码的副本，没有拍摄地点等信息；下载得到原文件。
preview-empty = 文件里没有文字。
preview-cut = 只显示前一部分，全文请下载查看。
preview-table-cut = 表格只显示前一部分。
preview-text-note = 这里只显示文字、标题和表格，版式以原文件为准。
preview-unreadable = 这份文件不能预览
preview-none = 这种文件不在页面里打开，请下载查看。
toast-file-added = 已添加：{ $subject }
toast-files-added = 已添加 { $subject } 份材料
toast-file-removed = 已移除：{ $subject }
toast-file-restored = 已恢复：{ $subject }
toast-file-renamed = 已改名：{ $subject }
toast-file-public = 已公开：{ $subject }
toast-file-closed = 已停止公开：{ $subject }
arriving-waiting = 等候
arriving-sending = 正在上传
arriving-lost = 连接断了，接上后继续
arriving-checking = 正在查验
arriving-done = 已添加
arriving-stop = 停止
arriving-stopped = 已停止
arriving-again = 重试
arriving-failed = 没有传成，已传的部分还在，可以重试。
arriving-large = 文件超过上限，没有上传。

file-kind-text = 文本
file-kind-markdown = Markdown 文本
file-kind-csv = CSV 数据
file-kind-json = JSON 数据
file-kind-html = 网页
file-kind-svg = SVG 图形
file-kind-pdf = PDF
file-kind-docx = Word 文档
file-kind-xlsx = Excel 工作簿
file-kind-pptx = 演示文稿
file-kind-doc = 旧版文字文档
file-kind-xls = 旧版工作簿
file-kind-ppt = 旧版演示文稿
file-kind-ofd = OFD 文件
file-kind-odf = OpenDocument 文件
file-kind-jpeg = JPEG 图片
file-kind-png = PNG 图片
file-kind-webp = WebP 图片
file-kind-zip = ZIP 压缩包
file-kind-rar = RAR 压缩包
file-kind-sevenzip = 7z 压缩包
# 清单里的小方块，至多四个字符。
file-sign-text = 文本
file-sign-markdown = 文本
file-sign-csv = 数据
file-sign-json = 数据
file-sign-html = 网页
file-sign-svg = 图形
file-sign-pdf = PDF
file-sign-docx = 文档
file-sign-xlsx = 表格
file-sign-pptx = 演示
file-sign-doc = 文档
file-sign-xls = 表格
file-sign-ppt = 演示
file-sign-ofd = OFD
file-sign-odf = 文档
file-sign-jpeg = 图片
file-sign-png = 图片
file-sign-webp = 图片
file-sign-zip = 压缩
file-sign-rar = 压缩
file-sign-sevenzip = 压缩

attachments-name-empty = 文件没有名字。
attachments-name-empty-next = 请给文件起个名字再传。
attachments-name-path = 文件名“{ $name }”里有斜线，或以点开头。
attachments-name-path-next = 请去掉斜线和开头的点，只留文件自己的名字。
attachments-name-hidden = 文件名“{ $name }”里有看不见的字符，显示的和实际的可能不一样。
attachments-name-hidden-next = 请重新输入文件名后再传。
attachments-name-long = 文件名“{ $name }……”超过 { $limit } 个字。
attachments-name-long-next = 请改短后再传。
attachments-name-ending = 后缀名必须仍是 .{ $ending }。
attachments-name-ending-next = 要换类型，请另存为那种文件后重新上传。
attachments-add-no-file = 没有选文件。
attachments-add-no-file-next = 请先选一个或几个文件。
attachments-add-too-large = “{ $name }”超过 { $limit } MB。
attachments-add-too-large-next = 请压缩图片后另存，或拆成几份。
attachments-add-too-many = 这里已有 { $limit } 份材料，到了上限。
attachments-add-too-many-next = 请先移除不再需要的。
attachments-add-known = “{ $name }”的内容和已有的“{ $known }”完全一样。
attachments-add-known-next = 不用再传；要换名字，请在那份文件的页面里改。
attachments-add-organisation-full = 本单位已用 { $used } MB，限额 { $limit } MB，放不下这份文件（{ $size } MB）。
attachments-add-organisation-full-next = 请移除不再需要的材料，或请管理员调高限额。
attachments-add-installation-full = 全部材料已用 { $used } MB，限额 { $limit } MB，放不下这份文件（{ $size } MB）。
attachments-add-installation-full-next = 请管理员清理或调高限额。
attachments-add-incomplete = 已收到 { $arrived } 字节，应有 { $size } 字节。
attachments-add-incomplete-next = 请接着传完剩下的部分。
attachments-add-upload-gone = 这次上传已经不在了：停止过，或隔得太久。
attachments-add-upload-gone-next = 请重新选文件上传。
attachments-add-upload-busy = 这份文件正在另一处上传。
attachments-add-upload-busy-next = 请等那边传完或停止后再试。
attachments-add-too-many-uploads = 您有 { $limit } 个上传没有完成。
attachments-add-too-many-uploads-next = 请先传完或停止其中一些。
attachments-remove-source = “{ $name }”是导入这一版时的来源文件，不能移除。
attachments-remove-source-next = 它是原文的凭据，随这一版长期保存。
attachments-restore-over = 移除超过 { $days } 天，文件已经清除。
attachments-restore-over-next = 请重新上传。
attachments-publish-not-public = 所属文本还没有公开，这份文件不能公开。
attachments-publish-not-public-next = 请先公开文本。
attachments-file-empty = “{ $file }”是空的。
attachments-file-empty-next = 请检查原文件后重新选。
attachments-file-no-ending = “{ $file }”没有后缀名，看不出是什么文件。
attachments-file-no-ending-next = 请补上 .pdf、.docx 这样的后缀名。
attachments-file-ending = “{ $file }”的类型 .{ $ending } 不收。
attachments-file-ending-next = 可以收文档、表格、演示文稿、PDF、OFD、图片（.jpg .png .webp）、文本和压缩包。
attachments-file-disagrees =
    “{ $file }”的后缀名是 .{ $ending }，内容却是{ $found ->
        [text] 文本
        [html] 网页
        [svg] SVG 图形
        [pdf] PDF
        [docx] Word 文档
        [xlsx] Excel 工作簿
        [pptx] 演示文稿
        [doc] 旧版文字文档
        [xls] 旧版工作簿
        [ppt] 旧版演示文稿
        [ofd] OFD 文件
        [jpeg] JPEG 图片
        [png] PNG 图片
        [webp] WebP 图片
        [gif] GIF 图片
        [tiff] TIFF 图片
        [zip] ZIP 压缩包
        [unknown] 认不出的数据
       *[other] 别的东西（{ $found }）
    }。
attachments-file-disagrees-next = 请确认选对了文件；只是后缀名错了，改对后再传。
attachments-file-declared = “{ $file }”发来时声明是 { $declared }，内容却是另一种（{ $found }）。
attachments-file-declared-next = 请用原来的软件打开后另存，再上传另存的文件。
attachments-file-executable =
    “{ $file }”{ $found ->
        [macros] 带有宏
        [script] 是脚本
       *[other] 是程序
    }，为安全起见不收。
attachments-file-executable-next = 文档请另存为不带宏的 .docx、.xlsx 或 PDF 再传。
attachments-file-cut-off = 图片“{ $file }”不完整，后一部分缺失。
attachments-file-cut-off-next = 多半是拷贝中断了，请从原处重新拷贝后再传。
attachments-file-broken-picture = 图片“{ $file }”打不开，已损坏。
attachments-file-broken-picture-next = 请用看图软件打开后另存，再上传另存的文件。
attachments-file-too-many-points = 图片“{ $file }”有 { $width }×{ $height } 个像素，超过上限 { $limit } 百万像素。
attachments-file-too-many-points-next = 请缩小后另存再传；图纸可以存成 PDF。

link = 下载链接
link-what = 有链接的人不用登录就能下载这份文件，七天后失效；移除文件后链接立即失效。请只发给应当看的人。
link-make = 生成下载链接
link-made = 链接已生成，{ $until } 前有效。它只显示这一次。
link-copy = 复制链接
public-files = 附件
store-used = 用量
store-used-of = 共 { $of }，{ $count } 份材料
store-nearly-full = 快满了：请各单位移除不再需要的材料，或在配置里调高 quota_mb。
store-by-unit = 各单位用量
store-files = 份数
store-quota = 限额
store-no-unit = 没有单位的账号
store-quota-note = 单个文件不超过 { $file }。限额由配置 attachment_mb、organisation_quota_mb、quota_mb 设定。
store-collect = 清理
store-kept = 库里的文件
store-waiting = 没有用到的
store-amount = { $count } 个，{ $size }
store-collect-what = 移除满 { $days } 天的材料和没有传完的上传，分两步清除：先标记，{ $hours } 小时后仍没有用到才删除。每天凌晨自动做一次。在用的文件不会被删。
store-collect-key = 现在清理
store-collecting = 正在清理……
store-verify = 查验
store-verify-what = 逐个重算摘要，和登记的对照，找出缺失和被改动的文件。文件多时要几分钟。
store-verify-key = 现在查验
store-verifying = 正在查验……
store-whole = { $count } 个文件都在，内容都没有变（{ $size }）。
store-damaged = { $count } 个文件有问题
store-damage-missing = { $name }（{ $object }）：文件缺失
store-damage-changed = { $name }（{ $object }）：内容被改动
store-damaged-next = 请从备份恢复这些文件，放回数据文件夹 files/blobs 下同名的位置，再查验一次；或请原单位重新上传。
toast-files-collected = 清理完毕，删除 { $subject } 个没有用到的文件
section-attachments = 附件库
section-attachments-what = 材料用了多少空间、各单位用量；清理没有用到的文件，查验有没有缺失和改动。
links-key-bad = 链接密钥文件 { $file } 内容不是密钥；请恢复原文件，或移走它以生成新密钥（已发出的链接随之失效）。
links-key-unreadable = 读不了链接密钥文件 { $file }（{ $problem }）；请检查权限。
links-key-unwritable = 写不了链接密钥文件 { $file }（{ $problem }）；请检查数据文件夹的权限。
