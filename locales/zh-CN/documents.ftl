# 文件读取：无法读取的原因与下一步。键名由代码推出：documents.read.scanned_pdf → documents-read-scanned-pdf。

documents-read-scanned-pdf = 这份 PDF 共 { $pages } 页，都是扫描图片，没有可以读取的文字。
documents-read-scanned-pdf-next = 请向起草单位索取 Word 原件（.docx）；只有扫描件时，先用文字识别软件转成带文字的 PDF，核对后再上传。

documents-read-encrypted-pdf = 这份 PDF 设了打开密码，无法读取。
documents-read-encrypted-pdf-next = 请用密码打开文件，选“文件 → 打印 → 另存为 PDF”，得到不带密码的 PDF 后再上传。

documents-read-encrypted-office = 这份文件设了打开密码，无法读取。
documents-read-encrypted-office-next = 请用密码打开文件，选“文件 → 信息 → 保护文档（保护工作簿）→ 用密码进行加密”（WPS：“文件 → 文档加密 → 密码加密”），清空密码、保存后再上传。

documents-read-broken-zip =
    { $part ->
        [none] 文件不完整：压缩包的目录缺失，多半是下载或拷贝中断了。
       *[other] 文件已损坏：其中的 { $part } 无法解压。
    }
documents-read-broken-zip-next = 请重新下载或拷贝原文件；仍不行时，用 Word 或 WPS 打开（软件会提示修复），另存为 .docx 或 .xlsx 后再上传。

documents-read-broken-xml = 文件已损坏：{ $part } 第 { $line } 行不合格式。
documents-read-broken-xml-next = 请用 Word 或 WPS 打开并修复，选“文件 → 另存为”，存成新的 .docx 或 .xlsx 后再上传。

documents-read-missing-part = 文件已损坏：缺少 { $part }。
documents-read-missing-part-next = 请用 Word 或 WPS 打开并修复，选“文件 → 另存为”，存成新的 .docx 或 .xlsx 后再上传。

documents-read-foreign-definition = 文件的 { $part } 含有外部定义，正常的办公文件不会有，为安全起见没有读取。
documents-read-foreign-definition-next = 请用 Word 或 WPS 打开，选“文件 → 另存为”，存成新的 .docx 或 .xlsx 后再上传。

documents-read-broken-pdf =
    { $page ->
        [none] 这份 PDF 已损坏，无法读取。
       *[other] 这份 PDF 第 { $page } 页已损坏，无法读取。
    }
documents-read-broken-pdf-next = 请重新下载；仍不行时，用阅读器打开，选“打印 → 另存为 PDF”后再上传，或改用 Word 原件（.docx）。

documents-read-broken-spreadsheet =
    { $sheet ->
        [none] 这份电子表格已损坏，无法读取。
       *[other] 电子表格的工作表“{ $sheet }”已损坏，无法读取。
    }
documents-read-broken-spreadsheet-next = 请用 Excel 或 WPS 表格打开并修复，选“文件 → 另存为”，存成新的 .xlsx 后再上传。

documents-read-legacy-word = 这是旧版 Word 文档（.doc），无法直接读取。
documents-read-legacy-word-next = 请用 Word 或 WPS 打开，选“文件 → 另存为”，文件类型选“Word 文档（*.docx）”，再上传另存的 .docx 文件。

documents-read-legacy-wps = 这是 WPS 文字文档（.wps），无法直接读取。
documents-read-legacy-wps-next = 请用 WPS 文字打开，选左上角“文件 → 另存为”，文件类型选“Microsoft Word 文件（*.docx）”，再上传另存的 .docx 文件。

documents-read-legacy-et = 这是 WPS 表格文档（.et），无法直接读取。
documents-read-legacy-et-next = 请用 WPS 表格打开，选左上角“文件 → 另存为”，文件类型选“Microsoft Excel 文件（*.xlsx）”，再上传另存的 .xlsx 文件。

documents-read-zip-bomb = 文件解压后膨胀到 { $ratio } 倍以上，不是正常的办公文件，为安全起见没有读取。
documents-read-zip-bomb-next = 请确认文件来源；用 Word 或 WPS 打开后另存为新的 .docx 或 .xlsx，再上传。

documents-read-too-large =
    { $what ->
        [bytes] 文件超过 { $limit } MB。
        [cells] 表格超过 { $limit } 个单元格。
        [pages] 文件超过 { $limit } 页。
        [parts] 文件由超过 { $limit } 个部件组成。
        [depth] 文件内部嵌套超过 { $limit } 层，不是正常的办公文件。
       *[other] 文件超过上限 { $limit }。
    }
documents-read-too-large-next = 请删去图片和无关的工作表，或把文件拆成几份，再逐份上传。

documents-read-binary = 文件从第 { $offset } 个字节起不是文字，任何常用编码都读不出来。
documents-read-binary-next = 请确认选对了文件；如果是文本，用记事本打开，选“文件 → 另存为”，编码选 UTF-8，再上传。

documents-read-empty = 文件是空的，里面没有文字。
documents-read-empty-next = 请确认选对了文件，并在打开后能看到正文。

documents-read-unknown-kind =
    { $found ->
        [png] 这是一张图片（.png），不是文档。
        [jpg] 这是一张图片（.jpg），不是文档。
        [gif] 这是一张图片（.gif），不是文档。
        [bmp] 这是一张图片（.bmp），不是文档。
        [tif] 这是一张图片（.tif），不是文档。
        [ppt] 这是演示文稿，不能作为规划文本读取。
        [pptx] 这是演示文稿，不能作为规划文本读取。
        [rtf] 这是 RTF 文档，目前还不能读取。
        [odf] 这是 OpenDocument 文件，目前还不能读取。
        [xlsb] 这是二进制 Excel 工作簿（.xlsb），目前还不能读取。
        [mht] 这是打包的网页（.mht），目前还不能读取。
        [wordml] 这是 Word 2003 的 XML 文档，目前还不能读取。
        [zip] 这是压缩包，不是单个文档。
        [rar] 这是压缩包，不是单个文档。
        [sevenzip] 这是压缩包，不是单个文档。
        [gz] 这是压缩包，不是单个文档。
       *[other] 不认识这种文件（{ $found }）。
    }
documents-read-unknown-kind-next = 可以读取 .docx、.xlsx、.xls、带文字的 PDF、OFD、网页（.html）和文本（.txt、.md、.csv）。请解压或在原软件中另存为其中一种，再上传。

documents-read-too-slow = 读取超过 { $seconds } 秒仍未完成，已经停止。
documents-read-too-slow-next = 请把文件拆成几份，或用 Word、WPS 打开后另存为新的 .docx 或 .xlsx，再上传。

documents-read-died = 文件使读取程序异常中止（{ $how }），没有读到内容；系统其他部分不受影响。
documents-read-died-next = 请用原软件打开，另存为新的 .docx、.xlsx 或 PDF 后再上传；仍不行时，请把文件交给管理员。
